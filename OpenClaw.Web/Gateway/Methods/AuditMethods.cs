using OpenClaw.Data.Workflows;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Messages;
using OpenClaw.Jobs.Protocol;
using OpenClaw.Web.Gateway.Connections;

namespace OpenClaw.Web.Gateway.Methods;

/// <summary>What agents have done, run by run. Their tools are not this service's, and what goes by a channel is a message.</summary>
internal sealed class AuditMethods(RunQueries runs, TargetResolver targets) : IGatewayMethods
{
    private const int DefaultPage = 50;
    private const int MaxPage = 200;
    private const string Run = "agent_run";

    private static readonly string[] Members = ["agentId", "sessionKey", "runId", "kind", "status", "after", "before", "limit", "cursor"];

    private static readonly string[] Kinds = [Run, "tool_action", "message"];

    private static readonly Dictionary<string, WorkflowStatus?> Statuses = new()
    {
        ["started"] = WorkflowStatus.Pending,
        ["succeeded"] = WorkflowStatus.Success,
        ["failed"] = WorkflowStatus.Error,
        ["cancelled"] = WorkflowStatus.Cancelled,
        ["timed_out"] = null,
        ["blocked"] = null,
        ["unknown"] = null,
    };

    public IEnumerable<GatewayMethod> All =>
    [
        GatewayMethod.Of("audit.list", Scopes.Read, call => ListAsync(call, call.Params(Members), isActivity: false)),
        GatewayMethod.Of("audit.activity.list", Scopes.Read, call => ListAsync(call, call.Params([.. Members, "direction", "channel"]), isActivity: true)),
    ];

    private async Task<AuditPage> ListAsync(GatewayCall call, GatewayParams given, bool isActivity)
    {
        var (kind, status, limit) = (OneOf(given, "kind", Kinds), OneOf(given, "status", Statuses.Keys), given.Number("limit", DefaultPage, 1, MaxPage));
        var filter = await FilterAsync(call, given, status);
        if (kind is not (null or Run) || (status is not null && filter.Status is null) || given.Has("direction") || given.Has("channel"))
        {
            return new AuditPage([], null);
        }

        var page = await runs.ListAsync(filter, limit + 1, call.Caller, call.Cancelled);
        var shown = page.Take(limit).ToList();
        return new AuditPage([.. shown.Select(run => Event(run, isActivity))], page.Count > limit ? shown[^1].Message.Id.ToString() : null);
    }

    private async Task<RunFilter> FilterAsync(GatewayCall call, GatewayParams given, string? status)
    {
        var (agentId, key) = (given.OptionalText("agentId"), given.OptionalText("sessionKey"));
        var target = agentId is null && key is null ? null : await targets.ResolveAsync(agentId, key, call);
        return new RunFilter
        {
            AgentId = target?.Agent.Id,
            SessionKey = key is null ? null : target!.SessionKey,
            RunId = given.OptionalText("runId"),
            Status = status is null ? null : Statuses[status],
            After = given.Instant("after", TimeZoneInfo.Utc),
            Before = given.Instant("before", TimeZoneInfo.Utc),
            Cursor = given.OptionalText("cursor") is null ? null : given.Uuid("cursor"),
        };
    }

    private static string? OneOf(GatewayParams given, string name, IEnumerable<string> allowed) =>
        given.OptionalText(name) is not { } text ? null : allowed.Contains(text) ? text : throw given.Wrong($"at /{name}: must be equal to one of the allowed values");

    private static AuditRun Event(AgentRun run, bool isActivity)
    {
        var (message, agentId) = (run.Message, AgentLookup.OfSession(run.Message.SessionKey!));
        var (status, error) = run.Status switch
        {
            WorkflowStatus.Success => ("succeeded", null),
            WorkflowStatus.Cancelled => ("cancelled", "run_cancelled"),
            WorkflowStatus.Error or WorkflowStatus.RetriesExceeded => ("failed", "run_failed"),
            null when message.DeliveredAt is not null => ("succeeded", null),
            null => ("failed", "run_failed"),
            _ => ("started", (string?)null),
        };
        var action = status == "started" ? "started" : "finished";
        return new AuditRun(
            $"{message.Id}:{action}", message.Sequence, message.Sequence, (run.EndedAt ?? message.DeliveredAt ?? message.CreatedAt).ToUnixTimeMilliseconds(), Run, $"agent.run.{action}", status, error,
            new AuditActor("agent", agentId), agentId, message.SessionKey, message.MessageId)
        {
            EventType = isActivity ? Run : null,
            SchemaVersion = isActivity ? 1 : null,
        };
    }
}
