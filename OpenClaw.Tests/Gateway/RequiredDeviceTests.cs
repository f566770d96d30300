using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Jobs.Runtimes.Upstream;
using OpenClaw.Tests.Gateway.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Upstream.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Gateway;

/// <summary>With REQUIRE_DEVICE: nobody comes in by the token alone, and devices of other hosts wait until somebody lets them in.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed class RequiredDeviceTests
{
    private static readonly JsonObject ByToken = new() { ["token"] = RunningService.Token };
    private static readonly string[] Admin = ["operator.admin"];
    private static readonly string[] Read = ["operator.read"];

    private readonly TestDevice _owners = new();
    private RunningService _service = null!;

    [OneTimeSetUp]
    public async Task Start_the_service() => _service = await RunningService.StartAsync(
        services => services.AddSingleton<IStartupFilter, BridgeFromElsewhere>(), settings: ("REQUIRE_DEVICE", "true"));

    [OneTimeTearDown]
    public async Task Stop_the_service() => await _service.DisposeAsync();

    [TestCase("test", "test")]
    [TestCase("cli", "cli")]
    [TestCase("gateway-client", "backend")]
    public async Task The_token_alone_opens_nothing(string id, string mode)
    {
        await using var client = await GatewayClient.OpenAsync(_service.Address);
        var connect = GatewayClient.Connect(Read);
        (connect["client"]!["id"], connect["client"]!["mode"]) = (id, mode);

        var error = (await client.RequestAsync("connect", connect))["error"]!;

        Assert.That(((string?)error["code"], (string?)error["details"]!["code"]), Is.EqualTo(("NOT_PAIRED", "DEVICE_IDENTITY_REQUIRED")));
    }

    [Test]
    public async Task A_device_of_another_host_waits_until_an_operator_lets_it_in()
    {
        var device = new TestDevice();
        await using var owner = await OwnerAsync();

        var (error, close) = await KnockAsync(device, Read);
        var requestId = (string)error["details"]!["requestId"]!;
        var told = await Eventually.That(() => owner.Events("device.pair.requested").SingleOrDefault(frame => (string?)frame["payload"]!["requestId"] == requestId), Is.Not.Null);
        var pending = (await owner.CallAsync("device.pair.list"))["pending"]!.AsArray().Single(request => (string?)request!["requestId"] == requestId)!;
        var approved = await owner.CallAsync("device.pair.approve", new JsonObject { ["requestId"] = requestId });
        var hello = await ComeInAsync(device, ByToken, Read);

        Assert.That(((string?)error["code"], (string?)error["message"]), Is.EqualTo(("NOT_PAIRED", "pairing required: device is not approved yet")));
        Assert.That(close, Is.EqualTo((1008, $"pairing required: device is not approved yet (requestId: {requestId})")));
        Assert.That(error["details"]!.AsObject().Select(member => member.Key), Is.EqualTo(new[] { "code", "reason", "requestId", "remediationHint", "deviceId", "requestedRole", "requestedScopes" }));
        Assert.That(((string?)pending["remoteIp"], (string?)pending["displayName"], (bool)pending["isRepair"]!), Is.EqualTo(("192.0.2.7", "test of the tests", false)));
        Assert.That(told!["payload"]!.ToJsonString(), Is.EqualTo(pending.ToJsonString()));
        Assert.That(((string?)approved["device"]!["deviceId"], (string?)approved["device"]!["approvedVia"]), Is.EqualTo((device.Id, "owner")));
        Assert.That((string?)hello["deviceToken"], Is.Not.Null.And.Not.Empty);
        await Eventually.That(() => owner.Events("device.pair.resolved").Any(frame => (string?)frame["payload"]!["requestId"] == requestId && (string?)frame["payload"]!["decision"] == "approved"), Is.True);
    }

    [Test]
    public async Task One_request_waits_of_a_device_however_often_it_knocks_and_it_grows_with_what_is_asked()
    {
        var device = new TestDevice();
        await using var owner = await OwnerAsync();

        var first = (string)(await KnockAsync(device, Read)).Error["details"]!["requestId"]!;
        var again = (string)(await KnockAsync(device, Read)).Error["details"]!["requestId"]!;
        var more = (string)(await KnockAsync(device, ["operator.pairing"])).Error["details"]!["requestId"]!;

        Assert.That((again, more), Is.EqualTo((first, more)).And.Not.EqualTo((first, first)));
        var pending = (await owner.CallAsync("device.pair.list"))["pending"]!.AsArray().Where(request => (string?)request!["deviceId"] == device.Id).ToList();
        Assert.That(pending.Select(request => (string?)request!["requestId"]), Is.EqualTo(new[] { more }));
        Assert.That(pending[0]!["scopes"]!.AsArray().Select(scope => (string?)scope), Is.EqualTo(new[] { "operator.pairing", "operator.read" }));
    }

    [Test]
    public async Task Asking_for_more_than_was_approved_waits_anew_and_keeps_what_there_is()
    {
        var device = new TestDevice();
        await ApproveAsync(device, Read);

        var (error, _) = await KnockAsync(device, ["operator.write"]);

        Assert.That(((string?)error["details"]!["reason"], error["details"]!["approvedScopes"]!.ToJsonString()), Is.EqualTo(("scope-upgrade", """["operator.read"]""")));
        Assert.That((string?)(await ComeInAsync(device, ByToken, Read))["role"], Is.EqualTo("operator"));
    }

    [Test]
    public async Task Nobody_lets_in_with_more_than_they_hold()
    {
        var (device, helper) = (new TestDevice(), new TestDevice());
        await using var limited = await GatewayClient.OpenAsync(_service.Address);
        await limited.RequestAsync("connect", helper.Connect(await limited.ChallengeAsync(), ByToken, scopes: ["operator.pairing", "operator.read"]));

        var requestId = (string)(await KnockAsync(device, Admin)).Error["details"]!["requestId"]!;
        var refused = await limited.RequestAsync("device.pair.approve", new JsonObject { ["requestId"] = requestId });

        Assert.That((string?)refused["error"]!["message"], Is.EqualTo("missing scope: operator.admin"));
    }

    [Test]
    public async Task A_rejected_device_stays_out_and_may_ask_again()
    {
        var device = new TestDevice();
        await using var owner = await OwnerAsync();
        var requestId = (string)(await KnockAsync(device, Read)).Error["details"]!["requestId"]!;

        var rejected = await owner.CallAsync("device.pair.reject", new JsonObject { ["requestId"] = requestId });

        Assert.That(rejected.ToJsonString(), Is.EqualTo($$"""{"requestId":"{{requestId}}","deviceId":"{{device.Id}}"}"""));
        Assert.That((string?)(await KnockAsync(device, Read)).Error["details"]!["requestId"], Is.Not.EqualTo(requestId));
    }

    [Test]
    public async Task By_a_command_a_device_is_let_in_after_a_code_and_put_out_after_another()
    {
        var device = new TestDevice();
        await using var owner = await OwnerAsync();
        var requestId = (string)(await KnockAsync(device, Read)).Error["details"]!["requestId"]!;

        Assert.That(await SayAsync(owner, "devices"), Does.Contain($"{requestId[..8]}: test of the tests as operator with operator.read, from 192.0.2.7"));
        var asked = await SayAsync(owner, $"Approve device {requestId[..8]}");
        Assert.That(asked, Does.StartWith("test of the tests as operator with operator.read, from 192.0.2.7\n").And.Contain("YES "));
        Assert.That((string?)(await KnockAsync(device, Read)).Error["code"], Is.EqualTo("NOT_PAIRED"), "not before the code");
        Assert.That(await SayAsync(owner, Code(asked)), Is.EqualTo("Let in: test of the tests as operator with operator.read, from 192.0.2.7."));
        await using var open = await GatewayClient.OpenAsync(_service.Address, headers: ("X-Forwarded-For", "192.0.2.7"));
        await open.RequestAsync("connect", device.Connect(await open.ChallengeAsync(), ByToken, scopes: Read));
        Assert.That(await SayAsync(owner, Code(await SayAsync(owner, $"remove device {device.Id[..12]}"))), Is.EqualTo("Put out: test of the tests, operator. Its connections end."));

        Assert.That((await open.CloseAsync()).Code, Is.EqualTo(4001));
        Assert.That(await SayAsync(owner, "approve device 00000000"), Is.EqualTo("No request begins with 00000000; it may be over. See: devices"));
    }

    [Test]
    public async Task On_the_dashboard_a_device_is_let_in_and_put_out()
    {
        var device = new TestDevice();
        var requestId = (string)(await KnockAsync(device, Read)).Error["details"]!["requestId"]!;
        using var browser = _service.Browser();
        var form = new SignInForm(browser);
        (await form.SignInAsync(RunningService.Token)).Dispose();

        Assert.That(await browser.GetStringAsync("/dashboard/devices"), Does.Contain(requestId[..8]).And.Contain("192.0.2.7"));
        await PressAsync(browser, form, $"/dashboard/devices/requests/{requestId}/approve");
        Assert.That((string?)(await ComeInAsync(device, ByToken, Read))["method"], Is.EqualTo("token"));
        await PressAsync(browser, form, $"/dashboard/devices/{device.Id}/remove");

        Assert.That((string?)(await KnockAsync(device, Read)).Error["code"], Is.EqualTo("NOT_PAIRED"));
    }

    [Test]
    public async Task The_owner_is_told_of_who_asks_and_what_to_write()
    {
        var device = new TestDevice();

        var requestId = (string)(await KnockAsync(device, Read)).Error["details"]!["requestId"]!;

        Assert.That(
            await _service.Database.TextAsync($"SELECT content FROM openclaw_system.notifications WHERE message_id = 'device:{requestId}'"),
            Does.StartWith("test of the tests: it asks to be let in as operator with operator.read, from 192.0.2.7. To let it in, write: approve device " + requestId[..8]));
    }

    [Test]
    public async Task A_node_that_is_put_out_on_one_node_of_the_service_ends_on_the_others()
    {
        var device = new TestDevice();
        await ApproveAsync(device, Read);
        await using var beside = await RunningService.StartBesideAsync(_service, settings: ("REQUIRE_DEVICE", "true"));
        await using var open = await GatewayClient.OpenAsync(beside.Address, headers: ("X-Forwarded-For", "192.0.2.7"));
        await open.RequestAsync("connect", device.Connect(await open.ChallengeAsync(), ByToken, scopes: Read));
        await using var owner = await OwnerAsync();

        await owner.CallAsync("device.pair.remove", new JsonObject { ["deviceId"] = device.Id });

        Assert.That(await open.CloseAsync(), Is.EqualTo((4001, "device removed")));
    }

    [Test]
    public async Task The_bridge_of_another_host_waits_to_be_let_in_and_keeps_what_it_is_told()
    {
        var directory = Directory.CreateTempSubdirectory("openclaw-bridge-");
        var notifier = NSubstitute.Substitute.For<IPairingNotifier>();
        var bridge = await TestUpstream.StartAsync(new UriBuilder(_service.Address) { Scheme = "ws", Query = "from=elsewhere" }.Uri, RunningService.Token, directory: directory.FullName, notifier: notifier);
        await using var owner = await OwnerAsync();

        await Eventually.That(() => bridge.Status.State, Is.EqualTo(BridgeState.Pairing));
        var request = (await owner.CallAsync("device.pair.list"))["pending"]!.AsArray().Single(pending => (string?)pending!["clientId"] == "gateway-client")!;
        Assert.That(bridge.Status.Detail, Does.EndWith($"On its host, type: openclaw devices approve {request["requestId"]}"));
        await owner.CallAsync("device.pair.approve", new JsonObject { ["requestId"] = (string)request["requestId"]! });
        await Eventually.That(() => bridge.Status.State, Is.EqualTo(BridgeState.Connected));
        await bridge.StopAsync(default);
        bridge.Dispose();

        // The gateway's token is forgotten: the device's is enough.
        var without = await TestUpstream.StartAsync(new UriBuilder(_service.Address) { Scheme = "ws", Query = "from=elsewhere" }.Uri, token: null, directory: directory.FullName);
        await Eventually.That(() => without.Status.State, Is.EqualTo(BridgeState.Connected));
        await without.StopAsync(default);
        without.Dispose();
        directory.Delete(recursive: true);
    }

    private Task<GatewayClient> OwnerAsync() => OwnerAsync(_owners);

    private async Task<GatewayClient> OwnerAsync(TestDevice device)
    {
        var client = await GatewayClient.OpenAsync(_service.Address);
        var hello = await client.RequestAsync("connect", device.Connect(await client.ChallengeAsync(), ByToken, scopes: Admin));
        Assert.That((bool)hello["ok"]!, Is.True, hello.ToJsonString());
        return client;
    }

    private async Task ApproveAsync(TestDevice device, string[] scopes)
    {
        var requestId = (string)(await KnockAsync(device, scopes)).Error["details"]!["requestId"]!;
        await using var owner = await OwnerAsync();
        await owner.CallAsync("device.pair.approve", new JsonObject { ["requestId"] = requestId });
    }

    private async Task<(JsonNode Error, (int, string) Close)> KnockAsync(TestDevice device, string[] scopes)
    {
        await using var client = await GatewayClient.OpenAsync(_service.Address, headers: ("X-Forwarded-For", "192.0.2.7"));
        var answer = await client.RequestAsync("connect", device.Connect(await client.ChallengeAsync(), ByToken, scopes: scopes));
        Assert.That((bool)answer["ok"]!, Is.False, answer.ToJsonString());
        return (answer["error"]!, await client.CloseAsync());
    }

    private async Task<JsonNode> ComeInAsync(TestDevice device, JsonObject auth, string[] scopes)
    {
        await using var client = await GatewayClient.OpenAsync(_service.Address, headers: ("X-Forwarded-For", "192.0.2.7"));
        var hello = await client.RequestAsync("connect", device.Connect(await client.ChallengeAsync(), auth, scopes: scopes));
        Assert.That((bool)hello["ok"]!, Is.True, hello.ToJsonString());
        return hello["payload"]!["auth"]!;
    }

    private static async Task<string> SayAsync(GatewayClient client, string text) =>
        (string)(await client.CallAsync("commands.run", new JsonObject { ["text"] = text }))["answer"]!;

    private static string Code(string asked) => asked[asked.IndexOf("YES ", StringComparison.Ordinal)..];

    private static async Task PressAsync(HttpClient browser, SignInForm form, string action)
    {
        using var answer = await browser.PostAsync(action, new FormUrlEncodedContent([new(SignInForm.TokenField, await form.TokenAsync("/logout"))]));
        Assert.That((int)answer.StatusCode, Is.LessThan(400));
    }

    /// <summary>A bridge cannot say where it is: its address does.</summary>
    private sealed class BridgeFromElsewhere : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, following) =>
            {
                if (context.Request.Query["from"] == "elsewhere")
                {
                    context.Request.Headers["X-Forwarded-For"] = "198.51.100.9";
                }

                return following(context);
            });
            next(app);
        };
    }
}
