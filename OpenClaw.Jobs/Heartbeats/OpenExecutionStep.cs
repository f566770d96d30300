using OpenClaw.Data;
using OpenClaw.Data.Agents;
using OpenClaw.Data.Heartbeats;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Workflows.Definitions;

namespace OpenClaw.Jobs.Heartbeats;

/// <summary>Opens the beat's record; one that must not be is recorded as skipped, with the reason. Commits with its checkpoint.</summary>
public sealed class OpenExecutionStep : IDatabaseStep
{
    public async Task<object?> RunAsync(StepContext context, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var agent = await db.LockAgentAsync(context.AgentId, cancellationToken);
        var request = context.Request<HeartbeatRequest>();
        var now = await db.NowAsync(cancellationToken);
        var skipped = WhySkipped(agent, request, now);
        db.HeartbeatExecutions.Add(new HeartbeatExecution
        {
            Id = Guid.CreateVersion7(),
            AgentId = agent.Id,
            WorkflowUuid = context.WorkflowUuid,
            Status = skipped is null ? HeartbeatStatus.Running : HeartbeatStatus.Skipped,
            Reason = skipped,
            DueAt = request.DueAt,
            StartedAt = now,
            CompletedAt = skipped is null ? null : now,
        });
        return new OpenedExecution(skipped is null, agent.HeartbeatChecklist) { Until = now + agent.HeartbeatInterval };
    }

    private static string? WhySkipped(Agent agent, HeartbeatRequest request, DateTimeOffset now) => agent switch
    {
        { Status: not AgentStatus.Running } or { Operation: not null } => "The agent was not running, or an operation was under way.",
        { HeartbeatActiveHours: { } hours } when !request.OnDemand && !ActiveHoursRules.Contains(hours, now) =>
            $"Outside of its active hours, {hours.Start} to {hours.End} {hours.TimeZone ?? "UTC"}.",
        _ => null,
    };
}

/// <summary>Output of the step.</summary>
public sealed record OpenedExecution(bool Beats, IReadOnlyList<string> Checklist)
{
    /// <summary>When the next beat may be due: this one has ended by then, one way or the other.</summary>
    public DateTimeOffset? Until { get; init; }
}
