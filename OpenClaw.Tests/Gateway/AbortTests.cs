using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Jobs.Runtimes;
using OpenClaw.Tests.Gateway.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Gateway;

/// <summary>A run that somebody ends is told as such, and what the agent had said by then stays in the conversation.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed class AbortTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, RunningService> _takenBy = new();
    private readonly ConcurrentDictionary<string, bool> _asked = new();
    private RunningService _service = null!;
    private RunningService _other = null!;
    private string _agent = null!;

    [OneTimeSetUp]
    public async Task Start_two_nodes()
    {
        _service = await RunningService.StartAsync(services => services.AddSingleton<IAgentRuntime>(new EndlessRuntime(_asked, message => _takenBy[message] = _service)));
        _other = await RunningService.StartBesideAsync(_service, services => services.AddSingleton<IAgentRuntime>(new EndlessRuntime(_asked, message => _takenBy[message] = _other)));
        await using var client = await GatewayClient.ConnectAsync(_service.Address, "/");
        _agent = (string)(await client.CallAsync("agents.create", new JsonObject { ["name"] = "endless", ["model"] = "endless/story" }))["agentId"]!;
        await Eventually.That(async () => (string?)(await client.CallAsync("agents.list"))["agents"]![0]!["status"], Is.EqualTo("running"), Patience);
    }

    [OneTimeTearDown]
    public async Task Stop_them()
    {
        await _other.DisposeAsync();
        await _service.DisposeAsync();
    }

    [TestCase("chat.abort", "sessionKey")]
    [TestCase("sessions.abort", "key")]
    [TestCase("chat.send", "sessionKey")]
    public async Task What_was_said_by_then_is_told_and_kept_whatever_node_it_is_said_to(string method, string field)
    {
        var (key, run, words) = ($"agent:{_agent}:{method}", $"aborted by {method}", $"speak, until {method}");
        await using var here = await GatewayClient.ConnectAsync(_service.Address, "/");
        await using var there = await GatewayClient.ConnectAsync(_other.Address, "/");
        var answer = here.RequestAsync("agent", new JsonObject { ["sessionKey"] = key, ["message"] = words, ["idempotencyKey"] = run });
        foreach (var client in new[] { here, there })
        {
            await Eventually.That(() => Chats(client, run).Select(chat => (string?)chat["deltaText"]), Is.EqualTo(new[] { "Once upon" }), Patience);
        }

        var parameters = new JsonObject { [field] = key };
        if (method == "chat.send")
        {
            (parameters["message"], parameters["idempotencyKey"]) = ("/stop", $"stop {run}");
        }

        var aborted = await Elsewhere(words, here, there).CallAsync(method, parameters);
        var final = (await answer)["payload"]!;

        Assert.That((bool)aborted["aborted"]!, Is.True);
        Assert.That(((string?)final["status"], (string?)final["summary"], (string?)final["stopReason"]), Is.EqualTo(("timeout", "aborted", "rpc")));
        foreach (var client in new[] { here, there })
        {
            await Eventually.That(() => Chats(client, run).Select(chat => (string?)chat["state"]), Is.EqualTo(new[] { "delta", "aborted" }), Patience);
            Assert.That(((string?)Chats(client, run).Last()["message"]!["content"]![0]!["text"], (string?)Chats(client, run).Last()["stopReason"]), Is.EqualTo(("Once upon", "rpc")));
            await Eventually.That(() => Lifecycle(client, run), Is.EqualTo(((bool?)true, "rpc", "cancelled")), Patience);
        }

        foreach (var address in new[] { _service.Address, _other.Address })
        {
            await using var later = await GatewayClient.ConnectAsync(address, "/");
            Assert.That(await HistoryAsync(later, key), Is.EqualTo(new[] { ("user", words, null), ("assistant", "Once upon", "rpc") }));
            var waited = await later.CallAsync("agent.wait", new JsonObject { ["runId"] = run, ["timeoutMs"] = 0 });
            Assert.That(((string?)waited["status"], (string?)waited["stopReason"], (string?)waited["error"]), Is.EqualTo(("error", "rpc", "aborted")));
        }

        await here.CallAsync("agent", new JsonObject { ["sessionKey"] = key, ["message"] = "be short", ["idempotencyKey"] = $"after {run}" });
        Assert.That((await HistoryAsync(here, key)).Last(), Is.EqualTo(("assistant", "The end.", (string?)null)));
    }

    [Test]
    public async Task A_message_that_interrupts_on_one_node_ends_the_turn_on_the_other_and_is_answered()
    {
        const string Words = "speak, until a message";
        var (key, run) = ($"agent:{_agent}:interrupted", "interrupted");
        await using var here = await GatewayClient.ConnectAsync(_service.Address, "/");
        await using var there = await GatewayClient.ConnectAsync(_other.Address, "/");
        await here.CallAsync("chat.send", new JsonObject { ["sessionKey"] = key, ["message"] = Words, ["idempotencyKey"] = run });
        await Eventually.That(() => Chats(here, run).Select(chat => (string?)chat["deltaText"]), Is.EqualTo(new[] { "Once upon" }), Patience);

        await Elsewhere(Words, here, there).CallAsync("chat.send", new JsonObject { ["sessionKey"] = key, ["message"] = "be short", ["idempotencyKey"] = "next", ["queueMode"] = "interrupt" });

        foreach (var client in new[] { here, there })
        {
            await Eventually.That(() => Chats(client, run).Select(chat => (string?)chat["state"]), Is.EqualTo(new[] { "delta", "aborted" }), Patience);
            Assert.That((string?)Chats(client, run).Last()["message"]!["content"]![0]!["text"], Is.EqualTo("Once upon"));
            await Eventually.That(() => Chats(client, "next").Select(chat => (string?)chat["state"]).LastOrDefault(), Is.EqualTo("final"), Patience);
        }

        Assert.That((await HistoryAsync(there, key)).Select(line => line.Item2), Is.EquivalentTo(new[] { Words, "Once upon", "be short", "The end." }));
    }

    [Test]
    public async Task A_run_that_had_said_nothing_leaves_nothing_and_one_that_never_began_neither()
    {
        var key = $"agent:{_agent}:silent";
        await using var client = await GatewayClient.ConnectAsync(_service.Address, "/");
        foreach (var run in new[] { "silent", "queued" })
        {
            await client.CallAsync("chat.send", new JsonObject { ["sessionKey"] = key, ["message"] = "ponder", ["idempotencyKey"] = run });
        }

        await client.CallAsync("chat.abort", new JsonObject { ["sessionKey"] = key });

        foreach (var run in new[] { "silent", "queued" })
        {
            await Eventually.That(() => Chats(client, run).Select(chat => (string?)chat["state"]), Is.EqualTo(new[] { "aborted" }), Patience);
            Assert.That(Chats(client, run).Single()["message"], Is.Null);
        }

        Assert.That(await HistoryAsync(client, key), Is.EqualTo(new[] { ("user", "ponder", null), ("user", "ponder", (string?)null) }));
    }

    [Test]
    public async Task One_that_is_taken_up_again_and_ends_is_no_aborted_one_any_more()
    {
        var (key, run) = ($"agent:{_agent}:resumed", "resumed");
        await using var client = await GatewayClient.ConnectAsync(_service.Address, "/");
        await client.CallAsync("chat.send", new JsonObject { ["sessionKey"] = key, ["message"] = "speak once", ["idempotencyKey"] = run });
        await Eventually.That(() => Chats(client, run).Select(chat => (string?)chat["state"]), Is.EqualTo(new[] { "delta" }), Patience);
        var workflow = await _service.Database.TextAsync($"SELECT workflow_uuid FROM openclaw_system.notifications WHERE message_id = '{run}'");
        await client.CallAsync("workflows.cancel", new JsonObject { ["workflowUuid"] = workflow });
        await Eventually.That(() => Chats(client, run).Select(chat => (string?)chat["state"]), Is.EqualTo(new[] { "delta", "aborted" }), Patience);

        await client.CallAsync("workflows.resume", new JsonObject { ["workflowUuid"] = workflow });

        await Eventually.That(async () => (string?)(await client.CallAsync("agent.wait", new JsonObject { ["runId"] = run, ["timeoutMs"] = 0 }))["status"], Is.EqualTo("ok"), Patience);
        Assert.That(
            (await AuditAsync(client, new JsonObject { ["sessionKey"] = key })).Concat(await AuditAsync(client, new JsonObject { ["runId"] = run, ["status"] = "cancelled" })),
            Is.EqualTo(new[] { (run, "agent.run.finished", "succeeded") }));
        Assert.That(
            (await HistoryAsync(client, key)).Skip(1), Is.EqualTo(new[] { ("assistant", "Once upon", "rpc"), ("assistant", "The end.", (string?)null) }));
    }

    [Test]
    public async Task Runs_are_audited_page_by_page()
    {
        var key = $"agent:{_agent}:audited";
        await using var client = await GatewayClient.ConnectAsync(_service.Address, "/");
        foreach (var run in new[] { "audited-1", "audited-2", "audited-3" })
        {
            await client.CallAsync("agent", new JsonObject { ["sessionKey"] = key, ["message"] = "be short", ["idempotencyKey"] = run });
        }

        var first = await client.CallAsync("audit.activity.list", new JsonObject { ["sessionKey"] = key, ["limit"] = 2 });
        var second = await client.CallAsync("audit.activity.list", new JsonObject { ["sessionKey"] = key, ["limit"] = 2, ["cursor"] = (string)first["nextCursor"]! });

        Assert.That(
            first["events"]!.AsArray().Concat(second["events"]!.AsArray()).Select(row => ((string?)row!["runId"], (string?)row["status"], (string?)row["eventType"], (string?)row["redaction"])),
            Is.EqualTo(new[] { "audited-3", "audited-2", "audited-1" }.Select(run => (run, "succeeded", "agent_run", "metadata_only"))));
        Assert.That(second["nextCursor"], Is.Null);
        Assert.That((await AuditAsync(client, new JsonObject { ["kind"] = "tool_action" })).Concat(await AuditAsync(client, new JsonObject { ["before"] = 1 })), Is.Empty);
        foreach (var (member, value) in new (string, JsonNode?)[] { ("kind", "dream"), ("status", "odd"), ("cursor", "1"), ("agentId", "nobody"), ("after", "soon") })
        {
            Assert.That((bool)(await client.RequestAsync("audit.list", new JsonObject { [member] = value }))["ok"]!, Is.False, member);
        }
    }

    private static async Task<List<(string?, string?, string?)>> AuditAsync(GatewayClient client, JsonObject filter) =>
        [.. (await client.CallAsync("audit.list", filter))["events"]!.AsArray().Select(row => ((string?)row!["runId"], (string?)row["action"], (string?)row["status"]))];

    // The client of the node that does not run the turn.
    private GatewayClient Elsewhere(string words, GatewayClient here, GatewayClient there) => _takenBy[words] == _service ? there : here;

    private static IEnumerable<JsonNode> Chats(GatewayClient client, string run) => client.Events("chat").Select(frame => frame["payload"]!).Where(chat => (string?)chat["runId"] == run);

    private static (bool?, string?, string?) Lifecycle(GatewayClient client, string run) =>
        client.Events("agent").Select(frame => frame["payload"]!).LastOrDefault(told => (string?)told["runId"] == run && (string?)told["stream"] == "lifecycle")?["data"] is { } data
            ? ((bool?)data["aborted"], (string?)data["stopReason"], (string?)data["status"])
            : default;

    private static async Task<List<(string?, string?, string?)>> HistoryAsync(GatewayClient client, string key) =>
        [.. (await client.CallAsync("chat.history", new JsonObject { ["sessionKey"] = key }))["messages"]!.AsArray()
            .Select(message => ((string?)message!["role"], (string?)message["content"]![0]!["text"], (string?)message["openclawAbort"]?["origin"]))];

    /// <summary>Begins to speak and never ends, unless it is asked to be short; it is not asked twice in vain.</summary>
    private sealed class EndlessRuntime(ConcurrentDictionary<string, bool> asked, Action<string> taken) : IAgentRuntime
    {
        public string Provider => "endless";

        public string? WhyUnavailable(string model) => null;

        public Task<string> ConnectAsync(RuntimeAgent agent, string idempotencyKey, CancellationToken cancellationToken) => Task.FromResult("endless");

        public async Task<TurnReply> RunTurnAsync(RuntimeAgent agent, Turn turn, CancellationToken cancellationToken)
        {
            taken(turn.Message);
            if (turn.Message == "be short" || (turn.Message == "speak once" && !asked.TryAdd(turn.IdempotencyKey, true)))
            {
                return new TurnReply("The end.");
            }

            if (turn.Message != "ponder")
            {
                turn.Growing!.Report("Once upon");
            }

            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            throw new InvalidOperationException("It never ends.");
        }

        public Task DisconnectAsync(RuntimeAgent agent, string idempotencyKey, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
