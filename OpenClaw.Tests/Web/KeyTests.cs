using System.Net;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using OpenClaw.Tests.Gateway.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Web;

/// <summary>Keys of programs: what each allows, how long, from where and how often, at every door.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed class KeyTests
{
    private RunningService _service = null!;

    [OneTimeSetUp]
    public async Task Start() => _service = await RunningService.StartAsync();

    [OneTimeTearDown]
    public async Task Stop() => await _service.DisposeAsync();

    [Test]
    public async Task A_key_is_shown_once_and_kept_as_a_hash()
    {
        var made = await MakeAsync("once", "read");

        var key = made.Text("key")!;
        Assert.That(key, Does.Match(@"^ock_[a-z0-9]{12}_[\w-]{43}$").And.Contain(made.Text("id")!));
        Assert.That((await _service.Api.GetStringAsync("/api/v1/keys")), Does.Contain("once").And.Not.Contain(key[^43..]));
        Assert.That(await _service.Database.TextAsync($"SELECT string_agg(k::text, ' ') FROM openclaw.api_keys k"), Does.Not.Contain(key[^43..]));
        Assert.That(await _service.Database.TextAsync($"SELECT action || ' ' || detail FROM openclaw.audit_log WHERE subject = 'key:{made.Text("id")}'"), Is.EqualTo("key.create once: read"));
    }

    [TestCase("read", "GET /api/v1/agents 200", "POST /api/v1/agents 403", "GET /api/v1/keys 403", "GET /metrics 403", "POST /hooks/wake 403", "GET /hangfire 403", "GET /dashboard/keys 403", "GET / 200")]
    [TestCase("write", "GET /api/v1/agents 200", "POST /api/v1/agents 422", "GET /api/v1/keys 403", "GET /metrics 403", "POST /hooks/wake 400", "GET /hangfire 403")]
    [TestCase("hooks", "GET /api/v1/agents 403", "POST /api/v1/agents 403", "POST /hooks/wake 400", "POST /messages 403", "GET /health 200")]
    [TestCase("metrics", "GET /metrics 200", "GET /api/v1/agents 403", "POST /v1/chat/completions 403")]
    [TestCase("runtime", "GET /api/v1/agents 403", "POST /api/v1/agents 403")]
    [TestCase("admin", "GET /api/v1/agents 200", "GET /api/v1/keys 200", "GET /metrics 200", "GET /hangfire 200", "GET /dashboard/keys 200")]
    public async Task A_key_may_do_what_its_scopes_say(string scope, params string[] requests)
    {
        using var client = Client((await MakeAsync($"scope {scope}", scope)).Text("key")!);
        foreach (var parts in requests.Select(request => request.Split(' ')))
        {
            var answer = await client.CallAsync(new HttpMethod(parts[0]), parts[1], parts[0] == "POST" ? new StringContent("{}", new MediaTypeHeaderValue("application/json")) : null, []);

            Assert.That((int)answer.Status, Is.EqualTo(int.Parse(parts[2])), $"{scope}: {string.Join(' ', parts)}");
            if (answer.Status is HttpStatusCode.Forbidden)
            {
                Assert.That(answer.Text("code"), Is.EqualTo("missing_scope"));
                Assert.That(answer.Text("detail"), Does.StartWith($"The key \"scope {scope}\" has not the scope "));
            }
        }
    }

    [Test]
    public async Task What_a_key_does_is_done_in_its_name()
    {
        using var client = Client((await MakeAsync("ci", "write")).Text("key")!);

        var agent = await client.ProvisionAsync("made by ci");

        Assert.That(await _service.Database.TextAsync($"SELECT DISTINCT actor FROM openclaw.audit_log WHERE subject = 'agent:{agent}'"), Is.EqualTo("key:ci"));
        Assert.That((await _service.Api.GetAsync($"/api/v1/agents/{agent}")).StatusCode, Is.EqualTo(HttpStatusCode.OK), "It is its owner's.");
        Assert.That(await _service.Database.TextAsync("SELECT last_used_from FROM openclaw.api_keys WHERE name = 'ci'"), Is.EqualTo("127.0.0.1"));
    }

    [Test]
    public async Task A_key_that_is_rotated_has_two_secrets_for_as_long_as_is_said()
    {
        var made = await MakeAsync("rotated", "read");
        var rotated = await _service.Api.PostAsync($"/api/v1/keys/{made.Text("id")}/rotate", new { overlap = "1h" });
        var again = await _service.Api.PostAsync($"/api/v1/keys/{made.Text("id")}/rotate", new { overlap = "0s" });

        Assert.That(new[] { made, rotated, again }.Select(one => one.Text("key")), Is.Unique);
        await Eventually.That(async () => new[] { await StatusAsync(made), await StatusAsync(rotated), await StatusAsync(again) }, Is.EqualTo(new[] { 401, 401, 200 }));
        var longer = await _service.Api.PostAsync($"/api/v1/keys/{made.Text("id")}/rotate");
        await Eventually.That(async () => new[] { await StatusAsync(again), await StatusAsync(longer) }, Is.EqualTo(new[] { 200, 200 }));
    }

    [Test]
    public async Task A_key_that_is_revoked_is_good_nowhere_within_a_second_and_its_connections_end()
    {
        await using var other = await RunningService.StartOnAsync(_service.Database);
        var made = await MakeAsync("ended", "write");
        using var elsewhere = Client(made.Text("key")!, other);
        Assert.That((await elsewhere.GetAsync("/api/v1/agents")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        await using var connection = await ConnectAsync(made.Text("key")!, ["operator.write"], service: other);

        var revoked = await _service.Api.DeleteAsync($"/api/v1/keys/{made.Text("id")}");
        await Eventually.That(async () => (int)(await elsewhere.GetAsync("/api/v1/agents")).StatusCode, Is.EqualTo(401), TimeSpan.FromSeconds(2));
        await connection.Ended.WaitAsync(TimeSpan.FromSeconds(5));

        Assert.That(revoked.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(connection.Closed, Is.EqualTo(((WebSocketCloseStatus?)WebSocketCloseStatus.PolicyViolation, "key revoked")));
        Assert.That((await elsewhere.GetJsonAsync("/api/v1/agents")).Text("detail"), Is.EqualTo("The key is revoked."));
        Assert.That((int)(await _service.Api.DeleteAsync($"/api/v1/keys/{made.Text("id")}")).StatusCode, Is.EqualTo(404));
    }

    [Test]
    public async Task A_key_ends_with_its_time_and_is_good_from_its_addresses_alone()
    {
        var ended = await MakeAsync("short", "read", expiresIn: "1h");
        await _service.Database.ExecuteAsync("UPDATE openclaw.api_keys SET expires_at = now() - interval '1 second' WHERE name = 'short'");
        var elsewhere = await MakeAsync("from afar", "read", addresses: ["10.0.0.0/8", "192.0.2.7"]);
        var here = await MakeAsync("from here", "read", addresses: ["127.0.0.0/8", "::1"]);

        Assert.That((await AskAsync(ended)).Text("detail"), Is.EqualTo("The key's time is over."));
        Assert.That((await AskAsync(elsewhere)).Text("detail"), Is.EqualTo("The key may not be used from this address."));
        Assert.That((await AskAsync(here)).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task A_key_sends_as_many_requests_a_minute_as_it_may_by_both_doors_together()
    {
        var made = await MakeAsync("paced", "read", limit: 5);
        using var client = Client(made.Text("key")!);
        await using var connection = await ConnectAsync(made.Text("key")!, ["operator.read"]);

        var statuses = new List<int>();
        for (var request = 0; request < 3; request++)
        {
            statuses.Add((int)(await client.GetAsync("/api/v1/agents")).StatusCode);
        }

        var frames = new List<JsonNode>();
        for (var request = 0; request < 4; request++)
        {
            frames.Add(await connection.RequestAsync("agents.list"));
        }

        var late = await client.GetJsonAsync("/api/v1/agents");
        Assert.That(statuses, Is.All.EqualTo(200));
        Assert.That(frames.Count(frame => (bool)frame["ok"]!), Is.InRange(2, 3));
        Assert.That(frames.Select(frame => (string?)frame["error"]?["details"]?["code"]), Does.Contain("RATE_LIMITED"));
        Assert.That((late.Status, late.Text("code")), Is.EqualTo((HttpStatusCode.TooManyRequests, "too_many_requests")));
        Assert.That(late.Response.Headers.RetryAfter!.Delta, Is.InRange(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60)));
    }

    [TestCase("read", "operator.admin operator.read operator.write", "operator.read")]
    [TestCase("write", "operator.admin operator.read operator.write operator.pairing", "operator.read operator.write operator.runtime")]
    [TestCase("runtime", "operator.write", "operator.runtime")]
    [TestCase("hooks", "operator.read", "")]
    [TestCase("admin", "operator.read operator.pairing", "operator.read operator.pairing")]
    public async Task The_gateway_grants_what_is_asked_for_and_the_key_has(string scope, string asked, string granted)
    {
        var made = await MakeAsync($"gateway {scope}", scope);
        await using var client = await GatewayClient.OpenAsync(_service.Address);

        var hello = await client.RequestAsync("connect", GatewayClient.Connect(asked.Split(' '), made.Text("key")));

        Assert.That(string.Join(' ', hello["payload"]!["auth"]!["scopes"]!.AsArray().Select(one => (string?)one).Order()), Is.EqualTo(string.Join(' ', granted.Split(' ').Order())));
    }

    [Test]
    public async Task An_inbox_belongs_to_the_key_that_came_for_it_first()
    {
        var (victim, thief) = (await MakeAsync("victim", "write"), await MakeAsync("thief", "write"));
        await using (await ConnectAsync(victim.Text("key")!, ["operator.write"], "inbox-1"))
        {
        }

        var refused = await RefusedAsync(thief.Text("key")!, "inbox-1");
        Assert.That((string?)refused["error"]!["details"]!["code"], Is.EqualTo("INSTANCE_TAKEN"));
        await _service.Api.PostAsync("/messages", new { to = "client:inbox-2", content = "for somebody with the service's token" });
        Assert.That((string?)(await RefusedAsync(thief.Text("key")!, "inbox-2"))["error"]!["details"]!["code"], Is.EqualTo("INSTANCE_TAKEN"), "Messages wait there for somebody else.");

        await _service.Api.DeleteAsync($"/api/v1/keys/{victim.Text("id")}");
        await using var heir = await ConnectAsync(thief.Text("key")!, ["operator.write"], "inbox-1");
    }

    [Test]
    public async Task A_key_for_one_agent_is_good_for_that_one_alone()
    {
        var (mine, other) = (await _service.Api.ProvisionAsync("mine"), await _service.Api.ProvisionAsync("not mine"));
        var made = await _service.Api.PostAsync("/api/v1/keys", new { name = "for one", scopes = new[] { "write" }, agents = new[] { mine } });
        using var client = Client(made.Text("key")!);

        var listed = (await client.GetJsonAsync("/api/v1/agents")).Body;
        Assert.That(listed.GetProperty("agents").EnumerateArray().Select(agent => agent.GetProperty("id").GetGuid()), Is.EqualTo(new[] { mine }));
        Assert.That((await client.PostAsync($"/api/v1/agents/{mine}/message", new { content = "hello" })).Status, Is.AnyOf(HttpStatusCode.OK, HttpStatusCode.Accepted));
        foreach (var (path, body) in new (string, object?)[] { ("message", new { content = "x" }), ("pause", null), ("heartbeat", null) })
        {
            Assert.That((await client.PostAsync($"/api/v1/agents/{other}/{path}", body)).Status, Is.EqualTo(HttpStatusCode.NotFound), path);
        }

        foreach (var path in new[] { "/api/v1/workflows", "/api/v1/notifications", "/", "/dashboard/agents" })
        {
            Assert.That((await client.GetJsonAsync(path)).Text("code"), Is.EqualTo("key_for_agents"), path);
        }

        Assert.That((await client.PostAsync("/api/v1/agents", new { name = "another", model = "local/echo" })).Text("code"), Is.EqualTo("key_for_agents"));
        await using var connection = await ConnectAsync(made.Text("key")!, ["operator.write"]);
        Assert.That((await connection.CallAsync("agents.list"))["agents"]!.AsArray(), Has.Count.EqualTo(1));
        Assert.That((string?)(await connection.RequestAsync("workflows.list"))["error"]!["details"]!["code"], Is.EqualTo("KEY_FOR_AGENTS"));
        Assert.That(
            (string?)(await connection.RequestAsync("chat.send", new JsonObject { ["sessionKey"] = "agent:not mine:main", ["message"] = "x", ["idempotencyKey"] = "k" }))["error"]!["details"]!["code"],
            Is.EqualTo("UNKNOWN_AGENT_ID"));
        await _service.Api.PostAsync($"/api/v1/agents/{other}/message", new { content = "swordfish" });
        Assert.That(connection.Received.Select(frame => frame.ToJsonString()), Has.None.Contains("swordfish"));
    }

    [TestCase("""{"scopes":["read"]}""", "name")]
    [TestCase("""{"name":" x","scopes":["read"]}""", "name")]
    [TestCase("""{"name":"a","scopes":[]}""", "scopes")]
    [TestCase("""{"name":"a","scopes":["root"]}""", "scopes")]
    [TestCase("""{"name":"a","scopes":["read"],"addresses":["nowhere"]}""", "addresses")]
    [TestCase("""{"name":"a","scopes":["read"],"requests_per_minute":0}""", "requests_per_minute")]
    [TestCase("""{"name":"a","scopes":["read"],"expires_at":"2020-01-01T00:00:00Z"}""", "expires_at")]
    [TestCase("""{"name":"a","scopes":["read"],"expires_in":"soon"}""", "expires_in")]
    [TestCase("""{"name":"a","scopes":["admin"],"agents":["0190d1c6-7a5b-7c3d-8e4f-5a6b7c8d9e0f"]}""", "agents")]
    public async Task What_no_key_can_be_is_said(string body, string field)
    {
        var answer = await _service.Api.PostTextAsync("/api/v1/keys", body);

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(answer.ErrorFields, Is.EqualTo(new[] { field }));
    }

    [Test]
    public async Task Two_keys_have_two_names_and_one_agent_that_is_not_there_makes_none()
    {
        await MakeAsync("twice", "read");

        Assert.That((await _service.Api.PostAsync("/api/v1/keys", new { name = "twice", scopes = new[] { "read" } })).Text("code"), Is.EqualTo("key_name_taken"));
        Assert.That((await _service.Api.PostAsync("/api/v1/keys", new { name = "lost", scopes = new[] { "read" }, agents = new[] { Guid.NewGuid() } })).Text("code"), Is.EqualTo("agent_not_found"));
    }

    private Task<Answer> AskAsync(Answer made)
    {
        var client = Client(made.Text("key")!);
        return client.GetJsonAsync("/api/v1/agents");
    }

    private async Task<int> StatusAsync(Answer made) => (int)(await AskAsync(made)).Status;

    private async Task<Answer> MakeAsync(string name, string scope, string? expiresIn = null, string[]? addresses = null, int? limit = null)
    {
        var made = await _service.Api.PostAsync("/api/v1/keys", new { name, scopes = new[] { scope }, expires_in = expiresIn, addresses, requests_per_minute = limit });
        Assert.That(made.Status, Is.EqualTo(HttpStatusCode.Created), made.Body.ToString());
        return made;
    }

    private HttpClient Client(string key, RunningService? service = null)
    {
        var client = (service ?? _service).Client();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    private async Task<GatewayClient> ConnectAsync(string key, string[] scopes, string? instance = null, RunningService? service = null)
    {
        var client = await GatewayClient.OpenAsync((service ?? _service).Address);
        var connect = GatewayClient.Connect(scopes, key);
        if (instance is not null)
        {
            connect["client"]!["instanceId"] = instance;
        }

        var hello = await client.RequestAsync("connect", connect);
        Assert.That((bool)hello["ok"]!, Is.True, hello.ToJsonString());
        return client;
    }

    private async Task<JsonNode> RefusedAsync(string key, string instance)
    {
        await using var client = await GatewayClient.OpenAsync(_service.Address);
        var connect = GatewayClient.Connect(["operator.write"], key);
        connect["client"]!["instanceId"] = instance;
        return await client.RequestAsync("connect", connect);
    }
}
