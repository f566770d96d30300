using System.Text.RegularExpressions;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.WhatsApp.Support;

namespace OpenClaw.Tests.WhatsApp;

/// <summary>From the telephone to the agents and back, with nothing but the stand-in for Twilio in between.</summary>
public sealed class CommandsByWhatsAppTests
{
    [Test]
    public async Task An_agent_is_created_told_something_and_stopped_from_the_telephone()
    {
        await using var bench = await WhatsAppBench.StartAsync(withOwnDesk: true);

        await bench.WriteAsync("Please create scout", sid: "SM-1");
        await ShownAsync(bench, "scout is being created.");
        await ShownAsync(bench, "scout is up.");

        await bench.WriteAsync("tell scout good morning", sid: "SM-2");
        await ShownAsync(bench, "Told scout.");
        await ShownAsync(bench, "echo (no model behind this): good morning");

        await bench.WriteAsync("stop scout", sid: "SM-3");
        var asked = await ShownAsync(bench, "YES ");
        await bench.WriteAsync(Regex.Match(asked, "YES [0-9]{4}").Value.ToLowerInvariant(), sid: "SM-4");
        await ShownAsync(bench, "scout is being stopped.");
        await ShownAsync(bench, "scout has stopped.");
    }

    private static async Task<string> ShownAsync(WhatsAppBench bench, string text) =>
        (await Eventually.That(() => bench.Shown(), Has.Some.Contains(text))).Last(shown => shown.Contains(text, StringComparison.Ordinal));
}
