using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NSubstitute;
using OpenClaw.Data;
using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Jobs.Engine.Execution;
using OpenClaw.Jobs.Heartbeats;
using OpenClaw.Jobs.Runtimes;
using OpenClaw.Jobs.Runtimes.Upstream;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Upstream.Support;

namespace OpenClaw.Tests.Upstream;

/// <summary>Turns at a gateway whose answers are those recorded from the real one.</summary>
public sealed class TurnTests
{
    private static readonly RuntimeAgent Agent = new(Guid.NewGuid(), "Ada", "a pirate", "openclaw/fake/echo-1", "agent:web:ada-1f", "ada-1f", JsonSerializer.Deserialize<JsonElement>("{}"));

    private readonly IHostApplicationLifetime _lifetime = Substitute.For<IHostApplicationLifetime>();
    private ScriptedGateway? _gateway;
    private UpstreamGateway? _bridge;
    private UpstreamRuntime? _runtime;

    [TearDown]
    public async Task StopAsync()
    {
        _runtime?.Dispose();
        await _bridge!.StopAsync(default);
        _bridge.Dispose();
        await _gateway!.DisposeAsync();
    }

    [Test]
    public async Task A_turn_has_two_answers_and_grows_between_them()
    {
        JsonNode? asked = null;
        await StartAsync(async (peer, request) =>
        {
            asked = request["params"];
            await peer.AnswerAsync(request, Accepted);
            await peer.SayAsync(Grown("one ", "one "));
            await peer.SayAsync("""{"type":"event","event":"agent","payload":{"runId":"k","seq":2,"stream":"assistant","ts":1,"data":{"mediaUrls":["a.png"]}}}""");
            await peer.SayAsync(Grown("one two", "two"));
            await peer.AnswerAsync(request, Ended("one two"));
        });
        var grown = new List<string>();

        var reply = await RunAsync(new Turn("count", "k", TurnKind.Message) { Growing = new Heard(grown) });

        Assert.That(reply, Is.EqualTo(new TurnReply("one two", new TurnUsage(11, 7))));
        Assert.That(string.Concat(grown), Is.EqualTo("one two"));
        Assert.That(asked!.ToJsonString(), Is.EqualTo(
            """{"message":"count","idempotencyKey":"k","agentId":"ada-1f","sessionKey":"agent:ada-1f:main","deliver":false,"timeout":3600,"model":"fake/echo-1","extraSystemPrompt":"a pirate"}"""));
    }

    [Test]
    public async Task A_heartbeat_with_nothing_to_say_is_well_and_has_a_conversation_of_its_own()
    {
        string? session = null;
        await StartAsync(async (peer, request) =>
        {
            session = (string?)request["params"]!["sessionKey"];
            await peer.AnswerAsync(request, Accepted);
            await peer.AnswerAsync(request, """{"runId":"k","status":"ok","summary":"completed","result":{"payloads":[],"meta":{"durationMs":1}}}""");
        });

        var reply = await RunAsync(new Turn("beat", "k", TurnKind.Heartbeat));

        Assert.That((reply.Text, session), Is.EqualTo((HeartbeatReply.AllWell, "agent:ada-1f:heartbeat")));
    }

    [Test]
    public async Task A_run_that_is_under_way_is_waited_for_and_not_started_again()
    {
        var (asked, waited) = (0, 0);
        await StartAsync((peer, request) => (string?)request["method"] switch
        {
            "chat.history" => peer.AnswerAsync(request, """{"messages":[]}"""),
            "agent.wait" => peer.AnswerAsync(request, $$"""{"runId":"k","status":"{{(++waited < 3 ? "timeout" : "ok")}}"}"""),
            _ => peer.AnswerAsync(request, ++asked == 1 ? """{"runId":"k","status":"in_flight"}""" : Ended("done")),
        });

        var reply = await RunAsync(new Turn("work", "k", TurnKind.Message) { IsRepeated = true });

        Assert.That((reply.Text, asked, waited), Is.EqualTo(("done", 2, 3)));
    }

    [Test]
    public async Task A_turn_that_was_finished_before_is_read_from_the_conversation()
    {
        var methods = new List<string>();
        await StartAsync((peer, request) =>
        {
            methods.Add((string)request["method"]!);
            return peer.AnswerAsync(request, """
                {"messages":[{"role":"user","content":"work","idempotencyKey":"k:user"},{"role":"assistant","content":[{"type":"text","text":"done"}],"stopReason":"stop","__openclaw":{"runId":"k"}}]}
                """);
        });

        var reply = await RunAsync(new Turn("work", "k", TurnKind.Message) { IsRepeated = true });

        Assert.That(reply.Text, Is.EqualTo("done"));
        Assert.That(methods, Is.EqualTo(new[] { "chat.history" }));
    }

    [Test]
    public async Task A_run_that_is_known_to_have_failed_is_followed_by_one_with_the_next_id()
    {
        var runs = new List<string>();
        await StartAsync(async (peer, request) =>
        {
            var run = (string)request["params"]!["idempotencyKey"]!;
            runs.Add(run);
            if (run == "k")
            {
                await peer.RefuseAsync(request, """{"code":"UNAVAILABLE","message":"it failed"}""", """{"runId":"k","status":"error","summary":"it failed"}""");
                return;
            }

            await peer.AnswerAsync(request, Accepted);
            await peer.AnswerAsync(request, Ended("second time"));
        });

        Assert.That((await RunAsync(new Turn("work", "k", TurnKind.Message))).Text, Is.EqualTo("second time"));
        Assert.That(runs, Is.EqualTo(new[] { "k", "k:2" }));
    }

    [Test]
    public async Task A_run_that_fails_fails_the_attempt_with_the_gateways_words()
    {
        await StartAsync(async (peer, request) =>
        {
            await peer.AnswerAsync(request, Accepted);
            await peer.RefuseAsync(request, """{"code":"UNAVAILABLE","message":"Unknown model: fake/nope"}""", """{"runId":"k","status":"error","summary":"x"}""");
        });

        Assert.That(
            async () => await RunAsync(new Turn("work", "k", TurnKind.Message)),
            Throws.TypeOf<StepFailedException>().With.Message.Contain("Unknown model: fake/nope").And.Property("NonRetryable").False);
    }

    [Test]
    public async Task A_gateway_that_goes_during_a_turn_fails_the_attempt_to_be_tried_again()
    {
        await StartAsync(async (peer, request) =>
        {
            await peer.AnswerAsync(request, Accepted);
            await peer.CloseAsync(1012, "service restart");
        });

        Assert.That(
            async () => await RunAsync(new Turn("work", "k", TurnKind.Message)),
            Throws.TypeOf<StepFailedException>().With.Property("Code").EqualTo("openclaw_unreachable").And.Property("NonRetryable").False);
    }

    [Test]
    public async Task A_turn_lives_while_its_tools_are_told_of_and_is_ended_there_when_nothing_is()
    {
        var (time, begun, heard, aborted) = (new FakeTimeProvider(), new Signal<ScriptedPeer>(), Channel.CreateUnbounded<bool>(), new Signal());
        await StartAsync(
            async (peer, request) =>
            {
                if ((string?)request["method"] == "chat.abort")
                {
                    await peer.AnswerAsync(request, "{}");
                    aborted.SetResult();
                    return;
                }

                await peer.AnswerAsync(request, Accepted);
                begun.SetResult(peer);
            },
            time: time);
        using var fence = _bridge!.Follow("beside", _ => heard.Writer.TryWrite(true));
        var turn = RunAsync(new Turn("work", "k", TurnKind.Message) { Limits = new TurnLimits(TimeSpan.FromHours(1), TimeSpan.FromMinutes(1)) });
        var peer = await begun.Task.WaitAsync(TimeSpan.FromSeconds(30));

        foreach (var data in new[] { """{"phase":"start","name":"ls"}""", """{"phase":"update","name":"ls"}""", """{"phase":"result","name":"ls"}""" })
        {
            time.Advance(TimeSpan.FromSeconds(50));
            await peer.SayAsync(Event("k", "item", data));
            await peer.SayAsync(Event("beside", "lifecycle", "{}"));
            await heard.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));
        }

        Assert.That(turn.IsCompleted, Is.False);
        time.Advance(TimeSpan.FromSeconds(61));
        Assert.That(Assert.ThrowsAsync<StepFailedException>(async () => await turn.WaitAsync(TimeSpan.FromSeconds(30)))!.Code, Is.EqualTo(TurnClock.TimedOut));
        await aborted.Task.WaitAsync(TimeSpan.FromSeconds(30));

        static string Event(string run, string stream, string data) =>
            $$$"""{"type":"event","event":"agent","payload":{"runId":"{{{run}}}","stream":"{{{stream}}}","data":{{{data}}},"sessionKey":"agent:ada-1f:main","agentId":"ada-1f","seq":3,"ts":1}}""";
    }

    [TestCase(false, "{}", 1)]
    [TestCase(false, null, 1)]
    [TestCase(true, "{}", 0)]
    public async Task A_cancelled_turn_is_aborted_there_unless_the_process_stops(bool stops, string? answer, int aborts)
    {
        _lifetime.ApplicationStopping.Returns(new CancellationToken(stops));
        var (accepted, aborted, probed) = (new Signal(), 0, new Signal());
        await StartAsync(async (peer, request) =>
        {
            switch ((string?)request["method"])
            {
                case "agent":
                    await peer.AnswerAsync(request, Accepted);
                    accepted.SetResult();
                    break;
                case "chat.abort":
                    aborted++;
                    await (answer is null ? peer.RefuseAsync(request, """{"code":"UNAVAILABLE","message":"not now"}""") : peer.AnswerAsync(request, answer));
                    break;
                default:
                    await peer.AnswerAsync(request, """{"agents":[]}""");
                    probed.SetResult();
                    break;
            }
        });
        using var cancel = new CancellationTokenSource();
        var turn = _runtime!.RunTurnAsync(Agent, new Turn("work", "k", TurnKind.Message), cancel.Token);
        await accepted.Task.WaitAsync(TimeSpan.FromSeconds(30));

        await cancel.CancelAsync();

        Assert.That(async () => await turn, Throws.InstanceOf<OperationCanceledException>());
        await _runtime.DisconnectAsync(Agent, "d", default);
        await probed.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.That(aborted, Is.EqualTo(aborts));
    }

    [Test]
    public async Task A_turn_beyond_the_limit_waits_until_another_has_ended()
    {
        var asked = Channel.CreateUnbounded<string>();
        await StartAsync(
            async (peer, request) =>
            {
                if ((string?)request["params"]?["message"] is { } message)
                {
                    await asked.Writer.WriteAsync(message);
                }

                await peer.AnswerAsync(request, Accepted);
            },
            TestUpstream.Quick with { MaxTurns = 1 });
        using var over = new CancellationTokenSource();
        var first = _runtime!.RunTurnAsync(Agent, new Turn("work", "k", TurnKind.Message), over.Token);
        var (begun, second) = (await asked.Reader.ReadAsync(), _runtime!.RunTurnAsync(Agent, new Turn("more", "l", TurnKind.Message), over.Token));
        var beat = _runtime!.RunTurnAsync(Agent, new Turn("well?", "m", TurnKind.Heartbeat), over.Token);

        // The beat came after it, and was asked all the same: only the second message waits.
        Assert.That((begun, await asked.Reader.ReadAsync()), Is.EqualTo(("work", "well?")));
        await over.CancelAsync();
        Assert.That(async () => await Task.WhenAll(first, second, beat), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(asked.Reader.TryRead(out _), Is.False);
    }

    private const string Accepted = """{"runId":"k","sessionKey":"agent:ada-1f:main","agentId":"ada-1f","status":"accepted","acceptedAt":1}""";

    private static string Ended(string text) =>
        """
        {"runId":"k","status":"ok","summary":"completed","result":{"payloads":[{"text":"TEXT","mediaUrl":null}],"meta":{"durationMs":5,"agentMeta":{"model":"echo-1","usage":{"input":11,"output":7,"total":18}}}}}
        """.Replace("TEXT", text, StringComparison.Ordinal);

    private static string Grown(string text, string delta) => $$$"""
        {"type":"event","event":"agent","payload":{"runId":"k","stream":"assistant","data":{"text":"{{{text}}}","delta":"{{{delta}}}","itemId":"i:1"},"sessionKey":"agent:ada-1f:main","agentId":"ada-1f","seq":3,"ts":1},"seq":8}
        """;

    private async Task StartAsync(Func<ScriptedPeer, JsonNode, Task> answer, UpstreamLimits? limits = null, TimeProvider? time = null)
    {
        _gateway = await ScriptedGateway.StartAsync(async peer =>
        {
            await peer.WelcomeAsync();
            await peer.ServeAsync(request => answer(peer, request));
        });
        _bridge = await TestUpstream.StartAsync(_gateway.Address, limits: limits);
        var commands = new UpstreamCommands(Substitute.For<IDbContextFactory<OpenClawDbContext>>(), new ExecutorIdentity("test:1"), TimeProvider.System, NullLogger<UpstreamCommands>.Instance);
        _runtime = new UpstreamRuntime(new UpstreamSettings(_gateway.Address, "token"), _bridge, commands, limits ?? TestUpstream.Quick, _lifetime, time ?? TimeProvider.System);
        await Eventually.That(() => _bridge.Status.IsConnected, Is.True);
    }

    private Task<TurnReply> RunAsync(Turn turn) => _runtime!.RunTurnAsync(Agent, turn, default);

    private sealed class Heard(List<string> parts) : IProgress<string>
    {
        public void Report(string value) => parts.Add(value);
    }
}
