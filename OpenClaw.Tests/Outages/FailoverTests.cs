using System.Net;
using Npgsql;
using OpenClaw.Tests.Engine.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Outages;

/// <summary>Databases that answer, and do not do what they must: in a failover, behind a proxy, with a full disk, without rights.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
[Category("Slow")]
public sealed class FailoverTests
{
    private readonly string _user = $"limited_{Guid.NewGuid():N}";
    private TestDatabase _database = null!;
    private DatabaseProxy _proxy = null!;
    private RunningService _service = null!;
    private HttpClient _anyone = null!;
    private int _agents;

    [OneTimeSetUp]
    public async Task Start_a_service_behind_a_proxy_as_a_user_of_few_rights()
    {
        _database = await TestDatabase.CreateAsync();
        await _database.ExecuteAsync($"""CREATE ROLE {_user} LOGIN PASSWORD 'limited'; ALTER DATABASE {Name} OWNER TO {_user}""");
        _proxy = new DatabaseProxy(new NpgsqlConnectionStringBuilder(_database.ConnectionString) { Username = _user, Password = "limited" }.ConnectionString);
        _service = await RunningService.StartOnAsync(_database, ("DATABASE_URL", _proxy.Url));
        _anyone = _service.Client();
    }

    [OneTimeTearDown]
    public async Task Stop_it()
    {
        _anyone.Dispose();
        await _service.DisposeAsync();
        await _proxy.DisposeAsync();
        await _database.ExecuteAsync($"REASSIGN OWNED BY {_user} TO CURRENT_USER; DROP OWNED BY {_user}; DROP ROLE {_user}");
        await _database.DisposeAsync();
    }

    private string Name => NameOf(_database);

    [TestCase("08P01", "The database is away", 2)]
    [TestCase("XX000", "The database is away", 2)]
    [TestCase("57P03", "The database is starting or stopping", 2)]
    [TestCase("53300", "The database has no room for another connection", 2)]
    [TestCase("28P01", "The database does not let the service in", 10)]
    public async Task What_a_proxy_says_of_its_server_is_503_and_not_ready_and_passes(string code, string said, int retryAfter)
    {
        _proxy.Answer(code);

        await RefusesAsync(said, retryAfter);
        await Eventually.That(ReadinessAsync, Is.EqualTo(said + "."));

        _proxy.Answer(null);
        await IsWellAgainAsync();
    }

    [Test]
    public async Task After_a_failover_to_a_server_that_only_reads_it_is_well_again_within_seconds_and_meanwhile_503()
    {
        var other = await RunningService.StartOnAsync(_database, ("DATABASE_URL", _database.Url));
        await SetReadOnlyAsync(_database);

        await Eventually.That(ReadinessAsync, Is.EqualTo("The database takes no writes."));
        await RefusesAsync("The database takes no writes", 2);
        Assert.That((await _service.Api.GetJsonAsync("/api/v1/agents")).Status, Is.EqualTo(HttpStatusCode.ServiceUnavailable), "Old news from a standby are none.");
        Assert.DoesNotThrowAsync(async () => await other.DisposeAsync(), "A stop ends in order whatever the database says.");

        await _database.ExecuteAsync($"BEGIN READ WRITE; ALTER DATABASE {Name} RESET default_transaction_read_only; COMMIT");
        await IsWellAgainAsync();
    }

    [Test]
    public async Task A_stop_while_nothing_can_be_written_ends_in_order()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var process = new ServiceProcess(database);
        await process.StartAsync();
        await process.ProvisionAsync("under way");
        await SetReadOnlyAsync(database);
        await Eventually.That(async () => (await process.Api.GetAsync("/readyz")).StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));

        Assert.That(await process.StopAsync(), Is.Zero, process.Log);
        Assert.That(process.Log, Does.Not.Contain("Unhandled"));
    }

    [Test]
    public async Task Of_several_hosts_the_one_that_is_there_is_used()
    {
        var server = new UriBuilder(_database.Url);
        await using var database = await TestDatabase.CreateAsync();
        var hosts = $"127.0.0.1:{FreePort.Find()},{server.Host}:{server.Port}";
        await using var service = await RunningService.StartOnAsync(database, ("DATABASE_URL", database.Url.Replace($"{server.Host}:{server.Port}", hosts, StringComparison.Ordinal)));

        var agent = await service.Api.ProvisionAsync();
        Assert.That((await service.Api.PostAsync($"/api/v1/agents/{agent}/message", new { content = "hello" })).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task A_session_that_was_writable_and_is_not_any_more_fails_nobody_for_long()
    {
        // As if the server behind a proxy had changed under it.
        var pool = (NpgsqlDataSource)_service.Services.GetService(typeof(NpgsqlDataSource))!;
        for (var i = 0; i < 3; i++)
        {
            await using var connection = await pool.OpenConnectionAsync();
            await using var spoil = new NpgsqlCommand("SET default_transaction_read_only = on", connection);
            await spoil.ExecuteNonQueryAsync();
        }

        // As many at once as the pool has sessions: each of them is used.
        await Eventually.That(FailedAsync, Is.Zero, TimeSpan.FromSeconds(20));
        for (var again = 0; again < 3; again++)
        {
            Assert.That(await FailedAsync(), Is.Zero);
        }

        async Task<int> FailedAsync() => (await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => ProvisionAsync()))).Count(answer => !answer.Response.IsSuccessStatusCode);
    }

    [Test]
    public async Task Without_the_right_to_write_it_is_503_until_that_is_granted()
    {
        await _database.ExecuteAsync($"REVOKE INSERT, UPDATE ON ALL TABLES IN SCHEMA openclaw, openclaw_system FROM {_user}");

        await RefusesAsync("The database does not let the service's user do its work", 10);
        await Eventually.That(ReadinessAsync, Is.EqualTo("The database does not let the service's user do its work."));

        await _database.ExecuteAsync($"GRANT INSERT, UPDATE ON ALL TABLES IN SCHEMA openclaw, openclaw_system TO {_user}");
        await IsWellAgainAsync();
    }

    [TestCase("53100", "The database's disk is full", 10)]
    [TestCase("53200", "The database has no room for another connection", 2)]
    [TestCase("25P02", "The database had too many changes of the same at once", 2)]
    [TestCase("40001", "The database had too many changes of the same at once", 2)]
    [TestCase("58030", "The database is away", 2)]
    public async Task What_the_server_cannot_do_at_the_moment_is_503(string code, string said, int retryAfter)
    {
        await _database.ExecuteAsync($"""
            CREATE OR REPLACE FUNCTION openclaw.refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'not now' USING ERRCODE = '{code}'; END $$;
            CREATE TRIGGER refuse BEFORE INSERT ON openclaw.agents FOR EACH ROW EXECUTE FUNCTION openclaw.refuse()
            """);

        await RefusesAsync(said, retryAfter);

        await _database.ExecuteAsync("DROP TRIGGER refuse ON openclaw.agents");
        await IsWellAgainAsync();
    }

    private static string NameOf(TestDatabase database) => new NpgsqlConnectionStringBuilder(database.ConnectionString).Database!;

    // As an address that leads to a standby: sessions break, and those after them may only read.
    private static async Task SetReadOnlyAsync(TestDatabase database)
    {
        await database.ExecuteAsync($"ALTER DATABASE {NameOf(database)} SET default_transaction_read_only = on");
        await database.ExecuteAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
    }

    private Task<Answer> ProvisionAsync() => _service.Api.PostAsync("/api/v1/agents/provision", new { name = $"agent {Interlocked.Increment(ref _agents)}", model = "local/echo" });

    private async Task RefusesAsync(string said, int retryAfter)
    {
        // The first ones may meet a connection that breaks; none is a bug.
        for (var i = 0; i < 4; i++)
        {
            Assert.That((await ProvisionAsync()).Status, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        }

        var refused = await Eventually.That(ProvisionAsync, Has.Property("Body").Matches<System.Text.Json.JsonElement>(body => body.GetProperty("detail").GetString()!.StartsWith(said, StringComparison.Ordinal)));
        Assert.That((refused.Status, refused.Text("code"), refused.Body.GetProperty("retryable").GetBoolean()), Is.EqualTo((HttpStatusCode.ServiceUnavailable, "database_unavailable", true)));
        Assert.That(refused.Response.Headers.RetryAfter?.Delta, Is.EqualTo(TimeSpan.FromSeconds(retryAfter)));
    }

    private async Task<string?> ReadinessAsync() => (await _anyone.GetJsonAsync("/readyz")).Text("reason");

    private async Task IsWellAgainAsync()
    {
        await Eventually.That(async () => (await _anyone.GetJsonAsync("/readyz")).Status, Is.EqualTo(HttpStatusCode.OK), TimeSpan.FromSeconds(8));
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => ProvisionAsync()));
        Assert.That(answers.Select(answer => answer.Status), Is.All.AnyOf(HttpStatusCode.Created, HttpStatusCode.Accepted));
    }
}
