using Microsoft.Extensions.Logging;
using Npgsql;
using OpenClaw.Data.Brakes;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Engine.Execution;
using OpenClaw.Jobs.Loops;
using OpenClaw.Jobs.Telemetry;
using static OpenClaw.Jobs.SqlParameters;

namespace OpenClaw.Jobs.Brakes;

/// <summary>
/// Keeps this node's board of brakes fresh, ends the turns under way here over which one says so, and takes the steps of those that
/// are released. It is told of changes at once; the look each half second is the guarantee.
/// </summary>
public sealed partial class BrakeLoop(
    BrakeBoard board, BrakeRelease release, WorkflowClient workflows, NpgsqlDataSource dataSource, ExecutorIdentity executor, TimeProvider time, ILogger<BrakeLoop> logger)
    : NotifiedService(TimeSpan.FromMilliseconds(500), time, logger)
{
    // Each end is a transaction of its own.
    private const int AtOnce = 4;

    // Where agents are asked. Of these, what stands in line or is about to be held is not under way.
    private const string UnderWaySql =
        """
        SELECT w.workflow_uuid, w.owner, w.agent_id, o.function_name FROM openclaw_system.workflow_status w
        JOIN openclaw_system.operation_outputs o ON o.workflow_uuid = w.workflow_uuid AND o.function_id = w.next_step
        WHERE w.status = 'PENDING' AND w.executor_id = $1 AND w.cancel_requested_at IS NULL AND w.agent_id IS NOT NULL AND o.function_name IN ('deliver', 'run_checklist')
        """;

    /// <summary>Before anything can begin a turn.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await board.RefreshAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task LookAsync(CancellationToken cancellationToken)
    {
        await board.RefreshAsync(cancellationToken);
        var brakes = board.All;
        OpenClawTelemetry.BrakesLooked(brakes.Count(brake => brake.IsOn));
        if (brakes.Any(brake => brake is { IsOn: true, Mode: BrakeMode.Abort }))
        {
            await AbortAsync(cancellationToken);
        }

        foreach (var brake in brakes.Where(brake => !brake.IsOn))
        {
            await release.StepAsync(brake.Id, cancellationToken);
        }
    }

    protected override void LogNotSeen(string reason) => LogNotSeen(logger, reason);

    private async Task AbortAsync(CancellationToken cancellationToken)
    {
        var turns = (await UnderWayAsync(cancellationToken)).Select(turn => (turn.Workflow, Brake: board.Aborting(turn.Owner, turn.AgentId))).Where(turn => turn.Brake is not null);
        await Parallel.ForEachAsync(turns, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (turn, token) =>
            await workflows.CancelAsync(turn.Workflow, turn.Brake!.SetBy, turn.Brake.WhyAborted, token));
    }

    private async Task<List<(Guid Workflow, string Owner, Guid AgentId)>> UnderWayAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(UnderWaySql);
        command.Parameters.Add(Text(executor.Id));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var turns = new List<(Guid, string, Guid)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var workflow = reader.GetGuid(0);
            if (board.IsAsked($"{workflow}:{reader.GetString(3)}"))
            {
                turns.Add((workflow, reader.GetString(1), reader.GetGuid(2)));
            }
        }

        return turns;
    }

    [LoggerMessage(EventId = 1162, Level = LogLevel.Debug, Message = "This node was told of a brake and could not look; it looks again by itself. {Reason}")]
    private static partial void LogNotSeen(ILogger logger, string reason);
}
