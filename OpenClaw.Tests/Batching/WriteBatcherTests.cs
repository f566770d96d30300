using System.Collections.Concurrent;
using Npgsql;
using OpenClaw.Jobs.Batching;
using OpenClaw.Tests.Support;

namespace OpenClaw.Tests.Batching;

public sealed class WriteBatcherTests
{
    [Test]
    public async Task What_comes_during_a_write_goes_out_together_with_the_next()
    {
        var batches = new ConcurrentQueue<int>();
        var first = new Signal();
        var combiner = new WriteBatcher<int, int>(async items =>
        {
            batches.Enqueue(items.Count);
            await first.Task;
            return [.. items.Select(item => item * 2)];
        });

        var writes = Enumerable.Range(1, 100).Select(combiner.WriteAsync).ToList();
        first.SetResult();

        Assert.That(await Task.WhenAll(writes), Is.EqualTo(Enumerable.Range(1, 100).Select(item => item * 2)));
        Assert.That(batches, Is.EqualTo(new[] { 1, 64, 35 }));
    }

    [Test]
    public async Task What_the_database_refuses_fails_alone()
    {
        var first = new Signal();
        var combiner = new WriteBatcher<int, int>(async items =>
        {
            await first.Task;
            return items.Contains(3) ? throw new PostgresException("no", "ERROR", "ERROR", "22P05") : items;
        });

        var writes = Enumerable.Range(1, 5).Select(combiner.WriteAsync).ToList();
        first.SetResult();

        Assert.That(async () => await writes[2], Throws.TypeOf<PostgresException>());
        writes.RemoveAt(2);
        Assert.That(await Task.WhenAll(writes), Is.EqualTo(new[] { 1, 2, 4, 5 }));
    }

    [Test]
    public void Without_a_database_all_fail_at_once()
    {
        var first = new Signal();
        var calls = 0;
        var combiner = new WriteBatcher<int, int>(async _ =>
        {
            await first.Task;
            calls++;
            throw new NpgsqlException("away");
        });

        var writes = Enumerable.Range(1, 5).Select(combiner.WriteAsync).ToList();
        first.SetResult();

        Assert.Multiple(() => writes.ForEach(write => Assert.That(async () => await write, Throws.TypeOf<NpgsqlException>())));
        Assert.That(calls, Is.EqualTo(2));
    }
}
