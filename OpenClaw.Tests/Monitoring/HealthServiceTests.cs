using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using OpenClaw.Data;
using OpenClaw.Jobs.Engine.Execution;
using OpenClaw.Jobs.Monitoring;
using OpenClaw.Tests.Support;

namespace OpenClaw.Tests.Monitoring;

/// <summary>What the health remembers of a database that could not be written to.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed class HealthServiceTests
{
    private static readonly HealthCheckInterval Interval = new(TimeSpan.FromSeconds(30));

    private TestDatabase _database = null!;
    private PooledDbContextFactory<OpenClawDbContext> _contexts = null!;

    [OneTimeSetUp]
    public async Task Make_the_database()
    {
        _database = await TestDatabase.CreateMigratedAsync();
        _contexts = new PooledDbContextFactory<OpenClawDbContext>(new DbContextOptionsBuilder<OpenClawDbContext>().UseOpenClaw(_database.ConnectionString).Options);
    }

    [OneTimeTearDown]
    public async Task Drop_it() => await _database.DisposeAsync();

    [SetUp]
    public async Task Forget_everything() => await _database.ExecuteAsync("TRUNCATE openclaw.health_checks, openclaw.health_transitions");

    [TestCase("08006", "The database is away")]
    [TestCase("57P03", "The database is starting or stopping")]
    [TestCase("25006", "The database takes no writes")]
    [TestCase("53100", "The database's disk is full")]
    [TestCase("53300", "The database has no room for another connection")]
    [TestCase("42501", "The database does not let the service's user do its work")]
    public async Task What_was_wrong_is_told_in_its_own_words_once_it_can_be_written(string code, string words) =>
        Assert.That(
            await ChangesAfterAsync(code, 2), Is.EqualTo(new[] { $"failed: {words}: so it was from 2026-11-26 10:00:00Z to 2026-11-26 10:00:30Z.", "ok" }));

    [TestCase("40001")]
    [TestCase("40P01")]
    public async Task Changes_of_one_row_at_the_same_time_are_no_failure_of_the_database(string code) =>
        Assert.That(await ChangesAfterAsync(code, 1), Is.EqualTo(new[] { "ok" }));

    [Test]
    public async Task A_look_that_fails_for_the_database_begins_with_what_is_wrong_there()
    {
        using var health = Service(new FakeTimeProvider(), new ErrorLog(), new Failing("one", new NpgsqlException("cut off", new IOException("reset by peer"))), new Failing("two", new InvalidOperationException("the reason")));
        await health.StartAsync(default);

        await Eventually.That(
            () => _database.LinesAsync("SELECT name, status, detail FROM openclaw.health_checks ORDER BY name"),
            Is.EqualTo(new[] { "one|failed|The database is away: reset by peer", "two|failed|the reason" }));
        await health.StopAsync(default);
    }

    // Of two looks the first one's finding cannot be written.
    private async Task<List<string>> ChangesAfterAsync(string code, int count)
    {
        var (time, log) = (new FakeTimeProvider(DateTimeOffset.Parse("2026-11-26T10:00:00Z", CultureInfo.InvariantCulture)), new ErrorLog());
        await _database.ExecuteAsync($"""
            CREATE OR REPLACE FUNCTION openclaw.refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'not now' USING ERRCODE = '{code}'; END $$;
            CREATE TRIGGER refuse BEFORE INSERT ON openclaw.health_checks FOR EACH ROW EXECUTE FUNCTION openclaw.refuse()
            """);
        using var health = Service(time, log, new DatabaseProbe(_database.DataSource));
        await health.StartAsync(default);
        await Eventually.That(() => log.Errors, Has.One.Contains("HealthService failed"));
        await _database.ExecuteAsync("DROP TRIGGER refuse ON openclaw.health_checks");

        time.Advance(Interval.Value);
        await Eventually.That(() => _database.TextAsync("SELECT status FROM openclaw.health_checks"), Is.EqualTo("ok"));
        await health.StopAsync(default);
        return await Eventually.That(
            () => _database.LinesAsync("SELECT CASE to_status WHEN 'ok' THEN 'ok' ELSE to_status || ': ' || detail END FROM openclaw.health_transitions ORDER BY id"), Has.Count.EqualTo(count));
    }

    private HealthService Service(FakeTimeProvider time, ErrorLog log, params IHealthProbe[] probes) => new(
        probes, new HealthLedger(_database.DataSource, _contexts, Interval, new ExecutorIdentity("test:1")), Interval, time, LoggerFactory.Create(logging => logging.AddProvider(log)).CreateLogger<HealthService>());

    private sealed class Failing(string name, Exception why) : IHealthProbe
    {
        public string Name => name;

        public Task<HealthFinding> LookAsync(CancellationToken cancellationToken) => Task.FromException<HealthFinding>(why);
    }
}
