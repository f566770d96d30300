using System.Buffers.Text;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using OpenClaw.Tests.Gateway.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Gateway;

/// <summary>Devices that prove their key: let in by the token, told a token of their own, and put out again.</summary>
public sealed class DevicePairingTests : GatewayFixture
{
    private static readonly JsonObject ByToken = new() { ["token"] = RunningService.Token };
    private static readonly string[] Admin = ["operator.admin"];
    private static readonly string[] Read = ["operator.read"];

    [TestCase(2)]
    [TestCase(3)]
    public async Task A_device_that_shows_the_token_is_told_one_of_its_own_and_comes_in_by_that(int version)
    {
        var device = new TestDevice();

        var first = await HelloAsync(device, ByToken, Read, version);
        var again = await HelloAsync(device, ByToken, Read, version);
        var token = (string)first["deviceToken"]!;
        var asDeviceToken = await HelloAsync(device, new JsonObject { ["deviceToken"] = token }, Read, version);
        var asToken = await HelloAsync(device, new JsonObject { ["token"] = token }, Read, version);

        Assert.That(((string?)first["method"], (long)first["issuedAtMs"]! > 0), Is.EqualTo(("token", true)));
        Assert.That(new[] { again, asDeviceToken, asToken }.Select(auth => (string?)auth["deviceToken"]), Has.All.EqualTo(token), "one that it has lost is told again");
        Assert.That(new[] { asDeviceToken, asToken }.Select(auth => (string?)auth["method"]), Has.All.EqualTo("device-token"));
        Assert.That(await Service.Database.TextAsync($"SELECT (SELECT count(*) FROM openclaw.device_tokens WHERE device_id = '{device.Id}' AND length(hash) = 32)::text || (to_jsonb(t)::text LIKE '%{token}%') FROM openclaw.device_tokens t WHERE device_id = '{device.Id}'"), Is.EqualTo("1false"), "A hash is kept.");
    }

    [TestCase("nonce", "another", "DEVICE_AUTH_NONCE_MISMATCH")]
    [TestCase("nonce", " ", "DEVICE_AUTH_NONCE_REQUIRED")]
    [TestCase("signedAt", 1, "DEVICE_AUTH_SIGNATURE_EXPIRED")]
    [TestCase("id", "00", "DEVICE_AUTH_DEVICE_ID_MISMATCH")]
    [TestCase("signature", "AAAA", "DEVICE_AUTH_SIGNATURE_INVALID")]
    public async Task A_proof_that_does_not_hold_is_refused_whatever_token_is_shown(string member, object value, string code)
    {
        await using var client = await OpenAsync();
        var connect = new TestDevice().Connect(await client.ChallengeAsync(), ByToken, scopes: Read);
        connect["device"]![member] = JsonValue.Create(value);

        var error = (await client.RequestAsync("connect", connect))["error"]!;

        Assert.That(((string?)error["code"], (string?)error["details"]!["code"]), Is.EqualTo(("INVALID_REQUEST", code)));
        Assert.That(await client.CloseAsync(), Is.EqualTo((1008, (string)error["message"]!)));
    }

    [Test]
    public async Task Without_the_right_token_a_device_is_told_what_it_may_try()
    {
        var device = new TestDevice();
        var known = await HelloAsync(device, ByToken, Read);

        var wrong = await RefusalAsync(device, new JsonObject { ["token"] = "wrong" }, Read, ("cli", "cli"));
        var none = await RefusalAsync(device, [], Read);
        var notItsOwn = await RefusalAsync(new TestDevice(), new JsonObject { ["deviceToken"] = (string)known["deviceToken"]! }, Read);
        var more = await RefusalAsync(device, new JsonObject { ["deviceToken"] = (string)known["deviceToken"]! }, Admin);

        Assert.That((string?)wrong["message"], Is.EqualTo("unauthorized: gateway token mismatch (use this gateway's gateway.auth.token or pair the device)"));
        Assert.That(wrong["details"]!.ToJsonString(), Is.EqualTo("""{"code":"AUTH_TOKEN_MISMATCH","authReason":"token_mismatch","canRetryWithDeviceToken":true,"recommendedNextStep":"retry_with_device_token"}"""));
        Assert.That(new[] { none, notItsOwn, more }.Select(error => (string?)error["details"]!["code"]), Is.EqualTo(new[] { "AUTH_TOKEN_MISSING", "AUTH_DEVICE_TOKEN_MISMATCH", "AUTH_SCOPE_MISMATCH" }));
    }

    [Test]
    public async Task The_gateways_own_program_on_this_machine_leaves_no_device_behind()
    {
        var device = new TestDevice();
        await using var client = await OpenAsync();

        var hello = await client.RequestAsync("connect", device.Connect(await client.ChallengeAsync(), ByToken, scopes: Admin, client: ("gateway-client", "backend")));

        Assert.That((string?)hello["payload"]!["auth"]!["deviceToken"], Is.Null);
        Assert.That((await client.CallAsync("device.pair.list"))["paired"]!.AsArray().Select(paired => (string?)paired!["deviceId"]), Has.None.EqualTo(device.Id));
    }

    [Test]
    public async Task A_rotated_token_ends_the_connections_of_the_old_one_and_is_told_to_the_device_alone()
    {
        var device = new TestDevice();
        var old = (string)(await HelloAsync(device, ByToken, Admin))["deviceToken"]!;
        await using var open = await ConnectAsync(device, ByToken, Admin);
        await using var admin = await ConnectAsync();

        var withheld = await admin.CallAsync("device.token.rotate", Role(device));
        Assert.That(await open.CloseAsync(), Is.EqualTo((4001, "device removed")));
        Assert.That((await RefusalAsync(device, new JsonObject { ["deviceToken"] = old }, Read))["details"]!["code"]!.ToString(), Is.EqualTo("AUTH_DEVICE_TOKEN_MISMATCH"));
        var fetched = (string)(await HelloAsync(device, ByToken, Admin))["deviceToken"]!;
        await using var self = await ConnectAsync(device, new JsonObject { ["deviceToken"] = fetched }, Admin);
        var told = await self.CallAsync("device.token.rotate", Role(device));

        Assert.That(((string?)withheld["token"], (string?)withheld["tokenDelivery"]), Is.EqualTo(((string?)null, "withheld-cross-device")));
        Assert.That(((string?)told["tokenDelivery"], (string?)told["token"] is { } token && token != fetched), Is.EqualTo(("in-band", true)));
        Assert.That((await self.CloseAsync()).Code, Is.EqualTo(4001), "It is answered before it ends.");
        Assert.That((string?)(await HelloAsync(device, new JsonObject { ["deviceToken"] = (string)told["token"]! }, Admin))["method"], Is.EqualTo("device-token"));
    }

    [Test]
    public async Task A_revoked_token_and_a_removed_device_are_out_at_once()
    {
        var (device, other) = (new TestDevice(), new TestDevice());
        var token = (string)(await HelloAsync(device, ByToken, Read))["deviceToken"]!;
        await using var open = await ConnectAsync(device, ByToken, Read);
        await using var bystander = await ConnectAsync(other, ByToken, Read);
        await using var admin = await ConnectAsync();

        var revoked = await admin.CallAsync("device.token.revoke", Role(device));
        Assert.That((await open.CloseAsync()).Code, Is.EqualTo(4001));
        Assert.That((string?)(await RefusalAsync(device, new JsonObject { ["deviceToken"] = token }, Read))["details"]!["code"], Is.EqualTo("AUTH_DEVICE_TOKEN_MISMATCH"));
        await using var back = await ConnectAsync(device, ByToken, Read);
        var removed = await admin.CallAsync("device.pair.remove", new JsonObject { ["deviceId"] = device.Id });

        Assert.That((await back.CloseAsync()).Code, Is.EqualTo(4001));
        Assert.That(((long)revoked["revokedAtMs"]! > 0, (string?)removed["deviceId"]), Is.EqualTo((true, device.Id)));
        Assert.That((bool)(await bystander.CallAsync("health"))["ok"]!, Is.True, "Others are not concerned.");
    }

    [TestCase("device.pair.approve", "requestId", "unknown requestId")]
    [TestCase("device.pair.reject", "requestId", "unknown requestId")]
    [TestCase("device.pair.remove", "deviceId", "unknown deviceId")]
    [TestCase("node.pair.approve", "requestId", "unknown requestId")]
    [TestCase("node.pair.reject", "requestId", "unknown requestId")]
    [TestCase("node.pair.remove", "nodeId", "unknown nodeId")]
    [TestCase("node.describe", "nodeId", "unknown nodeId")]
    public async Task What_is_not_there_is_called_so_in_the_real_gateways_words(string method, string member, string words)
    {
        await using var client = await ConnectAsync();

        var error = (await client.RequestAsync(method, new JsonObject { [member] = "nosuch" }))["error"]!;

        Assert.That(((string?)error["code"], (string?)error["message"]), Is.EqualTo(("INVALID_REQUEST", words)));
    }

    [TestCase("device.token.rotate", "device token rotation denied")]
    [TestCase("device.token.revoke", "device token revocation denied")]
    public async Task A_token_that_is_not_there_is_denied(string method, string words)
    {
        await using var client = await ConnectAsync();

        Assert.That((string?)(await client.RequestAsync(method, new JsonObject { ["deviceId"] = "nosuch", ["role"] = "operator" }))["error"]!["message"], Is.EqualTo(words));
    }

    [Test]
    public async Task A_device_that_is_no_admin_sees_and_manages_itself_alone()
    {
        string[] scopes = ["operator.read", "operator.pairing"];
        var (device, other) = (new TestDevice(), new TestDevice());
        await HelloAsync(other, ByToken, Read);
        var token = (string)(await HelloAsync(device, ByToken, scopes))["deviceToken"]!;
        await using var client = await ConnectAsync(device, new JsonObject { ["deviceToken"] = token }, scopes);

        var list = await client.CallAsync("device.pair.list");
        var denied = await client.RequestAsync("device.pair.remove", new JsonObject { ["deviceId"] = other.Id });

        Assert.That(list["paired"]!.AsArray().Select(paired => (string?)paired!["deviceId"]), Is.EqualTo(new[] { device.Id }));
        Assert.That(list["paired"]![0]!["tokens"]![0]!["scopes"]!.AsArray().Select(scope => (string?)scope), Is.EqualTo(new[] { "operator.pairing", "operator.read" }));
        Assert.That((string?)denied["error"]!["message"], Is.EqualTo("device pairing removal denied"));
    }

    [Test]
    public async Task A_name_of_its_owners_is_kept()
    {
        var device = new TestDevice();
        await HelloAsync(device, ByToken, Read);
        await using var client = await ConnectAsync();

        await client.CallAsync("device.pair.rename", new JsonObject { ["deviceId"] = device.Id, ["label"] = " Ada's laptop " });

        var paired = (await client.CallAsync("device.pair.list"))["paired"]!.AsArray().Single(one => (string?)one!["deviceId"] == device.Id)!;
        Assert.That(((string?)paired["operatorLabel"], (bool)paired["connected"]!, (string?)paired["approvedVia"]), Is.EqualTo(("Ada's laptop", false, "silent")));
    }

    [Test]
    public async Task Several_processes_of_a_new_device_come_in_at_once_with_one_token()
    {
        var device = new TestDevice();

        var hellos = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => HelloAsync(device, ByToken, Read)));

        Assert.That(hellos.Select(auth => (string?)auth["deviceToken"]).Distinct().Count(), Is.EqualTo(1));
    }

    [TestCase("{}", "Gateway is only bound to loopback.")]
    [TestCase("""{"publicUrl":"ws://192.168.0.7:18789","joinUrl":true}""", "This gateway has no join pages")]
    [TestCase("""{"publicUrl":"ws://192.168.0.7:18789","includeQr":true}""", "This gateway draws no QR codes")]
    [TestCase("""{"publicUrl":"ws://someone@192.168.0.7:18789"}""", "Configured publicUrl is invalid.")]
    [TestCase("""{"publicUrl":"ws://gateway.example:18789"}""", "Public mobile pairing requires a secure gateway URL")]
    [TestCase("""{"publicUrl":"wss://gateway.example","bootstrapProfile":"voice-node"}""", "invalid device.pair.setupCode params: at /bootstrapProfile")]
    public async Task A_setup_code_that_nobody_could_use_is_not_made(string parameters, string words)
    {
        await using var client = await ConnectAsync();

        Assert.That((string?)(await client.RequestAsync("device.pair.setupCode", JsonNode.Parse(parameters)))["error"]!["message"], Does.StartWith(words));
    }

    [TestCase("wss://gateway.example/claw/", "wss://gateway.example/claw", "full")]
    [TestCase("https://gateway.example", "wss://gateway.example", "full")]
    [TestCase("ws://192.168.0.7:18789", "ws://192.168.0.7:18789", "limited")]
    [TestCase("ws://[fd00::7]:18789", "ws://[fd00::7]:18789", "limited")]
    public async Task A_code_that_others_could_read_on_its_way_makes_nobody_an_admin(string url, string told, string access)
    {
        await using var client = await ConnectAsync();

        var made = await client.CallAsync("device.pair.setupCode", new JsonObject { ["publicUrl"] = url });

        Assert.That(((string?)made["gatewayUrl"], (string?)made["access"], (bool?)made["accessDowngraded"]), Is.EqualTo((told, access, access == "full" ? null : (bool?)true)));
    }

    [Test]
    public async Task Of_two_devices_that_show_a_setup_code_at_once_one_comes_in_and_none_for_what_the_code_is_not_for()
    {
        await using var client = await ConnectAsync();
        var auth = new JsonObject { ["bootstrapToken"] = await CodeAsync(client, "node") };

        await using var greedy = await OpenAsync();
        var refused = await greedy.RequestAsync("connect", new TestDevice().Connect(await greedy.ChallengeAsync(), auth, scopes: Read));
        var hellos = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            await using var node = await OpenAsync();
            return (bool)(await node.RequestAsync("connect", new TestDevice().Connect(await node.ChallengeAsync(), auth, "node")))["ok"]!;
        }));

        Assert.That((string?)refused["error"]!["details"]!["code"], Is.EqualTo("AUTH_BOOTSTRAP_TOKEN_INVALID"));
        Assert.That(hellos, Has.Exactly(1).True);
    }

    [Test]
    public async Task Who_was_revoked_gets_nothing_more_of_what_was_approved()
    {
        var device = new TestDevice();
        await using var owner = await ConnectAsync();
        await using var client = await ConnectAsync(device, ByToken, Read);
        var asked = await client.CallAsync("device.scopes.requestUpgrade", new JsonObject { ["scopes"] = new JsonArray("operator.read", "operator.write") });
        await owner.CallAsync("device.pair.approve", asked);

        await owner.CallAsync("device.token.revoke", Role(device));

        string? told = null;
        try
        {
            told = (string?)(await client.RequestAsync("device.scopes.waitUpgrade", asked))["payload"]?["deviceToken"];
        }
        catch (Exception exception) when (exception is InvalidOperationException or WebSocketException)
        {
            // Its connection ended before it could ask.
        }

        Assert.That(told, Is.Null);
    }

    private static async Task<string> CodeAsync(GatewayClient client, string profile)
    {
        var made = await client.CallAsync("device.pair.setupCode", new JsonObject { ["publicUrl"] = "ws://127.0.0.1:18789", ["bootstrapProfile"] = profile });
        return (string)JsonNode.Parse(Base64Url.DecodeFromChars((string)made["setupCode"]!))!["bootstrapToken"]!;
    }

    private static JsonObject Role(TestDevice device) => new() { ["deviceId"] = device.Id, ["role"] = TestDevice.Operator };

    private async Task<GatewayClient> ConnectAsync(TestDevice device, JsonObject auth, string[] scopes)
    {
        var client = await OpenAsync();
        var hello = await client.RequestAsync("connect", device.Connect(await client.ChallengeAsync(), auth, scopes: scopes));
        Assert.That((bool)hello["ok"]!, Is.True, hello.ToJsonString());
        return client;
    }

    private async Task<JsonNode> HelloAsync(TestDevice device, JsonObject auth, string[] scopes, int version = 3)
    {
        await using var client = await OpenAsync();
        var hello = await client.RequestAsync("connect", device.Connect(await client.ChallengeAsync(), auth, scopes: scopes, version: version));
        Assert.That((bool)hello["ok"]!, Is.True, hello.ToJsonString());
        return hello["payload"]!["auth"]!;
    }

    private async Task<JsonNode> RefusalAsync(TestDevice device, JsonObject auth, string[] scopes, (string Id, string Mode)? client = null)
    {
        await using var stranger = await OpenAsync();
        return (await stranger.RequestAsync("connect", device.Connect(await stranger.ChallengeAsync(), auth, scopes: scopes, client: client)))["error"]!;
    }
}
