using System.Text.RegularExpressions;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Scripts;

/// <summary>What the README shows is run as a reader would run it.</summary>
public sealed partial class ReadmeTests
{
    [Test]
    public async Task The_session_prints_what_the_README_says_with_an_AUTH_TOKEN_and_without([Values] bool set)
    {
        var service = await SharedService.GetAsync();
        var chapter = await ChapterAsync("## The first five minutes");
        var folder = Directory.CreateTempSubdirectory("openclaw-readme-");
        if (!set)
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "auth-token"), RunningService.Token + "\n");
        }

        var output = await Shell.RunAsync(Fence().Matches(chapter)[0].Groups["code"].Value, [.. service.ForScripts, ("AUTH_TOKEN", set ? RunningService.Token : ""), ("OPENCLAW_DATA_DIR", folder.FullName)]);

        var expected = PlainFence().Match(chapter[chapter.IndexOf("It prints", StringComparison.Ordinal)..]).Groups["text"].Value.Trim();
        Assert.That(output, Is.EqualTo(expected));
        folder.Delete(recursive: true);
    }

    [Test]
    public async Task The_call_with_curl_is_let_in_and_no_list_of_processes_shows_its_token()
    {
        var service = await SharedService.GetAsync();
        var call = Fence().Matches(await ChapterAsync("## The first five minutes"))[1].Groups["code"].Value.Trim().Replace("127.0.0.1:18789", $"127.0.0.1:{service.Address.Port}");

        // The arguments that any user of the machine can read are asked for where the answer would be written.
        var output = await Shell.RunAsync(call + " -w '%{http_code} '; " + call.Replace("curl", "printf '%s '", StringComparison.Ordinal), service.ForScripts);

        Assert.That(output, Does.Contain("}200 ").And.Not.Contain(RunningService.Token));
    }

    [Test]
    public async Task A_call_that_is_refused_says_why_and_where_its_token_came_from()
    {
        var service = await SharedService.GetAsync();

        var stranger = await Shell.TryAsync("scripts/claw GET /agents", [.. service.ForScripts, ("AUTH_TOKEN", "of-another-service-0123456789")]);
        var wrong = await Shell.TryAsync("scripts/claw POST /agents '{\"name\":\"\"}'", service.ForScripts);
        var nobody = await Shell.TryAsync("scripts/claw GET /agents", ("PORT", $"{FreePort.Find()}"), ("AUTH_TOKEN", RunningService.Token));

        Assert.That((stranger.ExitCode, wrong.ExitCode, nobody.ExitCode), Is.EqualTo((1, 1, 1)));
        Assert.That(stranger.Errors, Does.Contain("answered 401").And.Contain("came from AUTH_TOKEN"));
        Assert.That(wrong.Errors, Does.Contain("answered 422").And.Contain("\"name\": ["));
        Assert.That(nobody.Errors, Does.Contain("start the service with scripts/run"));
        Assert.That(stranger.Output + wrong.Output + nobody.Output, Is.Empty);
    }

    [TestCase("nonsense", "nonsense is no method, such as GET or POST, and neither token nor header")]
    [TestCase("GET", "it takes a method, a path and, where there is one, a body")]
    [TestCase("GET agents", "a path begins with /, such as /agents")]
    [TestCase("GET /agents --loud", "unknown option --loud")]
    public async Task What_is_written_wrong_is_told_so_without_a_service_or_a_token(string words, string says)
    {
        var run = await Shell.TryAsync($"scripts/claw {words}", ("AUTH_TOKEN", ""), ("OPENCLAW_DATA_DIR", "/nowhere"));

        Assert.That((run.ExitCode, run.Errors), Is.EqualTo((2, $"claw: {says}\nTry 'claw --help'.")));
    }

    [Test]
    public async Task A_call_whose_answer_has_no_body_does_not_wait_for_one()
    {
        var service = await SharedService.GetAsync();

        var run = await Shell.TryAsync("timeout 30 scripts/claw HEAD /health", service.ForScripts);

        Assert.That(run.ExitCode, Is.Zero, run.Errors);
        Assert.That(run.Output, Does.StartWith("HTTP/1.1 200"));
    }

    [Test]
    public async Task No_document_shows_a_command_that_has_the_token_among_its_arguments()
    {
        var shown = new List<string>();
        foreach (var document in Documents())
        {
            shown.AddRange((await File.ReadAllLinesAsync(document)).Where(line => TokenInArguments().IsMatch(line)).Select(line => $"{document}: {line}"));
        }

        Assert.That(shown, Is.Empty);
    }

    [Test]
    public async Task Every_script_that_a_document_calls_is_there()
    {
        var missing = new List<string>();
        foreach (var document in Documents())
        {
            missing.AddRange(ScriptCall().Matches(await File.ReadAllTextAsync(document)).Select(call => call.Value).Where(script => !Path.Exists(Repository.PathTo(script))).Select(script => $"{document}: {script}"));
        }

        Assert.That(missing, Is.Empty);
    }

    [Test]
    public async Task Every_document_stands_in_the_index()
    {
        var index = await File.ReadAllTextAsync(Repository.PathTo("docs/README.md"));
        var missing = Directory.GetFiles(Repository.PathTo("docs"), "*.md", SearchOption.AllDirectories)
            .Select(document => Path.GetRelativePath(Repository.PathTo("docs"), document)).Where(document => document != "README.md" && !index.Contains($"]({document})", StringComparison.Ordinal));

        Assert.That(missing, Is.Empty);
    }

    [Test]
    public async Task Every_link_into_the_repository_leads_somewhere()
    {
        var broken = new List<string>();
        foreach (var document in Documents())
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

    private static string[] Documents() =>
        [Repository.PathTo("README.md"), Repository.PathTo("CONTRIBUTING.md"), Repository.PathTo("CHANGELOG.md"), .. Directory.GetFiles(Repository.PathTo("docs"), "*.md", SearchOption.AllDirectories)];

    private static async Task<string> ChapterAsync(string title)
    {
        var readme = await File.ReadAllTextAsync(Repository.PathTo("README.md"));
        return readme[readme.IndexOf(title, StringComparison.Ordinal)..];
    }

    [GeneratedRegex(@"(?<![\w./-])scripts/[a-z][a-z-]*")]
    private static partial Regex ScriptCall();

    [GeneratedRegex("```\n(?<text>.*?)```", RegexOptions.Singleline)]
    private static partial Regex PlainFence();

    [GeneratedRegex(@"(-H|--header)\s*""[^""]*(Bearer|token)[^""]*\$", RegexOptions.IgnoreCase)]
    private static partial Regex TokenInArguments();

    [GeneratedRegex("```sh\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"\]\((?!https?:|#|mailto:)(?<target>[^)#]+)(#[^)]*)?\)")]
    private static partial Regex Link();
}
