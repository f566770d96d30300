using NpgsqlTypes;
using OpenClaw.Data.Conventions;
using OpenClaw.Data.Workflows;
using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Jobs.Engine.Execution;
using static OpenClaw.Jobs.SqlParameters;

namespace OpenClaw.Jobs.Engine.Ledger;

public sealed partial class WorkflowLedger
{
    // With a runner's job ($15) the run is this process's from the beginning, its first step started: the claim is saved.
    // The first steps whose outputs are known ($17) are done already.
    private const string StartSql =
        """
        WITH started AS (
            INSERT INTO openclaw_system.workflow_status
                (workflow_uuid, name, version, mode, status, agent_id, owner, request, idempotency_key, parent_uuid, deadline_at, due_at, traceparent, queue,
                 executor_id, lease_epoch, started_at, next_step)
            VALUES ($1, $2, $3, $4, CASE WHEN $15 IS NULL THEN 'ENQUEUED' ELSE 'PENDING' END, $5, $6, $7, $8, $9, now() + $10, now() + $11, $12, $14,
                    CASE WHEN $15 IS NOT NULL THEN $16 END, CASE WHEN $15 IS NULL THEN 0 ELSE 1 END, CASE WHEN $15 IS NOT NULL THEN now() END, cardinality($17))
            ON CONFLICT (owner, idempotency_key) WHERE idempotency_key IS NOT NULL DO NOTHING
            RETURNING workflow_uuid
        ), steps AS (
            INSERT INTO openclaw_system.operation_outputs (workflow_uuid, function_id, function_name, attempts, lease_epoch, executor_id, job_id, started_at, completed_at, output)
            SELECT s.workflow_uuid, n.position - 1, n.name, c.begun::int, c.claimed::int, CASE WHEN c.begun THEN $16 END, CASE WHEN c.claimed THEN $15 END,
                   CASE WHEN c.begun THEN now() END, CASE WHEN c.known THEN now() END, ($17)[n.position::int]::jsonb
            FROM started s, unnest($13::text[]) WITH ORDINALITY AS n (name, position),
                 LATERAL (SELECT n.position <= cardinality($17) AS known, n.position = cardinality($17) + 1 AND $15 IS NOT NULL AS claimed) AS k,
                 LATERAL (SELECT k.known, k.claimed, k.known OR k.claimed AS begun) AS c
        ), logged AS (
            INSERT INTO openclaw_system.workflow_events (workflow_uuid, kind, actor) SELECT workflow_uuid, 'enqueued', $6 FROM started
        )
        SELECT workflow_uuid FROM started
        """;

    private const string StartManySql =
        """
        WITH input AS (
            SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[])
                AS i (workflow_uuid, agent_id, owner, request, idempotency_key)
        ), started AS (
            INSERT INTO openclaw_system.workflow_status
                (workflow_uuid, name, version, mode, status, agent_id, owner, request, idempotency_key, deadline_at, due_at, traceparent, queue)
            SELECT i.workflow_uuid, $6, $7, 'inline', 'ENQUEUED', i.agent_id, i.owner, i.request::jsonb, i.idempotency_key, now() + $8, now(), $9, $11
            FROM input i
            ON CONFLICT (owner, idempotency_key) WHERE idempotency_key IS NOT NULL DO NOTHING
            RETURNING workflow_uuid
        ), steps AS (
            INSERT INTO openclaw_system.operation_outputs (workflow_uuid, function_id, function_name)
            SELECT s.workflow_uuid, n.position - 1, n.name
            FROM started s, unnest($10::text[]) WITH ORDINALITY AS n (name, position)
        ), logged AS (
            INSERT INTO openclaw_system.workflow_events (workflow_uuid, kind, actor)
            SELECT s.workflow_uuid, 'enqueued', i.owner FROM started s JOIN input i USING (workflow_uuid)
        )
        SELECT workflow_uuid FROM started
        """;

    private const string FindByKeySql =
        "SELECT workflow_uuid FROM openclaw_system.workflow_status WHERE owner = $1 AND idempotency_key = $2";

    private const string SetJobsSql =
        """
        UPDATE openclaw_system.operation_outputs o SET job_id = n.job_id
        FROM unnest($3::text[]) WITH ORDINALITY AS n (job_id, position)
        WHERE o.workflow_uuid = $1 AND o.function_id = $2 + n.position - 1
        """;

    private const string ReleaseHeldSql =
        """
        UPDATE openclaw_system.workflow_status w SET due_at = CASE WHEN w.queue IS NULL THEN now() + $2 ELSE now() END
        FROM openclaw_system.operation_outputs o
        WHERE w.workflow_uuid = $1 AND w.status = 'ENQUEUED' AND w.next_step = 0 AND w.cancel_requested_at IS NULL
          AND o.workflow_uuid = w.workflow_uuid AND o.function_id = 0 AND o.job_id IS NULL
        RETURNING w.name, w.version
        """;

    // How long a run may be held before it is started all the same: what was to release it did so in the transaction in which
    // it ended, so this is for a mistake of ours. A line of a million must not look each minute whether it may begin.
    private static readonly TimeSpan HeldPatience = TimeSpan.FromHours(1);

    /// <summary>Writes a new run and its steps; when the key is taken, returns the run that has it.</summary>
    /// <remarks>A held one rests until <see cref="ReleaseHeldAsync"/> lets it go. The jobs of a chained one are noted by <see cref="SetJobsAsync"/>.</remarks>
    internal async Task<(Guid WorkflowUuid, bool Created)> StartAsync(
        WorkflowDefinition definition, WorkflowStart start, bool hold, string? runnerJob, string? traceparent, CancellationToken cancellationToken)
    {
        var dueAfter = runnerJob is not null ? HeldByRunner : hold ? HeldPatience : definition.Mode is WorkflowMode.Inline ? TimeSpan.Zero : Patience;
        var created = await AnyAsync(
            StartSql,
            [
                Uuid(start.WorkflowUuid), Text(definition.Name), Int(definition.Version), Text(EnumText.ToLower(definition.Mode)),
                Uuid(start.AgentId), Text(start.Owner), Json(WorkflowJson.Write(start.Request)), Text(start.IdempotencyKey),
                Uuid(start.ParentUuid), Interval(definition.TimeLimit),
                Interval(dueAfter), Text(traceparent), new() { Value = definition.Steps.Select(step => step.Name).ToArray() },
                Text(definition.Mode is WorkflowMode.Inline ? definition.Queue : null), Text(runnerJob), Text(_executor.Id),
                new() { Value = KnownOutputs(start), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
            ],
            cancellationToken);
        if (created)
        {
            return (start.WorkflowUuid, true);
        }

        return (await FindByKeyAsync(start, cancellationToken) ?? throw new InvalidOperationException($"Workflow {start.WorkflowUuid} was neither started nor found."), false);
    }

    /// <summary>The claim on the first step of a run that was started with a runner's job.</summary>
    internal static StepClaim ClaimOf(WorkflowDefinition definition, WorkflowStart start, string runnerJob, string? traceparent)
    {
        var known = new RunOutputs();
        foreach (var (index, output) in KnownOutputs(start).Index())
        {
            known.Add(definition.Steps[index].Name, output);
        }

        return new StepClaim(
            start.WorkflowUuid, definition.Name, definition.Version, start.AgentId, start.Owner, WorkflowJson.Write(start.Request)!, traceparent,
            StepIndex: start.KnownOutputs.Count, definition.Steps[start.KnownOutputs.Count].Name, Attempt: 1, Failures: 0, Epoch: 1, runnerJob)
        {
            KnownOutputs = known,
            Fresh = start.Fresh,
        };
    }

    private static string?[] KnownOutputs(WorkflowStart start) => [.. start.KnownOutputs.Select(WorkflowJson.Write)];

    /// <summary>Lets a run go that is held; returns name and version, null when it is not held.</summary>
    internal Task<(string Name, int Version)?> ReleaseHeldAsync(Guid workflowUuid, CancellationToken cancellationToken) => ReadAsync(
        ReleaseHeldSql,
        [Uuid(workflowUuid), Interval(Patience)],
        async (reader, token) => await reader.ReadAsync(token) ? ((string, int)?)(reader.GetString(0), reader.GetInt32(1)) : null,
        cancellationToken);

    /// <summary>The run that was started with the same key; null when there is none, or no key.</summary>
    internal async Task<Guid?> FindByKeyAsync(WorkflowStart start, CancellationToken cancellationToken) => start.IdempotencyKey is null ? null : await ReadAsync(
        FindByKeySql,
        [Text(start.Owner), Text(start.IdempotencyKey)],
        async (reader, token) => await reader.ReadAsync(token) ? reader.GetGuid(0) : (Guid?)null,
        cancellationToken);

    /// <summary>Writes new inline runs. Returns those that were started: of others the key is taken.</summary>
    internal Task<List<Guid>> StartManyAsync(
        WorkflowDefinition definition, IReadOnlyList<WorkflowStart> starts, string? traceparent, CancellationToken cancellationToken) => ListAsync(
        StartManySql,
        [
            new() { Value = starts.Select(start => start.WorkflowUuid).ToArray() },
            new() { Value = starts.Select(start => start.AgentId).ToArray() },
            new() { Value = starts.Select(start => start.Owner).ToArray() },
            new() { Value = starts.Select(start => WorkflowJson.Write(start.Request)).ToArray() },
            new() { Value = starts.Select(start => start.IdempotencyKey).ToArray() },
            Text(definition.Name), Int(definition.Version),
            Interval(definition.TimeLimit), Text(traceparent), new() { Value = definition.Steps.Select(step => step.Name).ToArray() },
            Text(definition.Queue),
        ],
        row => row.GetGuid(0),
        cancellationToken);

    /// <summary>Notes which Hangfire job runs which step.</summary>
    internal Task SetJobsAsync(Guid workflowUuid, int firstStep, IReadOnlyList<string> jobIds, CancellationToken cancellationToken) => AnyAsync(
        SetJobsSql, [Uuid(workflowUuid), Int(firstStep), new() { Value = jobIds.ToArray() }], cancellationToken);
}
