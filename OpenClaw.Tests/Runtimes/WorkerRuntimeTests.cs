using System.Text.Json.Nodes;
using OpenClaw.Jobs.Runtimes;
using OpenClaw.Jobs.Runtimes.Workers;
using OpenClaw.Tests.Gateway.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Runtimes;

/// <summary>Agents that a process connected to the gateway serves.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed class WorkerRuntimeTests
{
    private RunningService _service = null!;
    private GatewayClient _client = null!;

    [OneTimeSetUp]
    public async Task Start_the_service()
    {
        _service = await RunningService.StartAsync();
        _client = await GatewayClient.ConnectAsync(_service.Address, "/");
    }

    [OneTimeTearDown]
    public async Task Stop_the_service()
    {
        await _client.DisposeAsync();
        await _service.DisposeAsync();
    }

    [Test]
    public async Task A_process_takes_the_turns_of_the_agent_that_it_serves()
    {
        await AgentAsync("served");
        await using var process = await ServeAsync("served");

        var asking = AskAsync("served", "hello");
        var turn = await TurnAsync(process, "hello");
        Assert.That((string?)turn["agentId"], Does.StartWith("served"));
        Assert.That(((string?)turn["kind"], (int)turn["delivery"]!), Is.EqualTo(("message", 1)));
        var replied = await ReplyAsync(process, turn, "hi there");
        var answer = await asking;

        Assert.That((bool)replied["accepted"]!, Is.True);
        Assert.That((string?)answer["payload"]!["result"]!["payloads"]![0]!["text"], Is.EqualTo("hi there"));
        Assert.That((int)answer["payload"]!["result"]!["meta"]!["agentMeta"]!["usage"]!["total"]!, Is.EqualTo(3));
        Assert.That((bool)(await ReplyAsync(process, turn, "again"))["accepted"]!, Is.False, "A turn is answered once.");
    }

    [Test]
    public async Task A_turn_waits_for_a_process_and_is_given_again_when_it_dies()
    {
        await AgentAsync("mortal");
        var asking = AskAsync("mortal", "hello");

        string first;
        await using (var process = await ServeAsync("mortal"))
        {
            first = (string)(await TurnAsync(process, "hello"))["turnId"]!;
        }

        await using var next = await ServeAsync("mortal");
        var turn = await TurnAsync(next, "hello");
        await ReplyAsync(next, turn, "still here");

        Assert.That(((string?)turn["turnId"], (int)turn["delivery"]!), Is.EqualTo((first, 2)));
        Assert.That((string?)(await asking)["payload"]!["result"]!["payloads"]![0]!["text"], Is.EqualTo("still here"));
    }

    [Test]
    public async Task A_turn_is_answered_by_the_process_that_was_given_it()
    {
        await AgentAsync("owned");
        await using var process = await ServeAsync("owned");
        var asking = AskAsync("owned", "hello");
        var turn = await TurnAsync(process, "hello");

        await using var another = await ServeAsync("owned");
        foreach (var forger in new[] { another, _client })
        {
            var refused = await forger.RequestAsync("runtime.reply", new JsonObject { ["turnId"] = (string)turn["turnId"]!, ["text"] = "forged" });
            Assert.That((string?)refused["error"]?["details"]?["code"], Is.EqualTo("NOT_YOUR_TURN"), refused.ToJsonString());
        }

        Assert.That((bool)(await ReplyAsync(process, turn, "true"))["accepted"]!, Is.True);
        Assert.That((string?)(await asking)["payload"]!["result"]!["payloads"]![0]!["text"], Is.EqualTo("true"));
    }

    [Test]
    public async Task The_process_may_be_connected_to_another_node()
    {
        await AgentAsync("remote");
        await using var other = await RunningService.StartBesideAsync(_service);
        await using var process = await ServeAsync("remote", other);

        var asking = AskAsync("remote", "hello");
        await ReplyAsync(process, await TurnAsync(process, "hello"), "from afar");

        Assert.That((string?)(await asking)["payload"]!["result"]!["payloads"]![0]!["text"], Is.EqualTo("from afar"));
    }

    [Test]
    public async Task What_a_process_says_while_it_is_at_it_is_heard_on_another_node_and_begun_anew_by_the_process_that_takes_it_over()
    {
        await AgentAsync("speaker");
        await using var other = await RunningService.StartBesideAsync(_service);
        var first = await ServeAsync("speaker");
        var sent = await _client.CallAsync("messages.send", new JsonObject { ["to"] = "speaker", ["content"] = "say" });
        var hearing = other.Api.ReadRunAsync(Guid.Parse((string)sent["id"]!));
        var turn = await TurnAsync(first, "say");
        Assert.That((bool)(await ProgressAsync(first, turn, "I will n"))["accepted"]!, Is.True);
        Assert.That((bool)(await ProgressAsync(_client, turn, "forged"))["accepted"]!, Is.False);
        await Eventually.That(() => _service.Database.TextAsync($"SELECT string_agg(text, '') FROM openclaw.run_log WHERE run_id = '{(string)sent["id"]!}'"), Is.EqualTo("I will n"));
        await first.DisposeAsync();

        await using var next = await ServeAsync("speaker");
        turn = await TurnAsync(next, "say");
        await ProgressAsync(next, turn, "I ");
        await ProgressAsync(next, turn, "do 👋.");
        await Eventually.That(() => _service.Database.TextAsync($"SELECT string_agg(text, '' ORDER BY \"offset\") FROM openclaw.run_log WHERE run_id = '{(string)sent["id"]!}'"), Is.EqualTo("I will nI do 👋."));
        await ReplyAsync(next, turn, "I do 👋.");

        var heard = await hearing.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.That(heard.Said(), Is.EqualTo("I do 👋."));
        Assert.That(string.Concat(heard.Where(part => part.Kind == "delta").Select(part => part.Text("text"))), Is.EqualTo("I will nI do 👋."));
        Assert.That(heard[^1].Text("reply"), Is.EqualTo("I do 👋."));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_process_is_told_that_nobody_waits_for_its_turn_any_more(bool isAborted)
    {
        var name = $"stoppable {isAborted}";
        await AgentAsync(name, configuration: isAborted ? new { } : new { turn_idle_timeout = "2s" });
        await using var other = await RunningService.StartBesideAsync(_service);
        await using var process = await ServeAsync(name, other);
        var run = Guid.NewGuid().ToString();
        var key = await _service.Database.TextAsync($"SELECT openclaw_session_key FROM openclaw.agents WHERE name = '{name}'");
        await _client.CallAsync("chat.send", new JsonObject { ["sessionKey"] = key, ["message"] = "a long story", ["idempotencyKey"] = run });
        var turn = await TurnAsync(process, "a long story");
        if (isAborted)
        {
            await _client.CallAsync("chat.abort", new JsonObject { ["sessionKey"] = key, ["runId"] = run });
        }

        var told = await Eventually.That(() => process.Events("runtime.cancel").Select(frame => frame["payload"]!).ToList(), Is.Not.Empty, TimeSpan.FromSeconds(isAborted ? 5 : 30));

        Assert.That((string?)told[0]["turnId"], Is.EqualTo((string?)turn["turnId"]));
        Assert.That((bool)(await ProgressAsync(process, turn, "and then"))["accepted"]!, Is.False);
    }

    [Test]
    public async Task A_process_that_shows_no_life_for_as_long_as_its_agent_allows_has_its_turn_ended()
    {
        await AgentAsync("silent", configuration: new { turn_idle_timeout = "2s" });
        await using var process = await ServeAsync("silent");
        var asking = AskAsync("silent", "hello");
        await TurnAsync(process, "hello");

        Assert.That((string?)(await asking)["error"]?["message"], Does.Contain("has shown no life for as long as configuration.turn_idle_timeout allows"));
    }

    [Test]
    public async Task A_process_that_tells_of_its_tools_without_a_word_is_alive_and_one_that_tells_no_more_is_not()
    {
        await AgentAsync("toiling", configuration: new { turn_idle_timeout = "10m" });
        await using var process = await ServeAsync("toiling");
        var asking = AskAsync("toiling", "hello");
        var id = (string)(await TurnAsync(process, "hello"))["turnId"]!;

        await SilentForAsync(9);
        await process.CallAsync("runtime.progress", new JsonObject { ["turnId"] = id });
        Assert.That(await _service.Database.TextAsync($"SELECT alive_at > now() - interval '1 minute' FROM openclaw.session_turns WHERE turn_key = '{id}'"), Is.EqualTo("True").IgnoreCase);
        await SilentForAsync(9);
        Assert.That(asking.IsCompleted, Is.False);
        await SilentForAsync(11);

        Assert.That((string?)(await asking)["error"]?["message"], Does.Contain("has shown no life for as long as configuration.turn_idle_timeout allows"));

        Task SilentForAsync(int minutes) => _service.Database.ExecuteAsync(
            $"UPDATE openclaw.session_turns SET alive_at = now() - interval '{minutes} minutes' WHERE turn_key = '{id}'; SELECT pg_notify('{WorkerTurns.Channel}', '{id}')");
    }

    [Test]
    public async Task Turns_of_an_agent_come_one_at_a_time_in_order()
    {
        await AgentAsync("orderly");
        await AgentAsync("fence");
        await using var process = await ServeAsync("orderly");
        await process.CallAsync("runtime.serve", new JsonObject { ["agentId"] = "fence" });
        var asking = new List<Task<JsonNode>>();
        foreach (var text in new[] { "one", "two", "three" })
        {
            var accepted = _client.CallAsync("messages.send", new JsonObject { ["to"] = "orderly", ["content"] = text });
            asking.Add(accepted);
            await accepted;
        }

        var given = new List<string>();
        foreach (var text in new[] { "one", "two", "three" })
        {
            var turn = await TurnAsync(process, text);

            // Another agent's turn that was asked for later has come and gone: whatever else could come has come.
            var beside = AskAsync("fence", $"beside {text}");
            await ReplyAsync(process, await TurnAsync(process, $"beside {text}"), "ok");
            await beside;
            given.Add(text);
            Assert.That(
                process.Events("runtime.turn").Select(frame => (string)frame["payload"]!["message"]!).Where(message => !message.StartsWith("beside", StringComparison.Ordinal)), Is.EqualTo(given),
                "The next one comes when this is answered.");
            await ReplyAsync(process, turn, "ok");
        }

        await Task.WhenAll(asking);
    }

    [Test]
    public async Task A_turn_that_the_process_cannot_take_fails_with_its_words()
    {
        await AgentAsync("unwilling");
        await using var process = await ServeAsync("unwilling");

        var asking = AskAsync("unwilling", "hello");
        await process.CallAsync("runtime.reply", new JsonObject { ["turnId"] = (string)(await TurnAsync(process, "hello"))["turnId"]!, ["error"] = "the disk is full" });

        Assert.That((string?)(await asking)["error"]!["message"], Does.Contain("the disk is full"));
    }

    [Test]
    public async Task Thoughts_are_no_part_of_an_answer_and_one_that_is_too_long_is_refused()
    {
        await AgentAsync("pensive");
        await using var process = await ServeAsync("pensive");

        var asking = AskAsync("pensive", "hello");
        var turn = await TurnAsync(process, "hello");
        var refused = await process.RequestAsync("runtime.reply", new JsonObject { ["turnId"] = (string)turn["turnId"]!, ["text"] = new string('x', AgentReply.MaxLength + 1) });
        await ReplyAsync(process, turn, "<thinking>Hm.</thinking>\nYes.");

        Assert.That((string?)refused["error"]!["message"], Does.Contain($"{AgentReply.MaxLength} characters"));
        Assert.That((string?)(await asking)["payload"]!["result"]!["payloads"]![0]!["text"], Is.EqualTo("Yes."));
    }

    [TestCase(false, 0, 14, true)]
    [TestCase(false, 0, 16, false)]
    [TestCase(true, 0, 16, true)]
    [TestCase(true, 0, 61, false)]
    [TestCase(false, 1, 16, true)]
    [TestCase(false, 3, 59, true)]
    [TestCase(true, 1, 61, false)]
    public async Task A_turn_that_was_taken_may_take_as_long_as_any_and_one_that_nobody_can_take_is_given_up_before(bool isServed, int deliveries, int minutes, bool isOpen)
    {
        var (name, key) = ($"patient {isServed} {deliveries} {minutes}", $"{Guid.NewGuid()}:deliver");
        await AgentAsync(name);
        await using var process = isServed ? await ServeAsync(name) : null;
        await _service.Database.ExecuteAsync($"""
            INSERT INTO openclaw.session_turns (turn_key, agent_id, session_key, kind, message, wanted_until, deliveries, created_at)
            SELECT '{key}', id, openclaw_session_key, 'message', 'hello', now() - interval '1 minute', {deliveries}, now() - interval '{minutes} minutes' FROM openclaw.agents WHERE name = '{name}'
            """);

        var state = await new WorkerTurns(_service.Database.DataSource, TimeProvider.System).WaitAsync(new Turn("hello", key, TurnKind.Message), heard: 0, deliveries, TimeSpan.Zero, default);

        Assert.That(state.IsOpen, Is.EqualTo(isOpen));
        Assert.That(state.Why, Does.StartWith(deliveries == 0 ? "No process has taken the turn." : "The process that serves the agent did not answer in time."));
    }

    [Test]
    public async Task A_turn_that_was_taken_and_not_answered_for_an_hour_fails_with_the_reason()
    {
        await AgentAsync("lost");
        await using var process = await ServeAsync("lost");
        var asking = AskAsync("lost", "hello");
        var turn = await TurnAsync(process, "hello");

        await _service.Database.ExecuteAsync($"UPDATE openclaw.session_turns SET created_at = now() - interval '61 minutes' WHERE turn_key = '{(string?)turn["turnId"]}'; SELECT pg_notify('{WorkerTurns.Channel}', '{(string?)turn["turnId"]}')");

        Assert.That((string?)(await asking)["error"]!["message"], Does.Contain("did not answer in time"));
        Assert.That((bool)(await ReplyAsync(process, turn, "too late"))["accepted"]!, Is.False);
    }

    [Test]
    public async Task Only_agents_on_sessions_are_served()
    {
        await AgentAsync("embedded", "local/echo");

        var refused = await _client.RequestAsync("runtime.serve", new JsonObject { ["agentId"] = "embedded" });

        Assert.That((string?)refused["error"]!["details"]!["code"], Is.EqualTo("NOT_A_SESSION_AGENT"));
    }

    private static Task<JsonNode> ProgressAsync(GatewayClient process, JsonNode turn, string text) =>
        process.CallAsync("runtime.progress", new JsonObject { ["turnId"] = (string)turn["turnId"]!, ["text"] = text });

    private async Task AgentAsync(string name, string model = "session/worker", object? configuration = null)
    {
        var answer = await _service.Api.CarryOutAsync("/api/v1/agents/provision", new { name, model, heartbeat = new { enabled = false }, configuration = configuration ?? new { } });
        Assert.That((await _service.Api.GetJsonAsync($"/api/v1/agents/{answer.AgentId}")).Text("status"), Is.EqualTo("running"));
    }

    private async Task<GatewayClient> ServeAsync(string agent, RunningService? node = null)
    {
        var process = await GatewayClient.ConnectAsync((node ?? _service).Address, "/");
        await process.CallAsync("runtime.serve", new JsonObject { ["agentId"] = agent });
        return process;
    }

    private async Task<JsonNode> AskAsync(string agent, string text)
    {
        await using var client = await GatewayClient.ConnectAsync(_service.Address, "/");
        return await client.RequestAsync("agent", new JsonObject { ["message"] = text, ["agentId"] = agent, ["idempotencyKey"] = Guid.NewGuid().ToString() });
    }

    private static async Task<JsonNode> TurnAsync(GatewayClient process, string message)
    {
        var turns = await Eventually.That(
            () => process.Events("runtime.turn").Select(frame => frame["payload"]!).Where(turn => (string?)turn["message"] == message).ToList(), Is.Not.Empty, TimeSpan.FromSeconds(30));
        return turns[^1];
    }

    private static Task<JsonNode> ReplyAsync(GatewayClient process, JsonNode turn, string text) => process.CallAsync(
        "runtime.reply", new JsonObject { ["turnId"] = (string)turn["turnId"]!, ["text"] = text, ["usage"] = new JsonObject { ["input"] = 1, ["output"] = 2 } });
}
