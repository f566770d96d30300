using Hangfire;
using Npgsql;
using OpenClaw.Jobs.Engine.Hangfire;

namespace OpenClaw.Jobs.Messages;

/// <summary>What Hangfire's recurring job calls: messages whose time is over are dead, with the reason. Stored: never rename it.</summary>
/// <remarks>One that is in line for an agent is looked at when it is its turn.</remarks>
[Queue(Queues.Default)]
[AutomaticRetry(Attempts = 0, OnAttemptsExceeded = AttemptsExceededAction.Delete)]
public sealed class MessageExpiry(NpgsqlDataSource dataSource)
{
    internal const string Reason = "It expired before it could be delivered.";

    private const int BatchSize = 1_000;

    private const string Sql =
        """
        UPDATE openclaw_system.notifications SET state = 'dead', state_reason = $1
        WHERE id IN (
            SELECT id FROM openclaw_system.notifications
            WHERE state IN ('accepted', 'parked') AND expires_at < now() AND (state = 'parked' OR recipient LIKE 'client:%')
            LIMIT $2 FOR UPDATE SKIP LOCKED)
        """;

    [JobDisplayName("messages · give up what has expired")]
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        int expired;
        do
        {
            await using var command = dataSource.CreateCommand(Sql);
            command.Parameters.AddRange(new NpgsqlParameter[] { new() { Value = Reason }, new() { Value = BatchSize } });
            expired = await command.ExecuteNonQueryAsync(cancellationToken);
        }
        while (expired == BatchSize);
    }
}
