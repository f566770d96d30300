using System.Text.Json.Nodes;
using NSubstitute;
using OpenClaw.Jobs.Devices;
using OpenClaw.Jobs.Runtimes.Upstream;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Upstream.Support;

namespace OpenClaw.Tests.Upstream;

/// <summary>The bridge's own device, before gateways that say one thing or another.</summary>
public sealed class BridgeDeviceTests
{
    private const string Pairing =
        """{"code":"NOT_PAIRED","message":"pairing required: device is not approved yet","details":{"code":"PAIRING_REQUIRED","reason":"not-paired","requestId":"REQUEST"}}""";

    private DirectoryInfo _directory = null!;
    private UpstreamGateway? _bridge;

    private string DeviceFile => Path.Combine(_directory.FullName, "bridge-device.json");

    [SetUp]
    public void MakeDirectory() => _directory = Directory.CreateTempSubdirectory("openclaw-bridge-");

    [TearDown]
    public async Task StopAsync()
    {
        if (_bridge is not null)
        {
            await _bridge.StopAsync(default);
            _bridge.Dispose();
        }

        _directory.Delete(recursive: true);
    }

    [TestCase("3deb0301-0b6d-4a8c-9d55-6e7f80912345", "openclaw devices approve 3deb0301-0b6d-4a8c-9d55-6e7f80912345")]
    [TestCase("x; rm -rf /", "openclaw devices list, and then: openclaw devices approve <the request of OpenClaw Backend>")]
    [TestCase("", "openclaw devices list, and then: openclaw devices approve <the request of OpenClaw Backend>")]
    public async Task A_gateway_that_waits_for_its_owner_is_told_to_ours_with_what_to_type(string requestId, string type)
    {
        var notifier = Substitute.For<IPairingNotifier>();
        await using var gateway = await ScriptedGateway.StartAsync(async peer => await peer.RefuseAsync((await ConnectOfAsync(peer))!, Pairing.Replace("REQUEST", requestId)));
        _bridge = await TestUpstream.StartAsync(gateway.Address, directory: _directory.FullName, notifier: notifier);

        await Eventually.That(() => _bridge.Status.State, Is.EqualTo(BridgeState.Pairing));
        await Eventually.That(() => gateway.Connections, Is.GreaterThan(2), TimeSpan.FromSeconds(10));

        Assert.That(_bridge.Status.Detail, Does.EndWith($"waits for its owner to let this node in. On its host, type: {type}"));
        Assert.That(notifier.ReceivedCalls().Select(call => call.GetArguments()[1]).Distinct().Count(), Is.EqualTo(1), "One notice, however often it asks.");
    }

    [Test]
    public async Task The_proof_holds_and_the_same_device_comes_again_with_the_token_that_it_was_told()
    {
        var connects = new List<JsonNode>();
        var challenges = new Queue<string>(["first", "second", "third"]);
        await using var gateway = await ScriptedGateway.StartAsync(
            peer => WelcomeAsync(peer, connects, challenges, """{"deviceToken":"told","role":"operator","scopes":["operator.read","operator.write","operator.admin"]}"""));

        for (var i = 1; i <= 3; i++)
        {
            _bridge = await TestUpstream.StartAsync(gateway.Address, token: i == 3 ? null : "token", directory: _directory.FullName);
            await Eventually.That(() => _bridge.Status.State, Is.EqualTo(BridgeState.Connected));
            await _bridge.StopAsync(default);
            _bridge.Dispose();
            _bridge = null;
        }

        Assert.That(connects.Select(connect => (string?)connect["device"]!["id"]).Distinct().Count(), Is.EqualTo(1));
        Assert.That(connects.Select(connect => ((string?)connect["auth"]!["token"], (string?)connect["auth"]!["deviceToken"])), Is.EqualTo(new[] { ("token", (string?)null), ("token", "told"), (null, "told") }));
        Assert.That(connects.Zip(["first", "second", "third"]).Select(each => Fault(each.First, each.Second)), Has.All.Null);
        if (!OperatingSystem.IsWindows())
        {
            Assert.That(File.GetUnixFileMode(DeviceFile), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        }
    }

    [Test]
    public async Task A_device_token_that_is_taken_no_more_is_forgotten()
    {
        var connects = new List<JsonNode>();
        var challenges = new Queue<string>(["a", "c"]);
        await using var gateway = await ScriptedGateway.StartAsync(
            async peer =>
            {
                await WelcomeAsync(peer, connects, challenges, """{"deviceToken":"old","scopes":["operator.read","operator.write","operator.admin"]}""", stay: false);
                await peer.CloseAsync(1012, "service restart");
            },
            async peer => await peer.RefuseAsync((await ConnectOfAsync(peer))!, """{"code":"INVALID_REQUEST","message":"unauthorized: device token mismatch","details":{"code":"AUTH_DEVICE_TOKEN_MISMATCH"}}"""),
            peer => WelcomeAsync(peer, connects, challenges, """{"scopes":["operator.read","operator.write","operator.admin"]}"""));
        _bridge = await TestUpstream.StartAsync(gateway.Address, directory: _directory.FullName);

        await Eventually.That(() => gateway.Connections, Is.EqualTo(3));
        await Eventually.That(() => _bridge.Status.State, Is.EqualTo(BridgeState.Connected));

        Assert.That((string?)connects[^1]["auth"]!["deviceToken"], Is.Null);
        Assert.That(await File.ReadAllTextAsync(DeviceFile), Does.Not.Contain("old"));
    }

    [TestCase("not json")]
    [TestCase("null")]
    [TestCase("""{"PrivateKey":"short","Tokens":{}}""")]
    public async Task A_file_that_holds_no_key_is_named_with_what_to_do(string content)
    {
        await File.WriteAllTextAsync(DeviceFile, content);
        await using var gateway = await ScriptedGateway.StartAsync(async peer => await ConnectOfAsync(peer));
        _bridge = await TestUpstream.StartAsync(gateway.Address, directory: _directory.FullName);

        await Eventually.That(() => _bridge.Status.State, Is.EqualTo(BridgeState.Failed));

        Assert.That(_bridge.Status.Detail, Does.Contain(DeviceFile).And.Contain("Delete it"));
    }

    private static DeviceProofFault? Fault(JsonNode connect, string nonce)
    {
        var (device, client, auth) = (connect["device"]!, connect["client"]!, connect["auth"]!);
        var proof = new DeviceProof((string)device["id"]!, (string)device["publicKey"]!, (string)device["signature"]!, (long)device["signedAt"]!, (string)device["nonce"]!);
        var signed = new SignedConnect(
            (string)client["id"]!, (string)client["mode"]!, (string)connect["role"]!, [.. connect["scopes"]!.AsArray().Select(scope => (string)scope!)],
            (string?)auth["token"] ?? (string?)auth["deviceToken"] ?? "", (string)client["platform"]!, null);
        return proof.FaultOf(signed, nonce, DateTimeOffset.FromUnixTimeMilliseconds(17));
    }

    private static async Task WelcomeAsync(ScriptedPeer peer, List<JsonNode> connects, Queue<string> challenges, string auth, bool stay = true)
    {
        await peer.SayAsync($$$"""{"type":"event","event":"connect.challenge","payload":{"nonce":"{{{challenges.Dequeue()}}}","ts":17}}""");
        var connect = (await peer.HearAsync())!;
        connects.Add(connect["params"]!);
        await peer.AnswerAsync(connect, $$$"""{"type":"hello-ok","protocol":4,"server":{"version":"test","connId":"c"},"auth":{{{auth}}},"policy":{"tickIntervalMs":30000}}""");
        if (stay)
        {
            await peer.ServeAsync(request => peer.AnswerAsync(request, "{}"));
        }
    }

    private static async Task<JsonNode?> ConnectOfAsync(ScriptedPeer peer)
    {
        await peer.SayAsync("""{"type":"event","event":"connect.challenge","payload":{"nonce":"n","ts":1}}""");
        return await peer.HearAsync();
    }
}
