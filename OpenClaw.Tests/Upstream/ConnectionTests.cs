using System.Text.Json;
using OpenClaw.Jobs.Protocol;
using OpenClaw.Jobs.Runtimes.Upstream;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Upstream.Support;
using OpenClaw.Tests.Web.Support;
using OpenClaw.Web.Health;

namespace OpenClaw.Tests.Upstream;

/// <summary>The bridge's connection, to our own gateway and to ones that misbehave.</summary>
public sealed class ConnectionTests
{
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
    public async Task It_connects_to_a_gateway_and_asks_it()
    {
        var service = await SharedService.GetAsync();
        await StartAsync(new UriBuilder(service.Address) { Scheme = "ws" }.Uri, RunningService.Token);

        var answer = await CallAsync("agents.list");

        Assert.That(answer.GetProperty("mainKey").GetString(), Is.EqualTo("main"));
        Assert.That((_bridge!.Status.State, _bridge.Status.Detail), Is.EqualTo((BridgeState.Connected, $"Connected to ws://{service.Address.Authority}/, OpenClaw {ServiceVersion.Service}, protocol 4.")));
    }

    [Test]
    public async Task A_refused_request_fails_with_the_gateways_words()
    {
        var service = await SharedService.GetAsync();
        await StartAsync(new UriBuilder(service.Address) { Scheme = "ws" }.Uri, RunningService.Token);

        Assert.That(async () => await CallAsync("no.such"), Throws.TypeOf<GatewayRefusedException>().With.Message.EqualTo("no.such: unknown method: no.such"));
    }

    [Test]
    public async Task A_wrong_token_ends_in_failed_and_says_what_to_set()
    {
        var service = await SharedService.GetAsync();
        await StartAsync(new UriBuilder(service.Address) { Scheme = "ws" }.Uri, "wrong");

        await StateAsync(BridgeState.Failed);

        Assert.That(_bridge!.Status.Detail, Does.Contain("refuses us").And.Contain("OPENCLAW_AUTH_TOKEN"));
        Assert.That(async () => await CallAsync("health"), Throws.TypeOf<GatewayUnreachableException>().With.Message.Contain("OPENCLAW_AUTH_TOKEN"));
    }

    [Test]
    public async Task Without_an_address_nothing_is_connected()
    {
        await StartAsync(null);

        Assert.That(_bridge!.Status.State, Is.EqualTo(BridgeState.Disconnected));
        Assert.That(async () => await CallAsync("health"), Throws.TypeOf<GatewayUnreachableException>().With.Message.Contain("OPENCLAW_GATEWAY_URL"));
    }

    [Test]
    public async Task A_gateway_that_is_not_there_is_tried_again_and_named()
    {
        await StartAsync(new Uri($"ws://127.0.0.1:{FreePort.Find()}"));

        await StateAsync(BridgeState.Reconnecting);

        Assert.That(_bridge!.Status.Detail, Does.Contain("cannot be reached").And.Contain("OPENCLAW_GATEWAY_URL"));
    }

    [Test]
    public async Task A_restart_of_the_gateway_fails_what_waits_and_is_bridged()
    {
        await using var gateway = await ScriptedGateway.StartAsync(
            async peer =>
            {
                await peer.WelcomeAsync();
                await peer.HearAsync();
                await peer.CloseAsync(1012, "service restart");
            },
            Answering);
        await StartAsync(gateway.Address);

        Assert.That(async () => await CallAsync("health"), Throws.TypeOf<GatewayUnreachableException>().With.Message.Contain("1012 service restart"));
        Assert.That((await CallAsync("health")).GetProperty("ok").GetBoolean(), Is.True);
    }

    [Test]
    public async Task What_fails_for_an_event_costs_one_connection_and_no_more()
    {
        var follows = new Signal();
        await using var gateway = await ScriptedGateway.StartAsync(
            async peer =>
            {
                await peer.WelcomeAsync();
                await follows.Task;
                await peer.SayAsync("""{"type":"event","event":"agent","payload":{"runId":"r","seq":1,"stream":"assistant","ts":1,"data":{}}}""");
                await peer.HangAsync();
            },
            Answering);
        await StartAsync(gateway.Address);
        using var following = _bridge!.Follow("r", _ => throw new InvalidOperationException("a bug"));
        follows.SetResult();

        await Eventually.That(() => gateway.Connections, Is.EqualTo(2));

        Assert.That((await CallAsync("health")).GetProperty("ok").GetBoolean(), Is.True);
    }

    [Test]
    public async Task A_gateway_that_falls_silent_is_left()
    {
        await using var gateway = await ScriptedGateway.StartAsync(
            async peer =>
            {
                await peer.WelcomeAsync(tickMs: 50);
                await peer.HangAsync();
            },
            Answering);
        await StartAsync(gateway.Address);

        await Eventually.That(() => gateway.Connections, Is.EqualTo(2));

        Assert.That((await CallAsync("health")).GetProperty("ok").GetBoolean(), Is.True);
    }

    [Test]
    public async Task A_gateway_that_hangs_before_it_lets_us_in_is_left()
    {
        await using var gateway = await ScriptedGateway.StartAsync(peer => peer.HangAsync());
        await StartAsync(gateway.Address, limits: TestUpstream.Quick with { Connect = TimeSpan.FromMilliseconds(50) });

        await Eventually.That(() => _bridge!.Status.Detail, Does.Contain("did not let us in"));
        await Eventually.That(() => gateway.Connections, Is.GreaterThan(1));
    }

    [Test]
    public async Task What_does_not_speak_the_protocol_is_said_to()
    {
        await using var gateway = await ScriptedGateway.StartAsync(async peer =>
        {
            await peer.SayAsync("220 mail.example.org ESMTP");
            await peer.HangAsync();
        });
        await StartAsync(gateway.Address);

        await Eventually.That(() => _bridge!.Status.Detail, Does.Contain("does not speak the OpenClaw protocol"));
    }

    [Test]
    public async Task Garbage_between_frames_is_passed_over()
    {
        await using var gateway = await ScriptedGateway.StartAsync(async peer =>
        {
            await peer.WelcomeAsync();
            await peer.ServeAsync(async request =>
            {
                foreach (var garbage in new[] { "", "{", "[]", "null", """{"type":"res","id":7,"ok":true}""", """{"type":"res","id":"nobody","ok":true}""", """{"type":"event","event":"agent","payload":{"runId":5}}""" })
                {
                    await peer.SayAsync(garbage);
                }

                await peer.AnswerAsync(request, """{"ok":true}""");
            });
        });
        await StartAsync(gateway.Address);

        Assert.That((await CallAsync("health")).GetProperty("ok").GetBoolean(), Is.True);
    }

    [Test]
    public async Task A_request_without_an_answer_ends_at_its_limit()
    {
        await using var gateway = await ScriptedGateway.StartAsync(async peer =>
        {
            await peer.WelcomeAsync();
            await peer.HangAsync();
        });
        await StartAsync(gateway.Address, limits: TestUpstream.Quick with { Request = TimeSpan.FromMilliseconds(50) });

        Assert.That(async () => await CallAsync("health"), Throws.TypeOf<GatewayUnreachableException>().With.Message.Contain("did not answer health"));
    }

    [Test]
    public async Task Only_so_many_requests_wait_at_a_time()
    {
        await using var gateway = await ScriptedGateway.StartAsync(async peer =>
        {
            await peer.WelcomeAsync();
            await peer.HangAsync();
        });
        await StartAsync(gateway.Address, limits: TestUpstream.Quick with { MaxRequests = 1, Request = TimeSpan.FromSeconds(2) });
        var link = await _bridge!.LinkAsync(default);

        var asked = Enumerable.Range(0, 32).Select(_ => Task.Run(() => link.CallAsync("health", ProtocolJson.EmptyObject, default))).ToArray();

        Assert.That(async () => await Task.WhenAll(asked), Throws.TypeOf<GatewayUnreachableException>());
        var told = asked.Select(task => task.Exception!.InnerException!.Message).ToArray();
        Assert.That(told.Count(text => text.Contains("answer already")), Is.EqualTo(asked.Length - 1));
        Assert.That(told.Count(text => text.Contains("did not answer health")), Is.EqualTo(1));
    }

    private static async Task Answering(ScriptedPeer peer)
    {
        await peer.WelcomeAsync();
        await peer.ServeAsync(request => peer.AnswerAsync(request, """{"ok":true}"""));
    }

    private async Task StartAsync(Uri? gateway, string? token = "token", UpstreamLimits? limits = null) => _bridge = await TestUpstream.StartAsync(gateway, token, limits);

    private Task<BridgeState> StateAsync(BridgeState state) => Eventually.That(() => _bridge!.Status.State, Is.EqualTo(state));

    private async Task<JsonElement> CallAsync(string method) => await (await _bridge!.LinkAsync(default)).CallAsync(method, ProtocolJson.EmptyObject, default);
}
