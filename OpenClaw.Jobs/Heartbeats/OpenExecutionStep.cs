using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Agents;
using OpenClaw.Data.Conventions;
using OpenClaw.Data.Heartbeats;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Brakes;
using OpenClaw.Jobs.Engine.Definitions;

namespace OpenClaw.Jobs.Heartbeats;

/// <summary>Opens the beat's record; one that must not be is recorded as skipped, with the reason. Commits with its checkpoint.</summary>
public sealed class OpenExecutionStep(BrakeBoard brakes) : IDatabaseStep
{
    private static readonly TimeSpan LeastTime = TimeSpan.FromSeconds(15);

    public async Task<object?> RunAsync(StepContext context, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var request = context.Request<HeartbeatRequest>();
        var (agent, now) = await db.ReadAgentAsync(context.AgentId, cancellationToken);
        var skipped = WhySkipped(agent, request, now) ?? brakes.Over(agent.UserId, agent.Id)?.WhySkipped;
        var status = EnumText.ToLower(skipped is null ? HeartbeatStatus.Running : HeartbeatStatus.Skipped);
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO openclaw.heartbeat_executions (id, agent_id, workflow_uuid, status, reason, due_at, started_at, completed_at)
            VALUES ({Guid.CreateVersion7()}, {agent.Id}, {context.WorkflowUuid}, {status}, {skipped}, {request.DueAt}, now(), CASE WHEN {skipped is not null} THEN now() END)
            ON CONFLICT (workflow_uuid) DO UPDATE SET status = excluded.status, reason = excluded.reason, started_at = excluded.started_at, completed_at = excluded.completed_at
            """,
            cancellationToken);
        return new OpenedExecution(skipped is null, agent.HeartbeatChecklist)
        {
            Until = Until(agent, now),
            Healthy = agent.HeartbeatFailures == 0 && agent.DegradedAt is null,
            Backoff = request.OnDemand ? null : BeatBackoff.Of(agent.Configuration),
        };
    }

    /// <summary>Why the agent is asked nothing on schedule now; null when it can be.</summary>
    internal static string? WhyResting(Agent agent) =>
        agent is { Status: AgentStatus.Running, Operation: null } ? null : "The agent was not running, or an operation was under way.";

    // The sweep has moved the schedule on already. A beat that began late, or was asked for shortly before, gets a little
    // time all the same.
    private static DateTimeOffset Until(Agent agent, DateTimeOffset now)
    {
        var least = now + (agent.HeartbeatInterval < LeastTime ? agent.HeartbeatInterval : LeastTime);
        return agent.NextHeartbeatAt is { } next ? (next > least ? next : least) : now + agent.HeartbeatInterval;
    }

    private static string? WhySkipped(Agent agent, HeartbeatRequest request, DateTimeOffset now) => agent switch
    {
        _ when WhyResting(agent) is { } reason => reason,
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

    /// <summary>The beat before succeeded, so that another success changes nothing.</summary>
    public bool Healthy { get; init; }

    /// <summary>How beats come more rarely while they are quiet; null: they do not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public BeatBackoff? Backoff { get; init; }
}
