using System.Text.Json.Nodes;
using OpenClaw.Jobs.Runtimes;
using OpenClaw.Jobs.Runtimes.Workers;
using OpenClaw.Tests.Gateway.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Runtimes;

/// <summary>Agents that a process connected to the gateway serves.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed partial class WorkerRuntimeTests
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
