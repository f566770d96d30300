using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;
using OpenClaw.Tests.WhatsApp.Support;

namespace OpenClaw.Tests.WhatsApp;

/// <summary>What is too long for ten messages is read on by who asks for it.</summary>
public sealed class LongTextTests
{
    [Test]
    public async Task The_rest_of_a_text_is_offered_and_comes_when_it_is_asked_for()
    {
        await using var bench = await WhatsAppBench.StartAsync();
        await bench.WriteAsync("hello");
        await Eventually.That(() => bench.Shown(), Has.Length.EqualTo(1));
        var lines = Enumerable.Range(1, 4_000).Select(number => $"**{number}** line").ToList();
        await bench.Service.Api.PostAsync("/messages", new { id = "long", from = "someone", to = $"whatsapp:dm:{WhatsAppBench.Owner}", content = string.Join('\n', lines) });

        var shown = await Eventually.That(() => bench.Shown()[1..], Has.Length.EqualTo(10));
        Assert.That(shown[^1], Does.Match("\n\n… [0-9,]+ more characters. Write MORE to read on.$"));
        for (var asked = 1; shown[^1].Contains("Write MORE", StringComparison.Ordinal); asked++)
        {
            await bench.WriteAsync(asked % 2 == 0 ? "more" : "More, please!");
            var before = shown.Length;
            shown = await Eventually.That(() => bench.Shown()[1..], Has.Length.GreaterThan(before));
            await Eventually.That(() => bench.TextAsync("SELECT count(*) FROM openclaw.whatsapp_messages WHERE state IN ('pending', 'received')"), Is.EqualTo("0"));
            shown = bench.Shown()[1..];
        }

        var told = shown.SelectMany(part => part.Split('\n')).Where(line => line.Length > 0 && line[0] != '…').ToList();
        Assert.That(told, Is.EqualTo(lines.Select(line => line.Replace("**", "*", StringComparison.Ordinal))));
        await bench.WriteAsync("more");
        await Eventually.That(() => bench.Shown().Last(), Is.EqualTo("You said more."));
    }
}
