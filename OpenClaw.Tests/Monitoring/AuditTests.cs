using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using OpenClaw.Jobs.Monitoring.Auditing;
using OpenClaw.Tests.Gateway.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Monitoring;

/// <summary>The audit log: who did what from where, kept as it was written, and anybody who changed it found out.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed class AuditTests
{
    private RunningService _service = null!;

    private AuditSeals Seals => _service.Services.GetRequiredService<AuditSeals>();

    [SetUp]
    public async Task Start() => _service = await RunningService.StartAsync();

    [TearDown]
    public async Task Stop() => await _service.DisposeAsync();

    [Test]
    public async Task Entries_say_who_from_where_with_what_and_what_was_changed()
    {
        var agent = await _service.Api.ProvisionAsync("ada");
        await _service.Api.CallAsync(HttpMethod.Patch, $"/api/v1/agents/{agent}/settings", JsonContent.Create(new { name = "ada two", heartbeat = new { interval = "1h" } }), []);
        await _service.Api.CallAsync(HttpMethod.Put, "/api/v1/notifications/rules", JsonContent.Create(new { digest_after = 7, time_zone = "UTC" }), []);
        await using var client = await GatewayClient.ConnectAsync(_service.Address);
        await client.CallAsync("agent", new JsonObject { ["sessionKey"] = "agent:ada:main", ["message"] = "hello", ["idempotencyKey"] = "audit-1" });
        await client.CallAsync("sessions.reset", new JsonObject { ["key"] = "agent:ada:main" });
        using var browser = _service.Browser();
        await new SignInForm(browser).SignInAsync("wrong");
        await new SignInForm(browser).SignInAsync(RunningService.Token);

        var settings = (await EntriesAsync("?action=agent.settings"))[0];
        Assert.That(settings.GetProperty("address").GetString(), Is.EqualTo("127.0.0.1"));
        Assert.That(settings.GetProperty("credential").GetString(), Is.EqualTo("token"));
        Assert.That(settings.GetProperty("change").GetProperty("name").ToString(), Is.EqualTo("""["ada","ada two"]"""));
        Assert.That(settings.GetProperty("change").EnumerateObject().Select(change => change.Name), Is.EquivalentTo(new[] { "name", "heartbeat_interval" }));
        Assert.That((await EntriesAsync("?action=notices."))[0].GetProperty("change").GetProperty("digest_after").ToString(), Is.EqualTo("[5,7]"));
        var reset = (await EntriesAsync("?action=sessions.reset"))[0];
        Assert.That((reset.GetProperty("actor").GetString(), reset.GetProperty("subject").GetString(), reset.GetProperty("address").GetString()), Is.EqualTo(("gateway:test", "conversation:agent:ada:main", "127.0.0.1")));
        Assert.That((await EntriesAsync("?action=session.sign_in")).Select(entry => entry.GetProperty("outcome").GetString()), Is.EqualTo(new[] { "done", "refused" }));
        Assert.That((await EntriesAsync($"?subject=agent:{agent}")).Select(entry => entry.GetProperty("action").GetString()), Does.Contain("agent.settings").And.Contain("agent.create"));
    }

    [Test]
    public async Task The_log_is_read_page_by_page_and_whole()
    {
        await _service.Database.ExecuteAsync("INSERT INTO openclaw.audit_log (actor, action, subject, created_at) SELECT 'a' || i % 2, 'test.' || i, 'thing:' || i, now() - i * interval '1 hour' FROM generate_series(1, 30) i");

        var first = (await _service.Api.GetJsonAsync("/api/v1/audit?action=test.&limit=20")).Body;
        var second = (await _service.Api.GetJsonAsync($"/api/v1/audit?action=test.&limit=20&cursor={first.GetProperty("next_cursor")}")).Body;
        Assert.That(first.GetProperty("entries").GetArrayLength() + second.GetProperty("entries").GetArrayLength(), Is.EqualTo(30));
        Assert.That(second.GetProperty("next_cursor").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(await EntriesAsync("?actor=a1&action=test."), Has.Length.EqualTo(15));
        Assert.That(await EntriesAsync($"?action=test.&from={DateTimeOffset.UtcNow.AddHours(-10.5):O}".Replace("+", "%2B")), Has.Length.EqualTo(10));
        var export = await _service.Api.GetStringAsync("/api/v1/audit/export?action=test.");
        Assert.That(export.Trim().Split('\n').Select(line => JsonSerializer.Deserialize<JsonElement>(line).GetProperty("action").GetString()), Is.EqualTo(Enumerable.Range(1, 30).Select(i => $"test.{i}")));
        Assert.That((await _service.Api.GetJsonAsync("/api/v1/audit?limit=0")).Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
    }

    [TestCase("UPDATE openclaw.audit_log SET actor = 'x'")]
    [TestCase("DELETE FROM openclaw.audit_log")]
    [TestCase("TRUNCATE openclaw.audit_log")]
    [TestCase("UPDATE openclaw.audit_seals SET hash = ''")]
    [TestCase("DELETE FROM openclaw.audit_seals")]
    public async Task Nobody_changes_what_was_written(string sql)
    {
        await WriteAsync(3);

        Assert.That(() => _service.Database.ExecuteAsync(sql), Throws.InstanceOf<PostgresException>().With.Message.Contains("The audit log is kept as it was written."));
    }

    [TestCase("UPDATE openclaw.audit_log SET actor = 'somebody else' WHERE subject = 'thing:3'", "was changed")]
    [TestCase("UPDATE openclaw.audit_log SET created_at = created_at + interval '1 second' WHERE subject = 'thing:3'", "was changed")]
    [TestCase("UPDATE openclaw.audit_log SET outcome = 'refused' WHERE subject = 'thing:3'", "was changed")]
    [TestCase("DELETE FROM openclaw.audit_log WHERE subject = 'thing:3'", "is gone")]
    [TestCase("DELETE FROM openclaw.audit_seals WHERE seq = (SELECT max(seq) - 2 FROM openclaw.audit_seals)", "seals before it are gone")]
    [TestCase("UPDATE openclaw.audit_seals SET hash = sha256('x') WHERE seq = (SELECT max(seq) FROM openclaw.audit_seals)", "or its seal")]
    [TestCase("DELETE FROM openclaw.audit_seals WHERE seq < (SELECT max(seq) - 2 FROM openclaw.audit_seals)", "no entry says that they were trimmed")]
    public async Task Who_changes_it_all_the_same_is_found_out(string sql, string problem)
    {
        await WriteAsync(6);
        var before = await Seals.VerifyAsync(default);
        await _service.Database.ExecuteAsync($"SET session_replication_role = replica; {sql}; SET session_replication_role = origin");

        var after = await Seals.VerifyAsync(default);

        Assert.That(before.Problems, Is.Empty);
        Assert.That(after.Problems.Select(found => found.What), Has.Some.Contains(problem));
    }

    [Test]
    public async Task A_log_whose_end_was_cut_off_has_not_the_seal_that_was_written_down()
    {
        await WriteAsync(6);
        var kept = await Seals.VerifyAsync(default);
        await _service.Database.ExecuteAsync(
            """
            SET session_replication_role = replica;
            DELETE FROM openclaw.audit_log WHERE subject IN ('thing:5', 'thing:6');
            DELETE FROM openclaw.audit_seals s WHERE NOT EXISTS (SELECT FROM openclaw.audit_log a WHERE a.id = s.entry_id);
            SET session_replication_role = origin
            """);

        Assert.That((await Seals.VerifyAsync(default)).Problems, Is.Empty, "It is shorter, and whole.");
        Assert.That(await Seals.HasAsync(kept.Seq, kept.Hash, default), Is.False);
    }

    [Test]
    public async Task What_is_trimmed_leaves_an_entry_and_a_chain_that_holds()
    {
        await _service.Database.ExecuteAsync("INSERT INTO openclaw.audit_log (actor, action, subject, created_at) SELECT 'a', 'old', 'past:' || i, now() - interval '400 days' FROM generate_series(1, 5) i");
        await WriteAsync(3);

        var first = await TrimAsync();
        var second = await TrimAsync();
        await Seals.SealAllAsync(default);

        Assert.That((first, second), Is.EqualTo(("5", "0")));
        Assert.That((await Seals.VerifyAsync(default)).Problems, Is.Empty);
        Assert.That(await EntriesAsync("?action=audit.trim"), Has.Length.EqualTo(1));

        Task<string> TrimAsync() => _service.Database.TextAsync("SELECT openclaw.trim_audit(now() - interval '365 days', 1000)");
    }

    [Test]
    public async Task Two_nodes_seal_one_chain_while_entries_are_written()
    {
        await using var other = await RunningService.StartOnAsync(_service.Database);
        var seals = other.Services.GetRequiredService<AuditSeals>();
        var writing = Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 50; i++)
            {
                await _service.Database.ExecuteAsync("INSERT INTO openclaw.audit_log (actor, action, subject) VALUES ('a', 'busy', 'b')");
            }
        })));

        while (!writing.IsCompleted)
        {
            await Task.WhenAll(Seals.SealAllAsync(default), seals.SealAllAsync(default));
        }

        await writing;
        await Eventually.That(
            async () =>
            {
                await Seals.SealAllAsync(default);
                return await _service.Database.TextAsync("SELECT count(*) FROM openclaw.audit_log a WHERE NOT EXISTS (SELECT FROM openclaw.audit_seals s WHERE s.entry_id = a.id)");
            },
            Is.EqualTo("0"));
        Assert.That((await Seals.VerifyAsync(default)).Problems, Is.Empty);
    }

    private async Task WriteAsync(int count)
    {
        await _service.Database.ExecuteAsync($"INSERT INTO openclaw.audit_log (actor, action, subject) SELECT 'a', 'b', 'thing:' || i FROM generate_series(1, {count}) i");
        await Eventually.That(
            async () =>
            {
                await Seals.SealAllAsync(default);
                return await _service.Database.TextAsync($"SELECT count(*) FROM openclaw.audit_log a JOIN openclaw.audit_seals s ON s.entry_id = a.id WHERE a.subject = 'thing:{count}'");
            },
            Is.EqualTo("1"));
    }

    private async Task<JsonElement[]> EntriesAsync(string query) =>
        [.. (await _service.Api.GetJsonAsync($"/api/v1/audit{query}")).Body.GetProperty("entries").EnumerateArray()];
}
