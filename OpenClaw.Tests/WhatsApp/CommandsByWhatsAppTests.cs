using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using OpenClaw.Tests.Gateway.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;
using OpenClaw.Tests.WhatsApp.Support;

namespace OpenClaw.Tests.WhatsApp;

/// <summary>From the telephone to the agents and back, with nothing but the stand-in for Twilio in between.</summary>
public sealed class CommandsByWhatsAppTests
{
    [Test]
    public async Task An_agent_is_created_told_something_and_stopped_from_the_telephone()
    {
        await using var bench = await WhatsAppBench.StartAsync(withOwnHandler: true);

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

    [Test]
    public async Task A_number_of_a_team_commands_and_hears_of_the_agents_of_that_team_alone()
    {
        const string Theirs = "+491709999999";
        await using var bench = await WhatsAppBench.StartAsync(withOwnHandler: true, settings: _ => [("WHATSAPP_ALLOW_FROM", $"{WhatsAppBench.Owner},{Theirs}=blue")]);
        await bench.Service.Api.ProvisionAsync("house agent");

        await bench.WriteAsync("create scout", from: Theirs, sid: "SM-1");
        await Eventually.That(() => bench.Shown(Theirs), Has.Some.EqualTo("scout is up."));
        await bench.WriteAsync("list agents", from: Theirs, sid: "SM-2");
        await Eventually.That(() => bench.Shown(Theirs), Has.Some.Contain("scout").And.Some.Contain("running"));
        await bench.WriteAsync("devices", from: Theirs, sid: "SM-3");
        await bench.WriteAsync("stop everything", from: Theirs, sid: "SM-4");
        await Eventually.That(() => bench.Shown(Theirs), Has.Some.Contain("YES "));
        await bench.WriteAsync(Regex.Match(bench.Shown(Theirs).Last(text => text.Contains("YES ", StringComparison.Ordinal)), "YES [0-9]{4}").Value, from: Theirs, sid: "SM-5");
        await Eventually.That(() => bench.TextAsync("SELECT count(*) || coalesce(min(owner), 'everything') FROM openclaw.brakes WHERE released_at IS NULL"), Is.EqualTo("1blue"));

        Assert.That(await bench.TextAsync("SELECT user_id FROM openclaw.agents WHERE name = 'scout'"), Is.EqualTo("blue"));
        Assert.That(bench.Shown(Theirs), Has.None.Contain("house agent").And.None.Contain("No device was let in"));
        await Eventually.That(() => bench.Shown(), Has.Some.EqualTo("house agent is up."));
        Assert.That(bench.Shown(), Has.None.Contain("scout"));
    }

    [Test]
    public async Task A_device_of_another_host_is_let_in_from_the_telephone()
    {
        await using var bench = await WhatsAppBench.StartAsync(withOwnHandler: true, settings: _ => [("REQUIRE_DEVICE", "true")]);
        await bench.WriteAsync("devices", sid: "SM-1");
        await ShownAsync(bench, "No device was let in, and none asks.");
        var device = new TestDevice();

        Assert.That(await KnockAsync(bench, device), Is.False);
        var told = await ShownAsync(bench, "To let it in, write: approve device ");
        await bench.WriteAsync(Regex.Match(told, "approve device [0-9a-f]{8}").Value, sid: "SM-2");
        var asked = await ShownAsync(bench, "YES ");
        Assert.That(await KnockAsync(bench, device), Is.False, "not before the code");
        await bench.WriteAsync(Regex.Match(asked, "YES [0-9]{4}").Value, sid: "SM-3");
        await ShownAsync(bench, "Let in: test of the tests");

        Assert.That(await KnockAsync(bench, device), Is.True);
        Assert.That(await bench.TextAsync($"SELECT approved_by FROM openclaw.devices WHERE device_id = '{device.Id}'"), Does.StartWith("whatsapp"));
    }

    private static async Task<bool> KnockAsync(WhatsAppBench bench, TestDevice device)
    {
        await using var client = await GatewayClient.OpenAsync(bench.Service.Address, headers: ("X-Forwarded-For", "192.0.2.7"));
        return (bool)(await client.RequestAsync("connect", device.Connect(await client.ChallengeAsync(), new JsonObject { ["token"] = RunningService.Token })))["ok"]!;
    }

    private static async Task<string> ShownAsync(WhatsAppBench bench, string text) =>
        (await Eventually.That(() => bench.Shown(), Has.Some.Contains(text))).Last(shown => shown.Contains(text, StringComparison.Ordinal));
}
