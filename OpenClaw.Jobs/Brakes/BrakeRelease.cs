using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Npgsql;
using OpenClaw.Data;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Messages;
using OpenClaw.Jobs.Outages;
using static OpenClaw.Jobs.SqlParameters;

namespace OpenClaw.Jobs.Brakes;

/// <summary>
/// Has what waited for a brake begin, a few agents a second, whatever number of nodes there are: each step is one node's. How
/// far it has come is in the brake's row, so that another node goes on where one was killed; an agent that is begun twice begins once.
/// </summary>
public sealed partial class BrakeRelease(
    NpgsqlDataSource dataSource, IDbContextFactory<OpenClawDbContext> contexts, MessageRouter router, WorkflowClient workflows, ILogger<BrakeRelease> logger)
{
    /// <summary>So many agents begin in a step.</summary>
    public const int AgentsAtOnce = 10;

    /// <summary>From one step to the next.</summary>
    public static readonly TimeSpan Step = TimeSpan.FromSeconds(1);

    // The first step comes when every node has heard: a turn that was held a moment after the release would be overlooked.
    private const string TakeSql =
        """
        UPDATE openclaw.brakes SET step_at = now() + $2
        WHERE id = $1 AND released_at < now() - $2 AND (step_at IS NULL OR step_at <= now())
        RETURNING owner, agent_id, released_through
        """;

    // Whose line has something parked at all, or a turn that was held when it was to be asked. By the keys of agents, and for each
    // one look into the index of what waits and one into that of its workflows.
    private const string NextSql =
        """
        SELECT a.id FROM openclaw.agents a
        WHERE ($1::uuid IS NULL OR a.id > $1) AND ($2::text IS NULL OR a.user_id = $2) AND ($3::uuid IS NULL OR a.id = $3) AND a.status = 'running'
          AND (EXISTS (SELECT FROM openclaw_system.notifications n WHERE n.recipient = 'agent:' || a.id AND n.state IN ('accepted', 'parked') AND n.state = 'parked')
            OR EXISTS (SELECT FROM openclaw_system.workflow_status w WHERE w.agent_id = a.id AND w.queue IS NOT NULL AND w.status = 'PENDING' AND w.executor_id IS NULL AND w.due_at > now()))
        ORDER BY a.id LIMIT $4
        """;

    private const string AdvanceSql = "UPDATE openclaw.brakes SET released_through = $2 WHERE id = $1 AND released_at IS NOT NULL";

    private const string EndSql =
        """
        WITH gone AS (DELETE FROM openclaw.brakes WHERE id = $1 AND released_at IS NOT NULL RETURNING scope),
        audited AS (INSERT INTO openclaw.audit_log (actor, action, subject, detail) SELECT 'system', 'brake.end', scope, 'What waited has begun.' FROM gone)
        SELECT pg_notify($2, '') FROM gone
        """;

    /// <summary>Takes the brake's next step, if it is due and no other node takes it. Returns how many agents it let begin; null when there was none to take.</summary>
    public async Task<int?> StepAsync(Guid brake, CancellationToken cancellationToken)
    {
        if (await TakeAsync(brake, cancellationToken) is not var (owner, agentId, through))
        {
            return null;
        }

        var agents = await NextAsync(through, owner, agentId, cancellationToken);
        foreach (var agent in agents)
        {
            await BeginAsync(agent, cancellationToken);
        }

        if (agents.Count < AgentsAtOnce)
        {
            await ExecuteAsync(EndSql, [Uuid(brake), Text(BrakeBoard.Channel)], cancellationToken);
        }
        else
        {
            await ExecuteAsync(AdvanceSql, [Uuid(brake), Uuid(agents[^1])], cancellationToken);
        }

        return agents.Count;
    }

    // What is wrong with one agent keeps no other from beginning.
    private async Task BeginAsync(Guid agentId, CancellationToken cancellationToken)
    {
        try
        {
            using var transaction = AmbientTransaction.Begin();
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            await router.BeginNextAsync(await db.LockAgentAsync(agentId, cancellationToken), db, cancellationToken);
            await workflows.WakeAgentAsync(agentId, cancellationToken);
            transaction.Complete();
        }
        catch (Exception exception) when (exception is not OperationCanceledException && !DatabaseOutage.Caused(exception))
        {
            LogNotBegun(logger, agentId, exception);
        }
    }

    private async Task<(string? Owner, Guid? AgentId, Guid? Through)?> TakeAsync(Guid brake, CancellationToken cancellationToken)
    {
        await using var take = Command(TakeSql, [Uuid(brake), Interval(Step)]);
        await using var reader = await take.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? (reader.IsDBNull(0) ? null : reader.GetString(0), Id(reader, 1), Id(reader, 2)) : null;
    }

    private async Task<List<Guid>> NextAsync(Guid? through, string? owner, Guid? agentId, CancellationToken cancellationToken)
    {
        await using var next = Command(NextSql, [Uuid(through), Text(owner), Uuid(agentId), Int(AgentsAtOnce)]);
        await using var reader = await next.ExecuteReaderAsync(cancellationToken);
        var agents = new List<Guid>();
        while (await reader.ReadAsync(cancellationToken))
        {
            agents.Add(reader.GetGuid(0));
        }

        return agents;
    }

    private async Task ExecuteAsync(string sql, NpgsqlParameter[] parameters, CancellationToken cancellationToken)
    {
        await using var command = Command(sql, parameters);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private NpgsqlCommand Command(string sql, NpgsqlParameter[] parameters)
    {
        var command = dataSource.CreateCommand(sql);
        command.Parameters.AddRange(parameters);
        return command;
    }

    private static Guid? Id(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetGuid(column);

    [LoggerMessage(EventId = 1161, Level = LogLevel.Error, Message = "What waited for agent {AgentId} could not begin when its brake was released; send it a message, or resume it, to have it looked at.")]
    private static partial void LogNotBegun(ILogger logger, Guid agentId, Exception exception);
}
