using System.Text.Json;
using System.Text.RegularExpressions;
using OpenClaw.Data.Conventions;
using OpenClaw.Jobs.ForeignInput;

namespace OpenClaw.Jobs.IssueWork;

/// <summary>How far an agent says it is.</summary>
/// <param name="Stage">Its kind.</param>
/// <param name="Detail">What it says of it; null for nothing.</param>
public sealed partial record ProgressReport(WorkStage Stage, string? Detail)
{
    private const int MaxDetail = 1_000;

    /// <summary>Reads the metadata of a message: <c>{"kind": "progress", "stage": "pull_request"}</c>. Null when it is no report.</summary>
    public static ProgressReport? Of(JsonElement? metadata, string? content) =>
        metadata is { ValueKind: JsonValueKind.Object } given && Text(given, "kind") == "progress" && Text(given, "stage") is { } named && EnumText.TryParse<WorkStage>(named, out var stage)
            ? new ProgressReport(stage, Shorten(content))
            : null;

    /// <summary>Reads the lines of a reply that begin with a stage, such as <c>PULL REQUEST: https://…</c>, in order.</summary>
    public static IEnumerable<ProgressReport> In(string reply) => Lines().Matches(reply).Select(line => new ProgressReport(
        EnumText.Parse<WorkStage>(line.Groups["stage"].Value.ToLowerInvariant().Replace(' ', '_')), Shorten(line.Groups["detail"].Value)));

    private static string? Shorten(string? text) =>
        string.IsNullOrWhiteSpace(text) ? null : ForeignText.Clean(text.Trim(), MaxDetail);

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    [GeneratedRegex("^(?<stage>STARTED|PROGRESS|PULL REQUEST|TESTS PASSED|TESTS FAILED|DONE|FAILED):(?<detail>[^\r\n]*)\r?$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Lines();
}

/// <summary>The stages of work, as agents report them. In JSON in snake_case: never rename one.</summary>
public enum WorkStage
{
    Started,
    Progress,
    PullRequest,
    TestsPassed,
    TestsFailed,
    Done,
    Failed,
}
