using Npgsql;
using OpenClaw.Jobs.Engine.Execution;
using OpenClaw.Jobs.Engine.Hangfire;
using OpenClaw.Tests.Engine.Support;
using OpenClaw.Tests.Support;

namespace OpenClaw.Tests.Engine;

/// <summary>Locks that end with the process that holds them, however it ends.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed class SessionLocksTests
{
    private WorkflowBench _bench = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _bench = await WorkflowBench.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _bench.DisposeAsync();

    [Test]
    public async Task A_frozen_process_keeps_its_locks_no_longer_than_its_workflows()
    {
        await using var frozen = await HoldLocksAsync("frozen", beat: "now() - interval '1 minute'");
        await using var alive = await HoldLocksAsync("alive", beat: "now() + interval '1 hour'");

        await Eventually.That(() => SessionsOf(frozen.ProcessID), Is.EqualTo("0"), TimeSpan.FromSeconds(20));

        Assert.That(await SessionsOf(alive.ProcessID), Is.EqualTo("1"));
        await _bench.ExecuteAsync($"DELETE FROM openclaw_system.executors WHERE executor_id IN ('frozen', 'alive')");

        Task<string> SessionsOf(int process) => _bench.TextAsync($"SELECT count(*) FROM pg_stat_activity WHERE pid = {process}");
    }

    // As a process does that lives: its own name, and locks of Hangfire's.
    private async Task<NpgsqlConnection> HoldLocksAsync(string executor, string beat)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_bench.Service.Database.ConnectionString) { ApplicationName = "openclaw locks", Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var hold = new NpgsqlCommand(
            $"""
            SELECT pg_advisory_lock(hashtextextended('executor:{executor}', 0)), pg_advisory_lock(hashtextextended('a job of {executor}', 0));
            INSERT INTO openclaw_system.executors (executor_id, node, pid, version, started_at, beat_at, holds_lock) VALUES ('{executor}', '{executor}', 1, '0', now(), {beat}, true)
            """,
            connection);
        await hold.ExecuteNonQueryAsync();
        return connection;
    }

    [Test]
    public async Task A_session_that_breaks_under_a_lock_stops_nobody_for_long()
    {
        using var locks = new SessionLocks(_bench.Service.Database.ConnectionString, new ExecutorIdentity("breaks:1"));
        using var other = new SessionLocks(_bench.Service.Database.ConnectionString, new ExecutorIdentity("waits:1"));
        var held = locks.TryAcquire("a", TimeSpan.FromSeconds(5));
        Assert.That(other.TryAcquire("a", TimeSpan.Zero), Is.Null);

        await _bench.ExecuteAsync($"""
            SELECT pg_terminate_backend(l.pid) FROM pg_locks l
            WHERE l.locktype = 'advisory' AND l.granted AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
              AND ((l.classid::bigint << 32) | l.objid::bigint) = hashtextextended('a', 0)
            """);

        using var taken = other.TryAcquire("a", TimeSpan.FromSeconds(5));
        Assert.That(taken, Is.Not.Null);
        held!.Dispose();
        using var another = locks.TryAcquire("b", TimeSpan.FromSeconds(5));
        Assert.That(another, Is.Not.Null, "It has a new session.");
    }

    [Test]
    public async Task Waiters_of_one_process_are_given_a_lock_one_after_the_other()
    {
        using var locks = new SessionLocks(_bench.Service.Database.ConnectionString, new ExecutorIdentity("one:1"));
        var (inside, most) = (0, 0);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() =>
        {
            using var held = locks.TryAcquire("narrow", TimeSpan.FromSeconds(20));
            InterlockedMax(ref most, Interlocked.Increment(ref inside));
            Interlocked.Decrement(ref inside);
        })));

        Assert.That(most, Is.EqualTo(1));
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = Volatile.Read(ref most); value > seen; seen = Volatile.Read(ref most))
        {
            Interlocked.CompareExchange(ref most, value, seen);
        }
    }
}
