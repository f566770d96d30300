using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using OpenClaw.Jobs.ForeignInput;
using OpenClaw.Jobs.Protocol;
using OpenClaw.Jobs.Runtimes.Upstream;
using OpenClaw.Tests.Gateway.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Upstream.Support;

namespace OpenClaw.Tests.Upstream;

/// <summary>What the gateway behind the bridge may send: anything, and it costs at most the answer that it should have been.</summary>
public sealed class HostileGatewayTests
{
    private static readonly string[] Shapes =
    [
        """{"type":"res","id":"ID","ok":true,"payload":PAYLOAD}""", """{"type":"res","id":"ID","ok":false,"error":{"code":"UNAVAILABLE","message":"TEXT","retryAfterMs":NUMBER}}""",
        """{"type":"res","id":"ID","ok":false,"error":PAYLOAD}""", """{"type":"event","event":"agent","payload":{"runId":"r","stream":"assistant","seq":1,"ts":1,"data":PAYLOAD,"sessionKey":"s","agentId":"a"}}""",
        """{"type":"event","event":"TEXT","payload":PAYLOAD}""", """{"messages":[PAYLOAD,{"role":"user","content":"c","idempotencyKey":"k:user"},{"role":"assistant","content":PAYLOAD,"stopReason":"stop"}],"inFlightRun":PAYLOAD}""",
        """{"messages":[{"role":"TEXT","content":[{"type":"text","text":"TEXT"},PAYLOAD],"idempotencyKey":"k:user"},null],"sessionInfo":PAYLOAD}""", """{"agents":[PAYLOAD,null]}""",
        """{"runId":"r","status":"ok","summary":"s","result":{"payloads":[PAYLOAD,{"text":"TEXT"},null],"meta":PAYLOAD}}""", "PAYLOAD",
    ];

    private static readonly Gen<string> Frame =
        from shape in Gen.Elements(Shapes)
        from payload in HostileFrames.Params
        from text in Gen.Elements("fine", "NUL \\u0000", "half \\ud83d", "\\u001b[2J", new string('t', 3_000))
        from number in Gen.Elements("0", "-1", "1.5", "1e99", "2147483648")
        select shape.Replace("PAYLOAD", payload).Replace("TEXT", text).Replace("NUMBER", number).Replace("ID", "7");

    private UpstreamGateway? _bridge;

    [TearDown]
    public async Task StopAsync()
    {
        if (_bridge is null)
        {
            return;
        }

        await _bridge.StopAsync(default);
        _bridge.Dispose();
    }

    [Test]
    public void Ten_thousand_hostile_frames_are_read_passed_over_or_are_an_error_that_can_be_kept() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(10_000),
        Prop.ForAll(HostileFrames.Broken(Frame).ToArbitrary(), bytes => Read(() => IncomingFrame.Read(bytes)) is not { } frame
            || ((frame.Error is not { } error || (error.Message.Length <= 2_100 && ForeignText.IsWhole(error.Message) && ForeignText.IsLine(error.Code)))
                && (frame.Payload is not { } payload || ForeignJson.IsWhole(payload)))));

    [Test]
    public void Whatever_a_gateway_tells_of_a_conversation_of_its_agents_and_of_a_run_can_be_read_or_is_of_another_shape() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(10_000),
        Prop.ForAll(Frame.ToArbitrary(), text =>
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            ForeignJson.Mend(bytes);
            if (Read(() => (JsonElement?)JsonSerializer.Deserialize<JsonElement>(bytes)) is not { } payload)
            {
                return true;
            }

            var story = Read(() => TurnStory.Read(ProtocolJson.Read<KnownHistory>(payload), ["k", "k:2"]));
            _ = Read(() => ProtocolJson.Read<KnownAgents>(payload));
            _ = Read(() => ProtocolJson.Read<RunEnded>(payload));
            _ = Read(() => ProtocolJson.Read<UpstreamHello>(payload))?.Tick;
            return story?.Reply is null || ForeignText.IsWhole(story.Reply);
        }));

    [TestCase("""{"messages":null}""")]
    [TestCase("{}")]
    [TestCase("""{"messages":[null]}""")]
    [TestCase("""{"sessionInfo":{}}""")]
    public void A_history_without_messages_is_one_in_which_nothing_was_said(string history) =>
        Assert.That(TurnStory.Read(ProtocolJson.Read<KnownHistory>(JsonSerializer.Deserialize<JsonElement>(history)), ["k"]), Is.EqualTo(new TurnStory(0, null, null, false)));

    [Test]
    public async Task An_answer_of_another_shape_is_told_at_once()
    {
        await using var gateway = await ScriptedGateway.StartAsync(async peer =>
        {
            await peer.WelcomeAsync();
            await peer.ServeAsync(request => peer.SayAsync($$"""{"type":"res","id":"{{request["id"]}}","ok":"perhaps"}"""));
        });
        _bridge = await TestUpstream.StartAsync(gateway.Address, limits: TestUpstream.Quick with { Request = TimeSpan.FromMinutes(5) });

        Assert.That(async () => await CallAsync("health"), Throws.TypeOf<GatewayRefusedException>().With.Message.StartWith("health: the answer could not be read"));
    }

    [Test]
    public async Task What_the_gateway_says_is_told_in_one_line_that_can_be_kept()
    {
        await using var gateway = await ScriptedGateway.StartAsync(
            async peer =>
            {
                await peer.WelcomeAsync();
                await peer.ServeAsync(request => peer.RefuseAsync(request, """{"code":"UNAVAILABLE","message":"a\u0000b \ud83d \ud83d\ude00"}"""));
            });
        _bridge = await TestUpstream.StartAsync(gateway.Address);

        Assert.That(async () => await CallAsync("health"), Throws.TypeOf<GatewayRefusedException>().With.Message.EqualTo("health: a\ufffdb \ufffd \ud83d\ude00"));
    }

    [Test]
    public async Task A_reason_to_close_that_steers_a_terminal_does_not()
    {
        await using var gateway = await ScriptedGateway.StartAsync(async peer =>
        {
            await peer.WelcomeAsync();
            await peer.HearAsync();
            await peer.CloseAsync(1012, "gone\r\n\u001b[2J\0");
        });
        _bridge = await TestUpstream.StartAsync(gateway.Address);

        Assert.That(async () => await CallAsync("health"), Throws.TypeOf<GatewayUnreachableException>().With.Message.Contain("(1012 gone \ufffd[2J\ufffd)"));
    }

    [TestCase("""{"type":"hello-ok","protocol":4}""", "unknown")]
    [TestCase("""{"type":"hello-ok","protocol":4,"server":{"version":"9\u001b[31m"},"policy":{"tickIntervalMs":1}}""", "9\ufffd[31m")]
    [TestCase("""{"type":"hello-ok","protocol":4,"server":{},"policy":{"tickIntervalMs":2147483647}}""", "unknown")]
    public async Task A_hello_that_leaves_out_or_exaggerates_is_taken(string hello, string version)
    {
        await using var gateway = await ScriptedGateway.StartAsync(async peer =>
        {
            await peer.SayAsync("""{"type":"event","event":"connect.challenge","payload":{"nonce":"n","ts":1}}""");
            await peer.AnswerAsync((await peer.HearAsync())!, hello);
            await peer.ServeAsync(request => peer.AnswerAsync(request, """{"ok":true}"""));
        });
        _bridge = await TestUpstream.StartAsync(gateway.Address);

        await Eventually.That(() => _bridge.Status.Detail, Does.Contain($"OpenClaw {version},"));
    }

    private async Task<JsonElement> CallAsync(string method) => await (await _bridge!.LinkAsync(default)).CallAsync(method, ProtocolJson.EmptyObject, default);

    // JSON of another shape is what a JsonException says, and nothing else may.
    private static T? Read<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (JsonException)
        {
            return default;
        }
    }
}
