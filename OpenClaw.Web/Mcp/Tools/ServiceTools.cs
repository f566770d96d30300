using OpenClaw.Jobs.Monitoring;
using OpenClaw.Jobs.Monitoring.Auditing;
using OpenClaw.Web.Api.Audit;
using OpenClaw.Web.Api.Binding;
using OpenClaw.Web.Api.Status;
using OpenClaw.Web.Mcp.Serving;
using OpenClaw.Web.Security.Keys;
using static OpenClaw.Web.Mcp.Serving.ToolArgument;

namespace OpenClaw.Web.Mcp.Tools;

/// <summary>What is of the whole service: its log, who asked for what, what is kept how long, and how it stands with an OpenClaw gateway.</summary>
internal sealed class ServiceTools(AuditQueries audit, LogReading log, Retention retention, RetentionPolicy policy, OpenClawStatusReading status) : IToolbox
{
    // So that the last one has room, too: the cursor is behind it.
    private const int FewLines = 15;

    public IEnumerable<Tool> Tools =>
    [
        new Tool("list_audit", "Lists who asked for what, newest first.", KeyScopes.Admin,
            [
                Text("actor", "Such as api, key:NAME or mcp."),
                Text("action", "Such as agent.stop; with a dot at its end, all that begin with it."),
                Text("subject", "Such as agent:ID."),
                Text("from", "Since when, such as 2030-01-31T08:00:00Z."),
                Text("until", "Until when."),
                Limit,
                Number("cursor", "The cursor that the page before named."),
                Full,
            ],
            AuditAsync) { IsOfHouse = true, Rest = ["GET /audit"] },
        new Tool("read_log", "Reads what the process that answers has last logged, without secrets, oldest first.", KeyScopes.Read,
            [Text("level", "Nothing less than info, warn or error."), Number("limit", $"1 to 500; default 50. Without full {FewLines} at most."), Number("after", "The cursor of the answer before: only what was said since."), Full], LogAsync) { IsOfHouse = true, Rest = ["GET /logs"] },
        new Tool("retention", "Tells what is kept how long, and what the next run would remove.", KeyScopes.Read, [], RetentionAsync) { IsOfHouse = true, Rest = ["GET /retention"] },
        new Tool("openclaw_status", "Tells how the connection to an OpenClaw gateway stands, with what it was last asked.", KeyScopes.Read, [Full], StatusAsync) { IsOfHouse = true, Rest = ["GET /openclaw/status"] },
    ];

    private async Task<ToolAnswer> AuditAsync(ToolCall call)
    {
        var limit = call.Limit();
        var filter = new AuditFilter(call.Text("actor"), call.Text("action"), call.Text("subject"), call.Instant("from"), call.Instant("until"));
        var page = await audit.ListAsync(filter, call.Position("cursor"), limit, call.Cancelled);
        return AnswerText.List(call, "entries", [.. page.Select(AuditEntryResponse.From)], page.Count == limit, shown => $"cursor: {page[shown - 1].Id}");
    }

    private Task<ToolAnswer> LogAsync(ToolCall call)
    {
        var part = log.Read(call.Position("after"), call.Number("limit"), call.Text("level"), call.IsWhole ? QueryRules.MaxLimit : FewLines).OrThrow();
        return Task.FromResult(AnswerText.List(call, "lines", part.Lines, hasMore: false, next: null, ("node", part.Node), ("cursor", part.Cursor), ("is_truncated", part.IsTruncated), ("is_reset", part.IsReset)));
    }

    private async Task<ToolAnswer> RetentionAsync(ToolCall call) => AnswerText.Of(call, RetentionResponse.From(policy, await retention.LookAsync(call.Cancelled)));

    private async Task<ToolAnswer> StatusAsync(ToolCall call) => AnswerText.Of(call, await status.ReadAsync(includeHistory: true, call.Cancelled));
}
