using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;
using OpenClaw.Web.Gateway.Connections;
using GatewayClient = OpenClaw.Tests.Gateway.Support.GatewayClient;

namespace OpenClaw.Tests.Web;

/// <summary>How much a stranger's address and a key may ask, by whichever door, and that nobody is locked out by what others ask.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed class RequestLimitTests
{
    private const int Strangers = 20;
    private const int OfKey = 12;
    private const int AtOnce = 2;

    private RunningService _service = null!;

    [OneTimeSetUp]
    public async Task Start() => _service = await RunningService.StartAsync(
        services => services.AddSingleton(new GatewayLimits { StrangerPenance = TimeSpan.FromMilliseconds(10), MaxRefused = 5 }), null,
        ("STRANGER_REQUESTS_PER_MINUTE", $"{Strangers}"), ("KEY_REQUESTS_PER_MINUTE", $"{OfKey}"), ("KEY_REQUESTS_AT_ONCE", $"{AtOnce}"));

    [OneTimeTearDown]
    public async Task Stop() => await _service.DisposeAsync();

    [Test]
    public async Task A_stranger_who_asks_too_much_is_told_to_wait_and_the_token_from_the_same_address_is_let_in()
    {
        using var stranger = From("198.51.100.1");
        var refused = await FloodAsync(stranger, "/api/v1/agents");

        Assert.That((refused.Text("code"), refused.Response.Content.Headers.ContentType!.MediaType), Is.EqualTo(("too_many_requests", "application/problem+json")));
        Assert.That(refused.Response.Headers.RetryAfter!.Delta, Is.InRange(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60)));
        foreach (var path in new[] { "/mcp", "/hooks/wake", "/v1/chat/completions", "/messages", "/no/such/place" })
        {
            Assert.That((await stranger.PostAsync(path, new { })).Status, Is.EqualTo(HttpStatusCode.TooManyRequests), path);
        }

        using var owner = From("198.51.100.1", RunningService.Token);
        using var other = From("198.51.100.2");
        Assert.That((await owner.GetJsonAsync("/api/v1/agents")).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await other.GetJsonAsync("/api/v1/agents")).Status, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task Probes_and_the_way_to_sign_in_stay_open_where_strangers_ask_too_much()
    {
        using (var stranger = From("198.51.100.3"))
        {
            await FloodAsync(stranger, "/api/v1/agents");
            Assert.That((await stranger.GetAsync("/healthz")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That((await stranger.GetAsync("/readyz")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
            for (var form = 0; form < 3; form++)
            {
                var sent = await stranger.PostAsync("/login", new FormUrlEncodedContent([new("token", "guess")]));
                Assert.That((sent.StatusCode, sent.Headers.RetryAfter?.Delta > TimeSpan.Zero), Is.EqualTo((HttpStatusCode.TooManyRequests, true)));
            }
        }

        using var browser = _service.Browser();
        browser.DefaultRequestHeaders.TryAddWithoutValidation("X-Forwarded-For", "198.51.100.3");
        Assert.That((await browser.GetAsync("/")).StatusCode, Is.EqualTo(HttpStatusCode.Found));
        Assert.That((await new SignInForm(browser).SignInAsync(RunningService.Token)).StatusCode, Is.EqualTo(HttpStatusCode.Found));
        Assert.That((await browser.GetAsync("/")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Connections_that_are_refused_again_and_again_are_told_to_wait_and_the_token_comes_in()
    {
        var refusals = new List<JsonNode>();
        for (var attempt = 0; attempt <= Strangers + 3; attempt++)
        {
            refusals.Add(await RefusedAsync("""{"type":"req","id":"x","method":"health","params":{}}"""));
        }

        Assert.That((string?)refusals[0]["error"]!["message"], Is.EqualTo("invalid handshake: first request must be connect"));
        Assert.That((string?)refusals[^1]["error"]!["details"]!["code"], Is.EqualTo("AUTH_RATE_LIMITED"));
        Assert.That((int)refusals[^1]["error"]!["retryAfterMs"]!, Is.GreaterThan(0));
        await using var owner = await OpenAsync("198.51.100.4");
        Assert.That((bool?)(await owner.RequestAsync("connect", GatewayClient.Connect(["operator.read"])))["ok"], Is.True);

        async Task<JsonNode> RefusedAsync(string frame)
        {
            await using var stranger = await OpenAsync("198.51.100.4");
            await stranger.SendAsync(frame);
            var refusal = await stranger.AnswerAsync("x");
            Assert.That((await stranger.CloseAsync()).Code, Is.EqualTo(1008));
            return refusal;
        }
    }

    [Test]
    public async Task A_key_without_a_pace_of_its_own_has_the_default_and_no_other_key_and_not_the_token_are_concerned()
    {
        var (busy, calm) = (await KeyAsync("busy"), await KeyAsync("calm"));
        using var client = From("198.51.100.5", busy);
        var refused = await FloodAsync(client, "/api/v1/agents?limit=1");

        Assert.That(refused.Text("detail"), Does.StartWith($"Too many requests: the key \"busy\" may send {OfKey} requests a minute. Try again in "));
        Assert.That(refused.Response.Headers.RetryAfter!.Delta, Is.InRange(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60)));
        using var other = From("198.51.100.5", calm);
        Assert.That((await other.GetJsonAsync("/api/v1/agents")).Status, Is.EqualTo(HttpStatusCode.OK));
        for (var request = 0; request < 3 * OfKey; request++)
        {
            Assert.That((await _service.Api.GetAsync("/api/v1/agents?limit=1")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        }
    }

    [Test]
    public async Task Frames_of_a_key_count_whatever_is_in_them_and_who_goes_on_is_sent_away()
    {
        await using var client = await OpenAsync("198.51.100.6");
        Assert.That((bool?)(await client.RequestAsync("connect", GatewayClient.Connect(["operator.read"], await KeyAsync("going on"))))["ok"], Is.True);

        for (var frame = 0; frame < OfKey / 3; frame++)
        {
            await client.SendAsync("no JSON");
            await client.SendAsync($$$"""{"type":"req","id":"unknown{{{frame}}}","method":"no.such.method","params":{}}""");
            await client.SendAsync($$"""{"type":"req","id":"odd{{frame}}","method":"health","surprise":1}""");
        }

        var refused = await client.RequestAsync("health");
        Assert.That((string?)refused["error"]!["details"]!["code"], Is.EqualTo("RATE_LIMITED"));
        Assert.That((int)refused["error"]!["retryAfterMs"]!, Is.GreaterThan(0));
        for (var frame = 0; frame < 6; frame++)
        {
            await client.SendAsync($$$"""{"type":"req","id":"more{{{frame}}}","method":"health","params":{}}""");
        }

        Assert.That(await client.CloseAsync(), Is.EqualTo((1008, "rate limited")));
    }

    [Test]
    public async Task What_waits_for_a_key_is_bounded_by_all_doors_together_and_comes_free_again()
    {
        await _service.Api.CarryOutAsync("/api/v1/agents/provision", new { name = "unserved", model = "session/x", heartbeat = new { enabled = false } });
        var key = await KeyAsync("waiting", 1_000);
        using var client = From("198.51.100.7", key);
        await using var connection = await OpenAsync("198.51.100.7");
        Assert.That((bool?)(await connection.RequestAsync("connect", GatewayClient.Connect(["operator.write"], key)))["ok"], Is.True);
        using var hangUp = new CancellationTokenSource();

        var turn = client.PostAsync("/v1/chat/completions", JsonContent("""{"model":"openclaw/unserved","messages":[{"role":"user","content":"hello"}]}"""), hangUp.Token);
        await connection.SendAsync("""{"type":"req","id":"run","method":"agent","params":{"message":"go","agentId":"unserved","idempotencyKey":"waits-1"}}""");
        // Asking takes a place, too: it must not come before the two.
        await Eventually.That(() => _service.Database.TextAsync("SELECT count(*) FROM openclaw_system.notifications WHERE content IN ('hello', 'go')"), Is.EqualTo("2"));
        await Eventually.That(async () => (await client.GetJsonAsync("/api/v1/agents")).Status, Is.EqualTo(HttpStatusCode.TooManyRequests));
        var (late, frame) = (await client.GetJsonAsync("/api/v1/agents"), await connection.RequestAsync("health"));

        Assert.That(late.Text("detail"), Does.StartWith($"Too many requests: the key \"waiting\" may have {AtOnce} requests under way at a time."));
        Assert.That(late.Response.Headers.RetryAfter!.Delta, Is.EqualTo(TimeSpan.FromSeconds(1)));
        Assert.That((string?)frame["error"]!["details"]!["code"], Is.EqualTo("RATE_LIMITED"));
        Assert.That((await _service.Api.GetAsync("/api/v1/agents")).StatusCode, Is.EqualTo(HttpStatusCode.OK), "The token is not bounded.");
        await hangUp.CancelAsync();
        Assert.That(() => turn, Throws.InstanceOf<OperationCanceledException>());
        await Eventually.That(async () => (await client.GetJsonAsync("/api/v1/agents")).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [TestCase("STRANGER_REQUESTS_PER_MINUTE")]
    [TestCase("KEY_REQUESTS_PER_MINUTE")]
    [TestCase("KEY_REQUESTS_AT_ONCE")]
    public async Task Zero_is_no_limit(string setting)
    {
        await using var service = await RunningService.StartOnAsync(_service.Database, (setting, "0"));
        using var client = service.Client();
        client.DefaultRequestHeaders.Authorization = setting.StartsWith("KEY", StringComparison.Ordinal) ? new AuthenticationHeaderValue("Bearer", await KeyAsync(setting)) : null;

        for (var request = 0; request < 700; request++)
        {
            Assert.That((await client.GetAsync("/api/v1/agents?limit=1")).StatusCode, Is.Not.EqualTo(HttpStatusCode.TooManyRequests));
        }
    }

    private static StringContent JsonContent(string body) => new(body, new MediaTypeHeaderValue("application/json"));

    // Until it is refused, which it must be.
    private static async Task<Answer> FloodAsync(HttpClient client, string path)
    {
        for (var request = 0; request <= Strangers + 5; request++)
        {
            var answer = await client.GetJsonAsync(path);
            if (answer.Status is HttpStatusCode.TooManyRequests)
            {
                Assert.That(request, Is.InRange(Math.Min(Strangers, OfKey), Strangers + 4));
                return answer;
            }
        }

        throw new AssertionException($"{path} was never refused.");
    }

    private HttpClient From(string address, string? token = null)
    {
        var client = _service.Client();
        client.DefaultRequestHeaders.TryAddWithoutValidation("X-Forwarded-For", address);
        client.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    private Task<GatewayClient> OpenAsync(string address) => GatewayClient.OpenAsync(_service.Address, headers: ("X-Forwarded-For", address));

    private async Task<string> KeyAsync(string name, int? perMinute = null) =>
        (await _service.Api.PostAsync("/api/v1/keys", new { name, scopes = new[] { "write" }, requests_per_minute = perMinute })).Text("key")!;
}
