using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Heartbeats;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Protocol;
using OpenClaw.Jobs.Requests;
using OpenClaw.Web.Gateway.Connections;

namespace OpenClaw.Web.Gateway.Methods;

/// <summary>Beats of agents' hearts, in the protocol's words.</summary>
internal sealed class GatewayBeats(IDbContextFactory<OpenClawDbContext> contexts)
{
    /// <summary>The last beat of any agent; null before the first.</summary>
    public async Task<HeartbeatPayload?> LastAsync(Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var last = await (
            from beat in db.HeartbeatExecutions.AsNoTracking()
            join agent in db.Agents.AsNoTracking() on beat.AgentId equals agent.Id
            where agent.UserId == caller.Owner
            orderby beat.Id descending
            select new { Beat = beat, Agent = agent }).FirstOrDefaultAsync(cancellationToken);
        return last is null ? null : Payload(last.Beat, AgentLookup.Of(last.Agent));
    }

    /// <summary>The beats that these workflows were, each with who hears of it, in the order of their ends.</summary>
    public async Task<IReadOnlyList<(Audience Audience, HeartbeatPayload Beat)>> OfWorkflowsAsync(IReadOnlyCollection<Guid> workflows, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await (
            from beat in db.HeartbeatExecutions.AsNoTracking()
            join agent in db.Agents.AsNoTracking() on beat.AgentId equals agent.Id
            where workflows.Contains(beat.WorkflowUuid)
            orderby beat.CompletedAt
            select new { Beat = beat, Agent = agent }).ToListAsync(cancellationToken);
        return [.. found.Select(each => (Audience.Of(each.Agent), Payload(each.Beat, AgentLookup.Of(each.Agent))))];
    }

    private static HeartbeatPayload Payload(HeartbeatExecution beat, string agentId)
    {
        var (status, indicator) = beat.Status switch
        {
            HeartbeatStatus.Ok => ("ok-empty", "ok"),
            HeartbeatStatus.Skipped or HeartbeatStatus.Quiet => ("skipped", "ok"),
            HeartbeatStatus.Failed => ("failed", "error"),
            _ => ("sent", "alert"),
        };
        return new HeartbeatPayload(
            (beat.CompletedAt ?? beat.StartedAt).ToUnixTimeMilliseconds(), status, agentId, beat.Reason,
            beat.CompletedAt is { } completed ? (long)(completed - beat.StartedAt).TotalMilliseconds : null, indicator);
    }
}
