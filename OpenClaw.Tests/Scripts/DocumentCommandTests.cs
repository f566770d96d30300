using System.Text.RegularExpressions;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Scripts;

/// <summary>
/// Every command that a document shows is run: here, by the test that a comment above it names, or by nobody, for a reason that stands there.
/// </summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed partial class DocumentCommandTests
{
    // What the documents take for granted that a reader has: an agent, and a message that it has answered. A call that is refused fails.
    private const string Given =
        """
        curl() { command curl --fail-with-body --max-time 60 "$@"; }
        agent=$(scripts/claw POST /agents/provision "{\"name\":\"of $document\",\"model\":\"local/echo\"}" --only id)
        message=$(scripts/claw POST "/agents/$agent/message" '{"message":"Hello"}' --only message_id | tail -n 1)
        """;

    private RunningService _service = null!;

    private static IEnumerable<string> Documents() =>
        Directory.GetFiles(Repository.PathTo("docs"), "*.md", SearchOption.AllDirectories).Append(Repository.PathTo("CONTRIBUTING.md")).Append(Repository.PathTo("README.md"))
            .Where(document => Fences(document).Count > 0).Select(document => Path.GetRelativePath(Repository.PathTo(""), document)).Order(StringComparer.Ordinal);

    private static IEnumerable<string> DocumentsToRun() => Documents().Where(document => Fences(Repository.PathTo(document)).Any(fence => !fence.Groups["note"].Success));

    [OneTimeSetUp]
    public async Task Start() => _service = await RunningService.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await _service.DisposeAsync();

    [TestCaseSource(nameof(DocumentsToRun))]
    public async Task What_a_document_shows_works_in_its_order(string document)
    {
        var shown = string.Join('\n', Fences(Repository.PathTo(document)).Where(fence => !fence.Groups["note"].Success).Select(fence => fence.Groups["code"].Value));

        var run = await Shell.TryAsync($"document={document}\n{Given}\n{shown.Replace("127.0.0.1:18789", _service.Address.Authority)}", _service.ForScripts);

        Assert.That(run.ExitCode, Is.Zero, $"{run.Output}\n{run.Errors}");
    }

    [TestCaseSource(nameof(Documents))]
    public void What_is_run_elsewhere_or_not_at_all_says_where_and_why(string document)
    {
        var notes = Fences(Repository.PathTo(document)).Where(fence => fence.Groups["note"].Success).Select(fence => fence.Groups["note"].Value);

        Assert.That(notes.Where(note => !(note.StartsWith("not run by a test: ", StringComparison.Ordinal) || (RunBy().Match(note) is { Success: true } by && IsTest(by.Groups["test"].Value)))), Is.Empty);
    }

    private static bool IsTest(string name) => Array.Exists(typeof(DocumentCommandTests).Assembly.GetTypes(), type => type.Name == name) || File.Exists(Repository.PathTo(name));

    private static MatchCollection Fences(string document) => Fence().Matches(File.ReadAllText(document));

    [GeneratedRegex("(<!-- (?<note>[^\n]+) -->\n)?^```(sh|bash)\n(?<code>.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Fence();

    [GeneratedRegex("^run by (?<test>[A-Za-z/-]+)$")]
    private static partial Regex RunBy();
}
