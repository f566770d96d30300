using OpenClaw.Tests.Interop.Support;

namespace OpenClaw.Tests.Interop;

/// <summary>What can be held of the list of commands without the real OpenClaw.</summary>
public sealed class CommandTableTests
{
    [Test]
    public async Task The_guide_tells_what_the_last_run_was() =>
        Assert.That(CommandTable.InGuide(await File.ReadAllTextAsync(CommandTable.Guide), CommandList.Read()), Is.EqualTo(await File.ReadAllTextAsync(CommandTable.Guide)));

    [TestCase("cron add --name a --cron '0 8 * * *' --message 'say hi'", "cron|add|--name|a|--cron|0 8 * * *|--message|say hi")]
    [TestCase("@JOB=id cron get {JOB} '{\"k\":\"agent:main:main\"}'", "cron|get|j-1|{\"k\":\"agent:main:main\"}")]
    [TestCase("gateway status --url {URL}", "gateway|status|--url|ws://here")]
    public void A_command_is_cut_as_a_shell_cuts_it(string command, string words)
    {
        var parsed = CommandList.Parse(command, new Dictionary<string, string> { ["JOB"] = "j-1", ["URL"] = "ws://here" });

        Assert.That(string.Join('|', parsed.Words), Is.EqualTo(words));
        Assert.That((parsed.Kept, parsed.Member), Is.EqualTo(command[0] == '@' ? ("JOB", "id") : ((string?)null, "")));
    }
}
