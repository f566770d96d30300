using OpenClaw.Jobs.Heartbeats;
using OpenClaw.Tests.Runtimes.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Data;

/// <summary>
/// The database of a service of an earlier commit, before its classes were moved and renamed, that ended in the middle of its
/// work: this one takes it over, and each run ends as it would have.
/// </summary>
[Category("Slow")]
public sealed class RunsInFlightTests
{
    // Everything in it happened as long ago as if that service had ended a few minutes before this one starts.
    private const string Now =
        """
        DO $$
        DECLARE moved record; since interval := now() - interval '5 minutes' - timestamptz '2026-11-27 16:49:34+00';
        BEGIN
            SET LOCAL session_replication_role = replica;
            FOR moved IN
                SELECT table_schema, table_name, string_agg(format('%1$I = %1$I + $1', column_name), ', ') AS columns
                FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
                WHERE table_schema IN ('hangfire', 'openclaw', 'openclaw_system') AND data_type = 'timestamp with time zone' AND is_generated = 'NEVER' AND table_type = 'BASE TABLE'
                GROUP BY 1, 2
            LOOP
                EXECUTE format('UPDATE %I.%I SET %s', moved.table_schema, moved.table_name, moved.columns) USING since;
            END LOOP;
            UPDATE openclaw_system.operation_outputs SET output = jsonb_set(output, '{until}', to_jsonb((output ->> 'until')::timestamptz + since)) WHERE output ? 'until';
        END $$
        """;

    private FakeProvider _provider = null!;
    private TestDatabase _database = null!;
    private RunningService _service = null!;

    [SetUp]
    public async Task Start_on_what_the_other_left()
    {
        _provider = await FakeProvider.StartAsync();
        _provider.Answer(call => call.SayAsync(call.LastMessage.StartsWith("talks", StringComparison.Ordinal) ? $"You said: {call.LastMessage}" : HeartbeatReply.AllWell));
        _database = await TestDatabase.CreateAsync();
        await _database.ExecuteAsync(await File.ReadAllTextAsync(Repository.PathTo("OpenClaw.Tests/Data/Upgrade/runs-in-flight.sql")));
        await _database.ExecuteAsync(Now);
        Assert.That(await OpenRunsAsync(), Is.EqualTo(new[]
        {
            "Born|provision_agent|PENDING|3", "Ends|stop_agent|PENDING|2", "Leaves|pause_agent|PENDING|2", "Looks|heartbeat|PENDING|1", "Returns|resume_agent|PENDING|4",
            "Talks|route_message|ENQUEUED|0", "Talks|route_message|ENQUEUED|0", "Talks|route_message|PENDING|1",
        }));
        _service = await RunningService.StartOnAsync(_database, ("OPENAI_BASE_URL", $"{_provider.Address}v1"));
    }

    [TearDown]
    public async Task Stop()
    {
        await _service.DisposeAsync();
        await _database.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Test]
    public async Task Each_run_that_was_under_way_ends_as_it_would_have_none_is_lost_and_none_doubled()
    {
        var connected = await ConnectedAsync();

        await Eventually.That(OpenRunsAsync, Is.Empty, TimeSpan.FromMinutes(2));

        Assert.That(await _database.LinesAsync("SELECT name, status, operation FROM openclaw.agents ORDER BY name"), Is.EqualTo(new[]
        {
            "Beats|running|", "Born|running|", "Ends|stopped|", "Leaves|paused|", "Looks|running|", "Rests|paused|", "Returns|running|", "Talks|running|",
        }));
        Assert.That(await _database.LinesAsync("SELECT a.name, w.name, w.status, w.error FROM openclaw_system.workflow_status w JOIN openclaw.agents a ON a.id = w.agent_id WHERE w.status <> 'SUCCESS'"), Is.Empty);
        Assert.That(await ConnectedAsync(), Is.EqualTo(connected), "A step that was done is not done again.");
        Assert.That(await _database.LinesAsync("SELECT a.name, count(*) FROM openclaw.agent_checkpoints c JOIN openclaw.agents a ON a.id = c.agent_id GROUP BY 1 ORDER BY 1"), Is.EqualTo(new[] { "Leaves|1", "Rests|1", "Returns|1" }));
        Assert.That(
            await _database.LinesAsync("SELECT a.name, metadata ->> 'event', count(*) FROM openclaw_system.notifications JOIN openclaw.agents a ON a.id = agent_id WHERE recipient = 'owner:admin' AND metadata ? 'event' AND metadata ->> 'event' <> 'agent_provisioned' GROUP BY 1, 2 ORDER BY 1, 2"),
            Is.EqualTo(new[] { "Ends|agent_stopped|1", "Leaves|agent_paused|1", "Rests|agent_paused|1", "Returns|agent_paused|1", "Returns|agent_resumed|1" }));
        Assert.That(
            await _database.LinesAsync("SELECT name FROM openclaw.agents a WHERE (SELECT count(*) FROM openclaw_system.notifications WHERE agent_id = a.id AND metadata ->> 'event' = 'agent_provisioned') <> 1"),
            Is.Empty, "Each was told of once.");
        Assert.That(await _database.LinesAsync("SELECT a.name, e.status FROM openclaw.heartbeat_executions e JOIN openclaw.agents a ON a.id = e.agent_id"), Is.EqualTo(new[] { "Looks|ok" }));
        await Eventually.That(
            () => _database.LinesAsync("SELECT DISTINCT statename FROM hangfire.job WHERE invocationdata ->> 'Type' LIKE 'OpenClaw.Jobs.Workflows.Execution.WorkflowJobs,%'"),
            Is.EqualTo(new[] { "Succeeded" }), TimeSpan.FromMinutes(1));
    }

    [Test]
    public async Task Messages_that_were_accepted_under_way_or_parked_are_answered_in_order_and_once()
    {
        await Eventually.That(() => AnsweredAsync("Talks"), Is.EqualTo(new[] { "talks one", "talks two", "talks three" }), TimeSpan.FromMinutes(2));
        await Eventually.That(() => AnsweredAsync("Returns"), Is.EqualTo(new[] { "returns one", "returns two" }), TimeSpan.FromMinutes(2));
        Assert.That(await _database.LinesAsync("SELECT state, content FROM openclaw_system.notifications WHERE content LIKE 'rests %' ORDER BY sequence"), Is.EqualTo(new[] { "parked|rests one", "parked|rests two" }));

        await _service.Api.CarryOutAsync($"/api/v1/agents/{await IdOfAsync("Rests")}/resume");

        await Eventually.That(() => AnsweredAsync("Rests"), Is.EqualTo(new[] { "before the pause", "rests one", "rests two" }));
        Assert.That(_provider.Calls.Select(call => call.LastMessage).Where(text => text.StartsWith("talks", StringComparison.Ordinal)), Is.EqualTo(new[] { "talks one", "talks two", "talks three" }));
        Assert.That(await _database.LinesAsync("SELECT reply_to FROM openclaw_system.notifications WHERE reply_to IS NOT NULL GROUP BY 1 HAVING count(*) > 1"), Is.Empty);
    }

    [Test]
    public async Task A_heartbeat_that_was_scheduled_is_had_once()
    {
        var agent = await IdOfAsync("Beats");
        Assert.That(await _database.TextAsync($"SELECT next_heartbeat_at BETWEEN now() + interval '20 minutes' AND now() + interval '30 minutes' FROM openclaw.agents WHERE id = '{agent}'"), Is.EqualTo("True"));

        await _database.ExecuteAsync($"UPDATE openclaw.agents SET next_heartbeat_at = now() WHERE id = '{agent}'");

        await Eventually.That(() => _database.LinesAsync($"SELECT status FROM openclaw.heartbeat_executions WHERE agent_id = '{agent}'"), Is.EqualTo(new[] { "ok" }));
        Assert.That(await _database.TextAsync($"SELECT next_heartbeat_at > now() + interval '20 minutes' FROM openclaw.agents WHERE id = '{agent}'"), Is.EqualTo("True"));
    }

    private Task<string> ConnectedAsync() => _database.TextAsync(
        "SELECT o.output::text || ' ' || o.completed_at FROM openclaw_system.operation_outputs o JOIN openclaw_system.workflow_status USING (workflow_uuid) JOIN openclaw.agents a ON a.id = agent_id WHERE a.name = 'Born' AND function_name = 'connect_runtime'");

    private Task<List<string>> OpenRunsAsync() => _database.LinesAsync(
        "SELECT a.name, w.name, w.status, w.next_step FROM openclaw_system.workflow_status w JOIN openclaw.agents a ON a.id = w.agent_id WHERE w.status IN ('ENQUEUED', 'PENDING') ORDER BY 1, 2, 3");

    private Task<List<string>> AnsweredAsync(string agent) => _database.LinesAsync(
        $"SELECT m.content FROM openclaw_system.notifications m JOIN openclaw.agents a ON m.recipient = 'agent:' || a.id WHERE a.name = '{agent}' AND m.state = 'delivered' ORDER BY delivered_at");

    private Task<string> IdOfAsync(string agent) => _database.TextAsync($"SELECT id FROM openclaw.agents WHERE name = '{agent}'");
}
