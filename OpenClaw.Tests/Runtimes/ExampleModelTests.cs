using System.Text.RegularExpressions;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Runtimes;

/// <summary>The server that docs/runtimes.md tries models out with, and what it shows there.</summary>
public sealed partial class ExampleModelTests
{
    [Test]
    public async Task An_agent_on_it_remembers_what_it_was_told_as_the_guide_shows()
    {
        var port = FreePort.Find();
        var program = (await File.ReadAllTextAsync(Repository.PathTo("docs/examples/model.py"))).Replace("11435", $"{port}", StringComparison.Ordinal);
        using var model = Shell.Start("exec python3 -c \"$PROGRAM\" >/dev/null", ("PROGRAM", program));
        try
        {
            await using var service = await RunningService.StartAsync(settings: [("OPENAI_BASE_URL", $"http://127.0.0.1:{port}/v1")]);
            var chapter = (await File.ReadAllTextAsync(Repository.PathTo("docs/runtimes.md"))).Split("In a second terminal, with a kill between:")[1];
            var fences = Fence().Matches(chapter);

            var output = await Shell.RunAsync(fences[0].Groups["text"].Value, service.ForScripts);

            Assert.That(output, Is.EqualTo(fences[1].Groups["text"].Value.Trim()));
        }
        finally
        {
            model.Kill();
            await model.WaitForExitAsync();
        }
    }

    [GeneratedRegex("^```(sh)?\n(?<text>.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence();
}
