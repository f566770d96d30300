using System.Diagnostics;
using System.Text.RegularExpressions;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Scripts;

/// <summary>What the README shows is run as a reader would run it.</summary>
public sealed partial class ReadmeTests
{
    [Test]
    public async Task The_first_five_lines_provision_beat_pause_and_resume_an_agent_and_show_its_workflows()
    {
        var service = await SharedService.GetAsync();
        var readme = await File.ReadAllTextAsync(Repository.PathTo("README.md"));
        var session = Fence().Matches(readme[readme.IndexOf("## The first five lines", StringComparison.Ordinal)..])[0].Groups["code"].Value;
        Assert.That(session.TrimEnd().Split('\n'), Has.Length.EqualTo(5));
        session = session.Replace("http://127.0.0.1:18789", service.Address.ToString().TrimEnd('/')).Replace("$(cat .data/auth-token)", RunningService.Token);

        using var bash = Process.Start(new ProcessStartInfo("bash", ["-eu", "-c", session]) { RedirectStandardOutput = true })!;
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var output = await bash.StandardOutput.ReadToEndAsync(deadline.Token);
        await bash.WaitForExitAsync(deadline.Token);

        Assert.That(bash.ExitCode, Is.Zero);
        Assert.That(output, Does.Contain("\"last_heartbeat_at\":\"").And.Contain("\"status\":\"paused\"").And.Contain("\"status\":\"running\""));
        Assert.That(output.TrimEnd().Split('\n')[^1], Does.Contain("provision_agent").And.Contain("heartbeat").And.Contain("pause_agent").And.Contain("resume_agent"));
    }

    [Test]
    public async Task Every_link_into_the_repository_leads_somewhere()
    {
        string[] documents = [Repository.PathTo("README.md"), Repository.PathTo("CONTRIBUTING.md"), Repository.PathTo("CHANGELOG.md"), .. Directory.GetFiles(Repository.PathTo("docs"), "*.md", SearchOption.AllDirectories)];
        var broken = new List<string>();
        foreach (var document in documents)
        {
            foreach (Match link in Link().Matches(await File.ReadAllTextAsync(document)))
            {
                var target = Path.Combine(Path.GetDirectoryName(document)!, link.Groups["target"].Value);
                if (!Path.Exists(target))
                {
                    broken.Add($"{document}: {link.Value}");
                }
            }
        }

        Assert.That(broken, Is.Empty);
    }

    [GeneratedRegex("```sh\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"\]\((?!https?:|#|mailto:)(?<target>[^)#]+)(#[^)]*)?\)")]
    private static partial Regex Link();
}
