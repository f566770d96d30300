using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using OpenClaw.Data;
using OpenClaw.Jobs.Monitoring;
using OpenClaw.Jobs.Monitoring.Auditing;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Data;

/// <summary>A role that owns no schema serves, and another one migrates.</summary>
public sealed class ServingRoleTests
{
    [Test]
    public async Task A_role_that_reads_and_writes_rows_alone_serves_all_there_is()
    {
        await using var database = await TestDatabase.CreateAsync();
        var (owner, serving) = ($"owner_{Guid.NewGuid():N}", $"serving_{Guid.NewGuid():N}");
        await database.ExecuteAsync($"CREATE ROLE {owner} LOGIN PASSWORD 'one'; CREATE ROLE {serving} LOGIN NOINHERIT PASSWORD 'two'; DO $$ BEGIN CREATE ROLE openclaw_team NOLOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$; GRANT openclaw_team TO {serving}");
        try
        {
            await database.ExecuteAsync($"DO $$ BEGIN EXECUTE format('ALTER DATABASE %I OWNER TO {owner}', current_database()); END $$; ALTER SCHEMA public OWNER TO {owner}");
            await using (var service = await RunningService.StartOnAsync(database, ("DATABASE_URL", As(database, serving, "two")), ("DATABASE_MIGRATION_URL", As(database, owner, "one"))))
            {
                await ServeAsync(service, database);
                await HoldAsync(As(database, serving, "two"));
                await KeepTeamsApartAsync(service);
            }

            // Another one that comes up on it with the serving role alone finds nothing to migrate.
            await using var alone = await RunningService.StartOnAsync(database, ("DATABASE_URL", As(database, serving, "two")));
            Assert.That((await alone.Api.GetAsync("/api/v1/agents")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        }
        finally
        {
            await database.ExecuteAsync($"DO $$ BEGIN EXECUTE format('ALTER DATABASE %I OWNER TO CURRENT_USER', current_database()); END $$; REASSIGN OWNED BY {owner} TO CURRENT_USER; DROP OWNED BY {serving}; DROP OWNED BY {owner}; DROP ROLE {serving}; DROP ROLE {owner}");
        }
    }

    private static async Task ServeAsync(RunningService service, TestDatabase database)
    {
        var agent = await service.Api.ProvisionAsync("served");
        await service.Api.CarryOutAsync($"/api/v1/agents/{agent}/message", new { content = "hello" });
        await service.Api.CarryOutAsync($"/api/v1/agents/{agent}/heartbeat");
        await service.Api.CarryOutAsync($"/api/v1/agents/{agent}/pause");
        await service.Api.CarryOutAsync($"/api/v1/agents/{agent}/resume");
        Assert.That((await service.Api.PostAsync("/api/v1/keys", new { name = "k", scopes = new[] { "read" } })).Status, Is.EqualTo(HttpStatusCode.Created));
        await service.Api.CallAsync(HttpMethod.Put, "/api/v1/notifications/rules", JsonContent.Create(new { digest_after = 7, time_zone = "UTC" }), []);
        await service.Services.GetRequiredService<AuditSeals>().SealAllAsync(default);
        await service.Services.GetRequiredService<Retention>().RunAsync(default);

        Assert.That((await service.Services.GetRequiredService<AuditSeals>().VerifyAsync(default)).Problems, Is.Empty);
        Assert.That((await service.Api.GetJsonAsync($"/api/v1/agents/{agent}/messages")).Body.ToString(), Does.Contain("hello"));
        Assert.That((await service.Api.GetAsync("/hangfire/servers")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await service.Api.DeleteAsync($"/api/v1/agents/{agent}")).IsSuccessStatusCode, Is.True);
        Assert.That(await database.TextAsync("SELECT count(*) FROM openclaw_system.workflow_status WHERE status = 'ERROR'"), Is.EqualTo("0"));
    }

    private static async Task KeepTeamsApartAsync(RunningService service)
    {
        Assert.That(service.Services.GetRequiredService<TeamRole>().IsThere, Is.True);
        var key = (await service.Api.PostAsync("/api/v1/keys", new { name = "red", owner = "red", scopes = new[] { "admin" } })).Text("key");
        using var red = service.Client();
        red.DefaultRequestHeaders.Authorization = new("Bearer", key);
        var agent = await red.ProvisionAsync("of red");
        await red.CarryOutAsync($"/api/v1/agents/{agent}/message", new { content = "hello" });
        using var scope = TeamScope.Enter("red", reads: true);
        await using var db = await service.Services.GetRequiredService<IDbContextFactory<OpenClawDbContext>>().CreateDbContextAsync();
        Assert.That(await db.Agents.Select(row => row.Id).ToListAsync(), Is.EqualTo(new[] { agent }));
    }

    private static async Task HoldAsync(string url)
    {
        Assert.That(OpenClaw.Web.Hosting.DatabaseUrl.TryParse(url, out var address, out _), Is.True);
        await using var connection = new NpgsqlConnection(address!.ConnectionString);
        await connection.OpenAsync();
        foreach (var sql in new[]
        {
            "CREATE TABLE openclaw.mine ()", "DROP TABLE openclaw.agents", "ALTER TABLE openclaw.agents ADD COLUMN x text", "TRUNCATE openclaw.agents",
            "UPDATE openclaw.audit_log SET actor = 'x'", "DELETE FROM openclaw.audit_log", "DELETE FROM openclaw.audit_seals", "INSERT INTO openclaw.audit_seals (seq, entry_id, hash) VALUES (9999, 1, '')",
            "ALTER TABLE openclaw.audit_log DISABLE TRIGGER ALL", "SET session_replication_role = replica", "COPY openclaw.agents TO PROGRAM 'cat'",
        })
        {
            await using var command = new NpgsqlCommand(sql, connection);
            Assert.That(() => command.ExecuteNonQueryAsync(), Throws.InstanceOf<PostgresException>().With.Property("SqlState").EqualTo("42501"), sql);
        }
    }

    private static string As(TestDatabase database, string role, string password) => new UriBuilder(database.Url) { UserName = role, Password = password }.Uri.ToString();
}
