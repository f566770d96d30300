using Hangfire.Engine;
using Hangfire.Logging;
using Hangfire.Server;
using Npgsql;

namespace Hangfire.PostgreSql.Queues;

/// <summary>Passes other processes' signals on to this one's workers. Where LISTEN does not work, polling does without.</summary>
internal sealed class QueueListener(Database database, QueueSignals signals) : IServerComponent
{
    private static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(30);

    // Its own: whoever runs this sees it end when the server stops, and would never learn that it listens again.
    private readonly FailureStreak _failures = new(LogProvider.For<QueueListener>(), "Listening for other processes' jobs");

    public static string Channel(Database database) => $"{database.SchemaName}_enqueued";

    public void Execute(CancellationToken cancellationToken)
    {
        try
        {
            Listen(cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            cancellationToken.WaitHandle.WaitOne(_failures.Failed(exception));
        }
    }

    private void Listen(CancellationToken cancellationToken)
    {
        using var connection = database.Open();
        connection.Notification += (_, e) => signals.Raise([e.Payload]);
        Run(connection, $"listen \"{Channel(database)}\"");
        _failures.Succeeded();
        // What was enqueued before the first signal can arrive is found by looking once.
        signals.Raise([""]);
        while (!cancellationToken.IsCancellationRequested)
            if (!WaitForSignal(connection, cancellationToken))
                Run(connection, "select 1");
        Run(connection, "unlisten *");
    }

    // A connection that died silently is noticed by the query that follows a quiet time.
    private static bool WaitForSignal(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            return connection.WaitAsync(CheckInterval, cancellationToken).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return true;
        }
    }

    private static void Run(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
