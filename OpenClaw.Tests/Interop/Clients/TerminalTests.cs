using OpenClaw.Tests.Interop.Support;

namespace OpenClaw.Tests.Interop.Clients;

/// <summary>OpenClaw's own terminal interface, as a person uses it.</summary>
[TestFixture(Side.Real)]
[TestFixture(Side.Ours)]
[Explicit("scripts/test interop brings the real OpenClaw, a gigabyte of it.")]
public sealed class TerminalTests(Side side) : ClientFixture(side)
{
    private const string Count = "one two three four five six seven eight nine ten";

    [TestCase("main")]
    [TestCase("agent:main:notes")]
    public async Task The_reply_is_shown_under_each_name_of_a_conversation(string session)
    {
        await using var terminal = await RealTerminal.OpenAsync(Home, session);

        await terminal.EnterAsync("say [[a first reply]]");

        await terminal.ShowsAsync(@"^\s*a first reply\s*$");
    }

    [Test]
    public async Task What_was_said_before_an_abort_stays_and_is_shown_to_who_comes_back()
    {
        await using (var terminal = await RealTerminal.OpenAsync(Home, "agent:main:aborted"))
        {
            await terminal.EnterAsync($"count {EchoModel.Slowly} [[{Count}]]");
            await terminal.ShowsAsync(@"^\s*one two");
            await terminal.EscapeAsync();
            await terminal.ShowsAsync("run aborted");
            await terminal.ShowsAsync("connected [|] aborted");
            Assert.That(terminal.Text(), Does.Not.Contain("run error"));

            await terminal.EnterAsync("say [[and the next]]");
            await terminal.ShowsAsync(@"^\s*and the next\s*$");
        }

        await using var again = await RealTerminal.OpenAsync(Home, "agent:main:aborted");

        await again.ShowsAsync(@"^\s*and the next\s*$");
        Assert.That(again.Text(), Does.Match(@"(?m)^\s*one two").And.Not.Contain("nine ten\n"));
    }

    [Test]
    public async Task Each_command_does_what_it_does_at_the_real_gateway()
    {
        await using var terminal = await RealTerminal.OpenAsync(Home, "agent:main:commands");
        await terminal.EnterAsync("say [[something to look at]]");
        await terminal.ShowsAsync(@"^\s*something to look at\s*$");

        await terminal.EnterAsync("/status");
        await terminal.ShowsAsync("Session: agent:.*commands");
        await PickAsync(terminal, "/agents", "main|ada-");
        await PickAsync(terminal, "/sessions", @"\S");
        await PickAsync(terminal, "/model", @"\S+/echo-1");
        await terminal.EnterAsync("/think off");
        await terminal.ShowsAsync("thinking set to off");
        await terminal.EnterAsync("/verbose on");
        await terminal.ShowsAsync("verbose set to on");
        await terminal.EnterAsync("/usage tokens");
        await terminal.ShowsAsync("usage footer: tokens");
        await terminal.EnterAsync("/compact");
        await terminal.ShowsAsync("Compaction finished|Nothing to compact");
        await terminal.ShowsAsync("connected [|] idle");
        await terminal.EnterAsync("/new");
        await terminal.ShowsAsync("new session: agent:");
        await terminal.EnterAsync("/reset");
        await terminal.ShowsAsync(@"session agent:\S+ reset");
        await terminal.EnterAsync("say [[still here]]");
        await terminal.ShowsAsync(@"^\s*still here\s*$");
    }

    // A list to pick from, which is left as it is.
    private static async Task PickAsync(RealTerminal terminal, string command, string entry)
    {
        await terminal.EnterAsync(command);
        await terminal.ShowsAsync("(search|Filter): >");
        await terminal.ShowsAsync($"[→ ] +({entry})");
        await terminal.EscapeAsync();
    }
}
