using System.Text.Json.Nodes;
using OpenClaw.Tests.Gateway.Support;

namespace OpenClaw.Tests.Gateway;

/// <summary>How a connection begins, and how it is refused: the answers and close codes are those of the real gateway.</summary>
public sealed class HandshakeTests : GatewayFixture
{
    private static readonly string[] Read = ["operator.read"];

    [TestCase("/")]
    [TestCase("/ws")]
    public async Task The_challenge_comes_first_and_connect_is_answered_with_hello(string path)
    {
        await using var client = await OpenAsync(path);

        var hello = await client.RequestAsync("connect", GatewayClient.Connect(Read));

        var challenge = client.Received.First();
        Assert.That((string?)challenge["event"], Is.EqualTo("connect.challenge"));
        Assert.That((long)challenge["payload"]!["ts"]!, Is.Positive);
        Assert.That((string?)challenge["payload"]!["nonce"], Is.Not.Empty);
        Assert.That(challenge["seq"], Is.Null);
        var payload = hello["payload"]!.AsObject();
        Assert.That(payload.Select(member => member.Key), Is.EquivalentTo(new[] { "type", "protocol", "server", "features", "snapshot", "auth", "policy" }));
        Assert.That(((string?)payload["type"], (int)payload["protocol"]!), Is.EqualTo(("hello-ok", 4)));
        Assert.That(payload["auth"]!["scopes"]!.AsArray().Select(scope => (string)scope!), Is.EqualTo(Read));
        Assert.That(payload["features"]!["methods"]!.AsArray().Select(method => (string)method!), Is.SupersetOf(new[]
        {
            "health", "status", "agents.list", "agent", "agent.wait", "chat.send", "chat.history", "chat.abort", "sessions.list", "sessions.describe", "sessions.subscribe",
            "sessions.messages.subscribe", "sessions.messages.unsubscribe", "system-presence", "channels.status", "last-heartbeat", "config.get",
        }));
        Assert.That(client.Received.Select(frame => frame.ToJsonString()), Has.None.Contains(":null"));
    }

    [TestCase(3, 3, 3)]
    [TestCase(3, 4, 4)]
    [TestCase(4, 9, 4)]
    [TestCase(1, 3, 3)]
    public async Task Versions_three_and_four_are_spoken(int min, int max, int spoken)
    {
        await using var client = await OpenAsync();

        var hello = await client.RequestAsync("connect", GatewayClient.Connect(Read, min: min, max: max));

        Assert.That((int)hello["payload"]!["protocol"]!, Is.EqualTo(spoken));
    }

    [Test]
    public async Task Other_versions_are_refused_with_1002()
    {
        await using var client = await OpenAsync();

        var refusal = await client.RequestAsync("connect", GatewayClient.Connect(Read, min: 5, max: 6));

        Assert.That((string?)refusal["error"]!["details"]!["code"], Is.EqualTo("PROTOCOL_MISMATCH"));
        Assert.That(await client.CloseAsync(), Is.EqualTo((1002, "protocol mismatch")));
    }

    [TestCase("token", "wrong", "INVALID_REQUEST", "AUTH_TOKEN_MISMATCH", "unauthorized: gateway token mismatch (provide gateway auth token)")]
    [TestCase("password", "wrong", "INVALID_REQUEST", "AUTH_TOKEN_MISMATCH", "unauthorized: gateway token mismatch (provide gateway auth token)")]
    [TestCase("deviceToken", "wrong", "INVALID_REQUEST", "AUTH_TOKEN_MISMATCH", "unauthorized: gateway token mismatch (provide gateway auth token)")]
    [TestCase("token", "", "NOT_PAIRED", "DEVICE_IDENTITY_REQUIRED", "device identity required")]
    [TestCase("other", "x", "NOT_PAIRED", "DEVICE_IDENTITY_REQUIRED", "device identity required")]
    public async Task Without_the_token_nobody_comes_in(string kind, string secret, string code, string detail, string words)
    {
        await using var client = await OpenAsync();
        var connect = GatewayClient.Connect(Read, token: null);
        connect["auth"] = new JsonObject { [kind] = secret };

        var error = (await client.RequestAsync("connect", connect))["error"]!;

        Assert.That(((string?)error["code"], (string?)error["details"]!["code"]), Is.EqualTo((code, detail)));
        Assert.That(await client.CloseAsync(), Is.EqualTo((1008, words)));
    }

    [Test]
    public async Task A_wrong_token_says_what_a_program_may_do_about_it()
    {
        await using var client = await OpenAsync();

        var details = (await client.RequestAsync("connect", GatewayClient.Connect(Read, "wrong")))["error"]!["details"]!;

        Assert.That(details.ToJsonString(), Is.EqualTo("""{"code":"AUTH_TOKEN_MISMATCH","authReason":"token_mismatch","canRetryWithDeviceToken":false,"recommendedNextStep":"update_auth_credentials"}"""));
    }

    [TestCase("openclaw-control-ui", null, false)]
    [TestCase("openclaw-control-ui", "http://localhost:5173", true)]
    [TestCase("cli", null, true)]
    public async Task A_page_comes_in_from_here_alone(string id, string? origin, bool comesIn)
    {
        await using var client = await GatewayClient.OpenAsync(Service.Address, headers: origin is null ? [] : [("Origin", origin)]);
        var connect = GatewayClient.Connect(Read);
        connect["client"]!["id"] = id;

        var answer = await client.RequestAsync("connect", connect);

        Assert.That(((bool)answer["ok"]!, (string?)answer["error"]?["details"]!["code"]), Is.EqualTo((comesIn, comesIn ? null : "CONTROL_UI_ORIGIN_NOT_ALLOWED")));
    }

    [TestCase("https://elsewhere.example")]
    [TestCase("null")]
    public void A_foreign_page_gets_no_socket(string origin) =>
        Assert.That(() => GatewayClient.OpenAsync(Service.Address, headers: [("Origin", origin)]), Throws.InstanceOf<System.Net.WebSockets.WebSocketException>().With.Message.Contains("403"));

    [Test]
    public async Task A_probe_is_told_the_newest_version_whatever_it_speaks()
    {
        await using var client = await OpenAsync();
        var connect = GatewayClient.Connect(Read, min: 3, max: 3);
        connect["client"]!["mode"] = "probe";

        Assert.That((int)(await client.RequestAsync("connect", connect))["payload"]!["protocol"]!, Is.EqualTo(4));
    }

    [TestCase("""{"type":"connect"}""")]
    [TestCase("""{"type":"req","method":"connect"}""")]
    [TestCase("""[1]""")]
    [TestCase("5")]
    public async Task A_first_frame_that_is_json_and_no_request_is_told_so(string frame)
    {
        await using var client = await OpenAsync();

        await client.SendAsync(frame);

        Assert.That(await client.CloseAsync(), Is.EqualTo((1008, "invalid request frame")));
    }

    [Test]
    public async Task The_token_may_come_as_password()
    {
        await using var client = await OpenAsync();
        var connect = GatewayClient.Connect(Read, token: null);
        connect["auth"] = new JsonObject { ["password"] = Web.Support.RunningService.Token };

        Assert.That((bool?)(await client.RequestAsync("connect", connect))["ok"], Is.True);
    }

    [Test]
    public async Task Anything_but_connect_first_is_refused()
    {
        await using var client = await OpenAsync();

        var refusal = await client.RequestAsync("health");

        Assert.That((string?)refusal["error"]!["message"], Is.EqualTo("invalid handshake: first request must be connect"));
        Assert.That(await client.CloseAsync(), Is.EqualTo((1008, "invalid handshake: first request must be connect")));
    }

    [TestCase("""{"minProtocol":3,"maxProtocol":4}""", "must have required property 'client'")]
    [TestCase("""{"minProtocol":3,"maxProtocol":4,"surprise":1}""", "unexpected property 'surprise'")]
    [TestCase("""{"minProtocol":3,"maxProtocol":4,"client":{"id":"me","version":"1","platform":"x","mode":"cli"}}""", "at /client/id: must be equal to one of the allowed values")]
    [TestCase("""{"minProtocol":3,"maxProtocol":4,"role":null,"client":{"id":"cli","version":"1","platform":"x","mode":"cli"}}""", "at /role: must be string")]
    public async Task A_connect_that_is_none_says_what_is_wrong(string connect, string problem)
    {
        await using var client = await OpenAsync();

        var refusal = await client.RequestAsync("connect", JsonNode.Parse(connect));

        Assert.That((string?)refusal["error"]!["message"], Does.StartWith("invalid connect params: ").And.Contain(problem));
        Assert.That((await client.CloseAsync()).Code, Is.EqualTo(1008));
    }

    [Test]
    public async Task A_first_frame_that_is_no_json_ends_the_connection_without_a_word()
    {
        await using var client = await OpenAsync();

        await client.SendAsync("hello?");

        Assert.That(await client.CloseAsync(), Is.EqualTo((1000, "")));
    }

    [Test]
    public async Task Before_connect_a_frame_may_have_64_KiB()
    {
        await using var client = await OpenAsync();

        await client.SendAsync(new string(' ', 70_000));

        Assert.That((await client.CloseAsync()).Code, Is.EqualTo(1009));
    }

    [Test]
    public async Task A_second_connect_is_refused_and_the_connection_stays()
    {
        await using var client = await ConnectAsync();

        var refusal = await client.RequestAsync("connect", GatewayClient.Connect(Read));

        Assert.That((string?)refusal["error"]!["message"], Is.EqualTo("connect is only valid as the first request"));
        Assert.That((bool)(await client.CallAsync("health"))["ok"]!, Is.True);
    }

    [Test]
    public async Task A_plain_request_to_the_root_still_shows_the_dashboard()
    {
        using var browser = Service.Client();

        using var answer = await browser.GetAsync("/");

        Assert.That(answer.StatusCode, Is.EqualTo(System.Net.HttpStatusCode.Unauthorized), "a program");
        browser.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        using var form = await browser.GetAsync("/");
        Assert.That((form.StatusCode, form.Headers.Location?.ToString()), Is.EqualTo((System.Net.HttpStatusCode.Redirect, "/login?returnUrl=%2F")), "a person");
    }
}
