using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Jobs.Runtimes;
using OpenClaw.Tests.Gateway.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;
using GatewayLimits = OpenClaw.Web.Gateway.Connections.GatewayLimits;

namespace OpenClaw.Tests.Gateway;

/// <summary>What an agent says is told while it is still at it, on every node.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed class StreamTests
{
    private readonly GrowingRuntime _runtime = new();
    private RunningService _service = null!;

    [OneTimeSetUp]
    public async Task Start_the_service() => _service = await RunningService.StartAsync(services =>
    {
        services.AddSingleton<IAgentRuntime>(_runtime);
        services.AddSingleton(new GatewayLimits { StreamSilence = TimeSpan.FromSeconds(1) });
    });

    [OneTimeTearDown]
    public async Task Stop_the_service() => await _service.DisposeAsync();

    [Test]
    public async Task A_reply_is_told_while_it_grows_and_once_in_all()
    {
        await using var client = await GatewayClient.ConnectAsync(_service.Address, "/");
        var agent = await AgentAsync(client, "growing");

        var run = client.RequestAsync("agent", new JsonObject { ["message"] = "speak", ["agentId"] = agent, ["idempotencyKey"] = "grow-1" });
        await Eventually.That(() => client.Events("chat").Select(Delta), Is.EqualTo(new[] { "Once " }), TimeSpan.FromSeconds(30));
        _runtime.GoOn();
        var final = await run;

        Assert.That(client.Events("agent").Where(frame => (string?)frame["payload"]!["stream"] == "assistant").Select(frame => (string?)frame["payload"]!["data"]!["text"]), Is.EqualTo(new[] { "Once ", "Once upon a time" }));
        Assert.That(client.Events("chat").Select(Delta), Is.EqualTo(new[] { "Once ", "upon a time", null }));
        Assert.That(client.Events("chat").Last()["payload"]!["message"]!["content"]![0]!["text"]!.GetValue<string>(), Is.EqualTo("Once upon a time"));
        Assert.That(final["payload"]!["result"]!["meta"]!["agentMeta"]!["usage"]!.ToJsonString(), Is.EqualTo("""{"input":3,"output":4,"total":7}"""));
    }

    [Test]
    public async Task Clients_of_another_node_see_it_grow_too()
    {
        await using var other = await RunningService.StartBesideAsync(_service, services => services.AddSingleton<IAgentRuntime>(_runtime));
        await using var here = await GatewayClient.ConnectAsync(_service.Address, "/");
        await using var there = await GatewayClient.ConnectAsync(other.Address, "/");
        var agent = await AgentAsync(here, "seen-everywhere");

        var run = here.RequestAsync("agent", new JsonObject { ["message"] = "speak", ["agentId"] = agent, ["idempotencyKey"] = "grow-2" });
        foreach (var client in new[] { here, there })
        {
            await Eventually.That(() => client.Events("chat").Select(Delta), Is.EqualTo(new[] { "Once " }), TimeSpan.FromSeconds(30));
        }

        _runtime.GoOn();
        await run;

        await Eventually.That(() => there.Events("chat").Select(frame => (string?)frame["payload"]!["state"]), Is.EqualTo(new[] { "delta", "delta", "final" }), TimeSpan.FromSeconds(30));
    }

    [Test]
    public async Task A_completion_is_streamed_while_it_grows()
    {
        await using var client = await GatewayClient.ConnectAsync(_service.Address, "/");
        var agent = await AgentAsync(client, "completing");
        using var response = await AskAsync(agent, "speak");
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        var first = await ReadAsync(reader);
        _runtime.GoOn();
        var rest = new List<string?> { await ReadAsync(reader), await ReadAsync(reader), await ReadAsync(reader) };

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(first, Is.EqualTo("Once "));
        Assert.That(rest, Is.EqualTo(new[] { "upon a time", null, "[DONE]" }));
    }

    [Test]
    public async Task A_stream_shows_a_sign_of_life_while_the_agent_is_at_it()
    {
        await using var client = await GatewayClient.ConnectAsync(_service.Address, "/");
        var agent = await AgentAsync(client, "pondering");
        using var response = await AskAsync(agent, "ponder");
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        var first = await reader.ReadLineAsync();
        await reader.ReadLineAsync();
        _runtime.GoOn();
        var rest = new List<string?> { await ReadAsync(reader), await ReadAsync(reader), await ReadAsync(reader) };

        Assert.That(first, Does.StartWith(":"), "A comment, which clients pass over.");
        Assert.That(rest, Is.EqualTo(new[] { "Once upon a time", null, "[DONE]" }));
    }

    [Test]
    public async Task A_stream_says_that_somebody_is_there()
    {
        await using var client = await GatewayClient.ConnectAsync(_service.Address, "/");
        var agent = await AgentAsync(client, "thinking");
        using var response = await AskAsync(agent, "speak");
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        Assert.That(await ReadAsync(reader), Is.EqualTo("Once "));
        await reader.ReadLineAsync();
        var comment = await reader.ReadLineAsync();
        _runtime.GoOn();

        Assert.That(comment, Does.StartWith(": "));
        Assert.That(await ReadAsync(reader), Is.EqualTo("upon a time"));
    }

    // Answered when the first of it is there.
    private async Task<HttpResponseMessage> AskAsync(string agent, string words)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
        {
            Content = JsonContent.Create(new { model = $"openclaw/{agent}", stream = true, messages = new[] { new { role = "user", content = words } } }),
        };
        return await _service.Api.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).WaitAsync(TimeSpan.FromSeconds(30));
    }

    private static async Task<string?> ReadAsync(StreamReader reader)
    {
        string? line;
        while ((line = await reader.ReadLineAsync()) is "" or [':', ..])
        {
        }

        var data = line!["data: ".Length..];
        return data == "[DONE]" ? data : (string?)JsonNode.Parse(data)!["choices"]![0]!["delta"]!["content"];
    }

    private static string? Delta(JsonNode frame) => (string?)frame["payload"]!["deltaText"];

    private static async Task<string> AgentAsync(GatewayClient client, string name)
    {
        var created = await client.CallAsync("agents.create", new JsonObject { ["name"] = name, ["model"] = "growing/tree" });
        var id = (string)created["agentId"]!;
        await Eventually.That(
            async () => (await client.CallAsync("agents.list"))["agents"]!.AsArray().Any(agent => (string)agent!["id"]! == id && (string)agent["status"]! == "running"),
            Is.True,
            TimeSpan.FromSeconds(30));
        return id;
    }

    /// <summary>Says one part, and the other when it is let.</summary>
    private sealed class GrowingRuntime : IAgentRuntime
    {
        private readonly Channel<bool> _goOn = Channel.CreateUnbounded<bool>();

        public string Provider => "growing";

        public void GoOn() => _goOn.Writer.TryWrite(true);

        public string? WhyUnavailable(string model) => null;

        public Task<string> ConnectAsync(RuntimeAgent agent, string idempotencyKey, CancellationToken cancellationToken) => Task.FromResult("tree");

        public async Task<TurnReply> RunTurnAsync(RuntimeAgent agent, Turn turn, CancellationToken cancellationToken)
        {
            if (turn.Kind is TurnKind.Heartbeat)
            {
                return new TurnReply("HEARTBEAT_OK");
            }

            if (turn.Message != "ponder")
            {
                turn.Growing!.Report("Once ");
            }

            await _goOn.Reader.ReadAsync(cancellationToken);
            turn.Growing!.Report(turn.Message == "ponder" ? "Once upon " : "upon ");
            turn.Growing.Report("a time");
            return new TurnReply("Once upon a time", new TurnUsage(3, 4));
        }

        public Task DisconnectAsync(RuntimeAgent agent, string idempotencyKey, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
