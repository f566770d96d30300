using System.Text.RegularExpressions;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Runtimes;

/// <summary>The programs that docs/serving.md serves an agent with, and what it shows there.</summary>
public sealed partial class ServingExampleTests
{
    [TestCase("agent.cs")]
    [TestCase("agent.mjs")]
    public async Task An_agent_on_it_calculates_is_stopped_and_goes_on_as_the_guide_shows(string program)
    {
        await using var service = await RunningService.StartAsync();
        var fences = Fence().Matches((await File.ReadAllTextAsync(Repository.PathTo("docs/serving.md"))).Replace("127.0.0.1:18789", service.Address.Authority, StringComparison.Ordinal));
        var (provision, session, shown) = (fences[0].Groups["text"].Value, fences[2].Groups["text"].Value, fences[3].Groups["text"].Value);
        var serve = fences[1].Groups["text"].Value.Split('\n').Single(line => line.Contains(program, StringComparison.Ordinal));
        var agent = await Shell.RunAsync($"{provision}echo $agent", service.ForScripts);
        using var serving = Shell.Start(serve, [.. service.ForScripts, ("NODE_OPTIONS", "--experimental-websocket")]);
        try
        {
            Assert.That(await serving.StandardOutput.ReadLineAsync(), Is.EqualTo("serving Tally"));

            var output = await Shell.RunAsync($"agent={agent}\n{session}", service.ForScripts);

            Assert.That(output, Is.EqualTo(shown.Trim()));
            Assert.That(await serving.StandardOutput.ReadLineAsync(), Is.EqualTo("stopped: count to 1000"));
            Assert.That(
                await service.Database.TextAsync("SELECT string_agg(text, '' ORDER BY \"offset\") FROM openclaw.run_log WHERE run_id = (SELECT run_id FROM openclaw.run_log WHERE text LIKE '1 %')"),
                Does.StartWith("1 2 3 "));
        }
        finally
        {
            serving.Kill(entireProcessTree: true);
            await serving.WaitForExitAsync();
        }
    }

    [GeneratedRegex("^```(sh)?\n(?<text>.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence();
}
