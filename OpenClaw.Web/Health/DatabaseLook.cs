using Npgsql;
using OpenClaw.Jobs.Engine.Execution;
using OpenClaw.Jobs.Outages;

namespace OpenClaw.Web.Health;

/// <summary>Whether the database does its work, on the pool that everything uses: by a write, for a server that only reads answers too.</summary>
internal sealed class DatabaseLook(NpgsqlDataSource dataSource, ExecutorIdentity executor, TimeProvider time)
{
    private const string Sql = "UPDATE openclaw_system.executors SET beat_at = beat_at WHERE executor_id = $1";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Its error is a sentence that begins with what is wrong, in words.</summary>
    public async Task<DatabaseHealth> LookAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        using var limit = new CancellationTokenSource(Patience, time);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await using var command = dataSource.CreateCommand(Sql);
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = executor.Id });
            await command.ExecuteNonQueryAsync(deadline.Token);
            return new DatabaseHealth(CheckStatus.Ok, Milliseconds(started), Error: null);
        }
        catch (Exception exception)
        {
            var trouble = (DatabaseOutage.Of(exception) ?? DatabaseTrouble.Away).Name();
            var reason = exception is OperationCanceledException ? $"No answer within {Patience.TotalSeconds:0} s." : exception.GetBaseException().Message;
            return new DatabaseHealth(CheckStatus.Failed, Milliseconds(started), $"{trouble}: {reason}");
        }
    }

    private double Milliseconds(long started) => Math.Round(time.GetElapsedTime(started).TotalMilliseconds, 1);
}
