using System.Collections.Concurrent;
using Hangfire.Logging;
using Npgsql;

namespace Hangfire.PostgreSql.Queues;

/// <summary>
/// Tells other processes that jobs wait. After the commit and not within it: a transaction that notifies commits under a lock
/// which all others that notify wait for. What piles up while a signal is on its way goes out with the next one.
/// </summary>
internal sealed class QueueNotifier(Database database)
{
    private readonly ILog _log = LogProvider.For<QueueNotifier>();
    private readonly ConcurrentDictionary<string, byte> _pending = new();
    private int _isSending;

    public void Notify(string queue)
    {
        _pending[queue] = 0;
        if (Interlocked.Exchange(ref _isSending, 1) == 0)
            using (ExecutionContext.SuppressFlow())
                _ = Task.Run(SendAsync);
    }

    private async Task SendAsync()
    {
        do
        {
            try
            {
                while (TakePending() is { Length: > 0 } queues)
                    await SendAsync(queues);
            }
            catch (NpgsqlException exception)
            {
                _log.Debug(() => $"Other processes were not told of new jobs and find them by polling: {exception.Message}");
            }
            Volatile.Write(ref _isSending, 0);
        }
        while (!_pending.IsEmpty && Interlocked.Exchange(ref _isSending, 1) == 0);
    }

    private string[] TakePending() => [.. _pending.Keys.Where(queue => _pending.TryRemove(queue, out _))];

    private async Task SendAsync(string[] queues)
    {
        await using var connection = await database.OpenAsync(CancellationToken.None);
        await using var command = new NpgsqlCommand("select pg_notify($1, queue) from unnest($2) as q (queue)", connection)
        {
            Parameters = { Parameters.Of(QueueListener.Channel(database)), Parameters.Of(queues) },
        };
        await command.ExecuteNonQueryAsync();
    }
}
