using System.Collections.Concurrent;
using Npgsql;
using OpenClaw.Data;

namespace OpenClaw.Jobs.Batching;

/// <summary>
/// Sends what many callers want written at the same time as one statement: while one write is under way, those that come
/// meanwhile gather for the next. A caller that is alone goes at once.
/// </summary>
/// <param name="write">Writes a batch in a transaction of its own and answers in its order.</param>
internal sealed class WriteBatcher<TItem, TOutcome>(Func<IReadOnlyList<TItem>, Task<IReadOnlyList<TOutcome>>> write)
{
    private const int MaxBatch = 64;

    private readonly ConcurrentQueue<Entry> _waiting = new();
    private int _writing;

    public Task<TOutcome> WriteAsync(TItem item)
    {
        var entry = new Entry(item, new TaskCompletionSource<TOutcome>(TaskCreationOptions.RunContinuationsAsynchronously));
        _waiting.Enqueue(entry);
        if (Interlocked.Exchange(ref _writing, 1) == 0)
        {
            _ = WriteWaitingAsync();
        }

        return entry.Outcome.Task;
    }

    private async Task WriteWaitingAsync()
    {
        // What others wait for goes with it.
        TeamScope.Leave();
        do
        {
            while (Take() is { Count: > 0 } batch)
            {
                await WriteAsync(batch);
            }

            Volatile.Write(ref _writing, 0);

            // Whoever came between the last look and now found the line taken.
            Interlocked.MemoryBarrier();
        }
        while (!_waiting.IsEmpty && Interlocked.Exchange(ref _writing, 1) == 0);
    }

    private List<Entry> Take()
    {
        var batch = new List<Entry>();
        while (batch.Count < MaxBatch && _waiting.TryDequeue(out var entry))
        {
            batch.Add(entry);
        }

        return batch;
    }

    private async Task WriteAsync(List<Entry> batch)
    {
        try
        {
            var outcomes = await write([.. batch.Select(entry => entry.Item)]);
            for (var i = 0; i < batch.Count; i++)
            {
                batch[i].Outcome.SetResult(outcomes[i]);
            }
        }
        catch (PostgresException) when (batch.Count > 1)
        {
            // One of them may be what the database refuses; the others must not suffer for it.
            foreach (var entry in batch)
            {
                await WriteAsync([entry]);
            }
        }
        catch (Exception exception)
        {
            batch.ForEach(entry => entry.Outcome.SetException(exception));
        }
    }

    private sealed record Entry(TItem Item, TaskCompletionSource<TOutcome> Outcome);
}
