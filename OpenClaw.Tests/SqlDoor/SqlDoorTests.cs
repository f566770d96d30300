using Npgsql;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.SqlDoor;

/// <summary>Another program on the same database asks by a function, in its own transaction and as its own role.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed class SqlDoorTests
{
    private const string Echo = "echo (no model behind this): ";

    private const string Grants =
        """
        GRANT USAGE ON SCHEMA openclaw TO {0};
        GRANT EXECUTE ON FUNCTION openclaw.send(text, text, text), openclaw.start_workflow(text, text, text), openclaw.answer(uuid) TO {0};
        """;

    private readonly string _shop = $"shop_{Guid.NewGuid():N}";
    private readonly string _stranger = $"stranger_{Guid.NewGuid():N}";
    private RunningService _service = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _service = await RunningService.StartAsync();
        await _service.Database.ExecuteAsync($"CREATE ROLE {_shop} LOGIN PASSWORD 'word'; CREATE ROLE {_stranger} LOGIN PASSWORD 'word'; {Grants.Replace("{0}", _shop, StringComparison.Ordinal)}");
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await _service.Database.ExecuteAsync($"DROP OWNED BY {_shop}; DROP ROLE {_shop}; DROP ROLE {_stranger}");
        await _service.DisposeAsync();
    }

    [Test]
    public async Task What_was_asked_is_answered_when_its_transaction_commits_and_was_never_asked_when_it_does_not()
    {
        var agent = await ProvisionAsync("Ada");
        await using var shop = await ConnectAsync(_shop);
        await using (var undone = await shop.BeginTransactionAsync())
        {
            await AskAsync(shop, "SELECT openclaw.send('Ada', 'never mind', 'undone')");
            await undone.RollbackAsync();
        }

        var told = new TaskCompletionSource<string>();
        shop.Notification += (_, notice) => told.TrySetResult(notice.Payload);
        await AskAsync(shop, "LISTEN openclaw_answers");
        var asked = await AskAsync(shop, "SELECT openclaw.send('Ada', 'forty bolts', 'order-1')");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!told.Task.IsCompleted)
        {
            await shop.WaitAsync(patience.Token);
        }

        Assert.That(await told.Task, Is.EqualTo(asked));
        Assert.That(await AskAsync(shop, $"SELECT status || '|' || reply FROM openclaw.answer('{asked}')"), Is.EqualTo($"answered|{Echo}forty bolts"));
        Assert.That(await ContentsAsync(agent), Is.EqualTo(new[] { "forty bolts", $"{Echo}forty bolts" }));
        Assert.That(await _service.Database.TextAsync($"SELECT sender FROM openclaw_system.notifications WHERE message_id = '{asked}'"), Is.EqualTo($"sql:{_shop}"));

        // As it is when the reply is there before the request is marked.
        await _service.Database.ExecuteAsync($"UPDATE openclaw.sql_requests SET taken_at = NULL, message_id = NULL, workflow_uuid = NULL WHERE id = '{asked}'");
        Assert.That(await AskAsync(shop, $"SELECT status || '|' || reply FROM openclaw.answer('{asked}')"), Is.EqualTo($"answered|{Echo}forty bolts"));
    }

    [Test]
    public async Task A_key_asks_once_also_in_many_transactions_at_a_time()
    {
        var agent = await ProvisionAsync("Bea");

        var ids = await Task.WhenAll(Enumerable.Range(0, 12).Select(async _ =>
        {
            await using var shop = await ConnectAsync(_shop);
            return await AskAsync(shop, $"SELECT openclaw.send('{agent}', 'once', 'the-key')");
        }));

        Assert.That(ids.Distinct().Count(), Is.EqualTo(1));
        await Eventually.That(() => ContentsAsync(agent), Is.EqualTo(new[] { "once", $"{Echo}once" }));
        await RefusedAsync($"SELECT openclaw.send('{agent}', 'twice', 'the-key')", "23505", "The key \"the-key\" was used for something else.");
        await RefusedAsync($"SELECT openclaw.start_workflow('heartbeat', '{agent}', 'the-key')", "23505", "The key \"the-key\" was used for something else.");
    }

    [Test]
    public async Task Messages_of_an_agent_keep_the_order_in_which_they_were_asked()
    {
        var agent = await ProvisionAsync("Cleo");
        await using var shop = await ConnectAsync(_shop);

        await AskAsync(shop, $"SELECT count(openclaw.send('{agent}', 'number ' || n)) FROM generate_series(100, 399) n");

        await Eventually.That(
            async () => (await ContentsAsync(agent)).Where(content => content.StartsWith("number", StringComparison.Ordinal)),
            Is.EqualTo(Enumerable.Range(100, 300).Select(number => $"number {number}")), TimeSpan.FromSeconds(60));
        await Eventually.That(
            () => _service.Database.TextAsync($"SELECT count(*) FROM openclaw_system.notifications WHERE agent_id = '{agent}' AND content LIKE '{Echo}number%'"), Is.EqualTo("300"), TimeSpan.FromSeconds(60));
    }

    [Test]
    public async Task Workflows_are_started_and_what_cannot_be_now_is_refused_with_the_reason()
    {
        var agent = await ProvisionAsync("Dora");
        await using var shop = await ConnectAsync(_shop);

        var pause = await AskAsync(shop, $"SELECT openclaw.start_workflow('pause_agent', '{agent}')");
        await Eventually.That(() => AskAsync(shop, $"SELECT status FROM openclaw.answer('{pause}')"), Is.EqualTo("success"));
        var beat = await AskAsync(shop, $"SELECT openclaw.start_workflow('heartbeat', '{agent}')");

        await Eventually.That(() => AskAsync(shop, $"SELECT status || ': ' || reason FROM openclaw.answer('{beat}')"), Does.StartWith("refused: wrong_status: ").And.Contains("only a running agent has a heartbeat"));
        var waits = await AskAsync(shop, $"SELECT openclaw.send('{agent}', 'later')");
        await Eventually.That(() => AskAsync(shop, $"SELECT status FROM openclaw.answer('{waits}')"), Is.EqualTo("parked"));
        var resume = await AskAsync(shop, $"SELECT openclaw.start_workflow('resume_agent', '{agent}')");
        await Eventually.That(() => AskAsync(shop, $"SELECT reply FROM openclaw.answer('{waits}')"), Is.EqualTo($"{Echo}later"));
        Assert.That(await _service.Database.LinesAsync($"SELECT action FROM openclaw.audit_log WHERE actor = 'sql:{_shop}' AND subject = 'agent:{agent}' ORDER BY id"), Is.Not.Empty);
        await Eventually.That(() => AskAsync(shop, $"SELECT status FROM openclaw.answer('{resume}')"), Is.EqualTo("success"));
    }

    [TestCase("SELECT openclaw.send('Nobody', 'x')", "P0002", "No agent is called \"Nobody\".")]
    [TestCase("SELECT openclaw.send('01a21dba-d5df-7bb6-a266-c5e36f140b08', 'x')", "P0002", "No agent is called")]
    [TestCase("SELECT openclaw.send(NULL, 'x')", "P0002", "No agent is called")]
    [TestCase("SELECT openclaw.send('Twin', 'x')", "P0003", "Several agents are called \"Twin\".")]
    [TestCase("SELECT openclaw.send('Eve', '')", "23514", "content must have 1 to 262144 characters.")]
    [TestCase("SELECT openclaw.send('Eve', NULL)", "23514", "content must have 1 to 262144 characters.")]
    [TestCase("SELECT openclaw.send('Eve', repeat('x', 262145))", "23514", "content must have 1 to 262144 characters.")]
    [TestCase("SELECT openclaw.send('Eve', 'x', '')", "23514", "key must have 1 to 200 characters, or be null.")]
    [TestCase("SELECT openclaw.start_workflow('drop_everything', 'Eve')", "23514", "There is no workflow \"drop_everything\" to start.")]
    [TestCase("SELECT openclaw.start_workflow(NULL, 'Eve')", "23514", "There is no workflow")]
    [TestCase("SELECT * FROM openclaw.agents", "42501", "permission denied for table agents")]
    [TestCase("SELECT * FROM openclaw.sql_requests", "42501", "permission denied for table sql_requests")]
    [TestCase("SELECT openclaw.ask('send', 'Eve', '', NULL)", "42501", "permission denied for function ask")]
    public async Task What_cannot_be_asked_is_refused_in_the_caller_s_transaction(string sql, string state, string words)
    {
        await _service.Database.ExecuteAsync("UPDATE openclaw.agents SET name = name || ' of before' WHERE name IN ('Eve', 'Twin')");
        foreach (var name in new[] { "Eve", "Twin", "Twin" })
        {
            await _service.Api.PostAsync("/api/v1/agents", new { name, model = "local/echo" });
        }

        await RefusedAsync(sql, state, words);
    }

    [Test]
    public async Task A_role_without_a_grant_gets_nothing_and_another_one_s_answers_are_nobody_else_s()
    {
        var agent = await ProvisionAsync("Fay");
        await using var shop = await ConnectAsync(_shop);
        var asked = await AskAsync(shop, $"SELECT openclaw.send('{agent}', 'a secret')");
        await Eventually.That(() => AskAsync(shop, $"SELECT status FROM openclaw.answer('{asked}')"), Is.EqualTo("answered"));
        await using var stranger = await ConnectAsync(_stranger);

        var refused = Assert.ThrowsAsync<PostgresException>(() => AskAsync(stranger, $"SELECT openclaw.answer('{asked}')"))!;
        Assert.That(refused.SqlState, Is.EqualTo("42501"));

        await _service.Database.ExecuteAsync($"GRANT USAGE ON SCHEMA openclaw TO {_stranger}; GRANT EXECUTE ON FUNCTION openclaw.answer(uuid) TO {_stranger}");
        Assert.That(await AskAsync(stranger, $"SELECT count(*) FROM openclaw.answer('{asked}')"), Is.EqualTo("0"));
        await _service.Database.ExecuteAsync($"DROP OWNED BY {_stranger}");
    }

    private async Task RefusedAsync(string sql, string state, string words)
    {
        await using var shop = await ConnectAsync(_shop);
        var refused = Assert.ThrowsAsync<PostgresException>(() => AskAsync(shop, sql))!;
        Assert.That((refused.SqlState, refused.MessageText), Is.EqualTo((state, refused.MessageText)), refused.MessageText);
        Assert.That(refused.MessageText, Does.StartWith(words));
    }

    private async Task<Guid> ProvisionAsync(string name) =>
        (await _service.Api.CarryOutAsync("/api/v1/agents/provision", new { name, model = "local/echo", heartbeat = new { enabled = false } })).AgentId;

    private Task<List<string>> ContentsAsync(Guid agent) =>
        _service.Database.LinesAsync($"SELECT content FROM openclaw_system.notifications WHERE agent_id = '{agent}' AND NOT recipient LIKE 'owner:%' ORDER BY sequence");

    private async Task<NpgsqlConnection> ConnectAsync(string role)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_service.Database.ConnectionString) { Username = role, Password = "word", Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    private static async Task<string> AskAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return $"{await command.ExecuteScalarAsync()}";
    }
}
