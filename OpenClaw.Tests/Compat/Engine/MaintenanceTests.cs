using System.Globalization;
using OpenClaw.Tests.Support;

namespace OpenClaw.Tests.Compat.Engine;

/// <summary>What a server does to the tables beside running jobs.</summary>
[Parallelizable(ParallelScope.Self)]
public sealed class MaintenanceTests
{
    private static readonly string[] Expiring = ["job", "state", "jobparameter", "set", "hash", "list", "aggregatedcounter"];

    [Test]
    public async Task What_has_expired_is_removed_with_all_that_belongs_to_it_and_nothing_else()
    {
        await using var host = await EngineHost.CreateAsync(o => (o.JobExpirationCheckInterval, o.DeleteExpiredBatchSize) = (TimeSpan.FromMilliseconds(100), 2));
        // Of each table 3 rows have expired, 1 will, 1 never does.
        await host.ExecuteAsync("""
            create temp table e on commit drop as select i, case when i <= 3 then now() - interval '1 minute' when i = 4 then now() + interval '1 day' end as at from generate_series(1, 5) i;
            insert into hangfire.job (id, statename, invocationdata, arguments, createdat, expireat) select i, 'Failed', '{}', '[]', now(), at from e;
            insert into hangfire.state (jobid, name, createdat) select i, 'Failed', now() from e;
            insert into hangfire.jobparameter (jobid, name, value) select i, 'a', 'b' from e;
            insert into hangfire.set (key, score, value, expireat) select 'k', 0, i::text, at from e;
            insert into hangfire.hash (key, field, value, expireat) select 'k', i::text, 'v', at from e;
            insert into hangfire.list (key, value, expireat) select 'k', i::text, at from e;
            insert into hangfire.aggregatedcounter (key, value, expireat) select i::text, 1, at from e;
            """);

        host.StartServer();

        await Eventually.That(
            async () => await host.ScalarAsync<string>(string.Join(" || ' ' || ", Expiring.Select(t => $"(select count(*) from hangfire.{t})")).Insert(0, "select ")),
            Is.EqualTo(string.Join(' ', Expiring.Select(_ => 2))));
    }

    [Test]
    public async Task Counts_are_summed_up_and_come_back_by_hour_and_by_day()
    {
        await using var host = await EngineHost.CreateAsync(o => o.CountersAggregateInterval = TimeSpan.FromMilliseconds(100));
        var now = DateTime.UtcNow;
        var (hour, day) = (now.AddHours(-3), now.AddDays(-3));
        foreach (var type in new[] { "succeeded", "failed", "deleted" })
            foreach (var key in new[] { $"stats:{type}", $"stats:{type}:{Text(hour, "yyyy-MM-dd-HH")}", $"stats:{type}:{Text(day, "yyyy-MM-dd")}" })
                await host.ExecuteAsync($"insert into hangfire.counter (key, value, expireat) select '{key}', length('{type}'), now() + interval '1 day' from generate_series(1, 10)");
        var fresh = Read(host, hour, day);

        host.StartServer();
        await Eventually.That(() => host.ScalarAsync<long>("select count(*) from hangfire.counter"), Is.Zero);

        Assert.That(await host.ScalarAsync<long>("select count(*) from hangfire.aggregatedcounter"), Is.EqualTo(9));
        Assert.That(fresh, Is.EqualTo(new long[] { 90, 70, 90, 60, 70, 90, 60, 70 }));
        Assert.That(Read(host, hour, day), Is.EqualTo(fresh));
    }

    private static long[] Read(EngineHost host, DateTime hour, DateTime day)
    {
        var (monitor, statistics) = (host.Monitor, host.Monitor.GetStatistics());
        return
        [
            statistics.Succeeded, statistics.Deleted,
            At(monitor.HourlySucceededJobs(), "yyyy-MM-dd-HH", hour), At(monitor.HourlyFailedJobs(), "yyyy-MM-dd-HH", hour), At(monitor.HourlyDeletedJobs(), "yyyy-MM-dd-HH", hour),
            At(monitor.SucceededByDatesCount(), "yyyy-MM-dd", day), At(monitor.FailedByDatesCount(), "yyyy-MM-dd", day), At(monitor.DeletedByDatesCount(), "yyyy-MM-dd", day),
        ];
    }

    private static long At(IDictionary<DateTime, long> counts, string format, DateTime at) =>
        counts.Where(c => Text(c.Key, format) == Text(at, format)).Sum(c => c.Value);

    private static string Text(DateTime value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
