using System.Net;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Bench.Fuzz;
using OpenClaw.Tests.Web.Support;
using OpenClaw.Web.Gateway.Methods;
using OpenClaw.Web.Hosting;
using OpenClaw.Web.Security;

namespace OpenClaw.Tests.Web;

/// <summary>Under which names the service answers, and to whose pages the gateway speaks.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed class HostGuardTests
{
    private RunningService _service = null!;

    [OneTimeSetUp]
    public async Task Start() => _service = await RunningService.StartAsync(settings: [("ALLOWED_HOSTS", "claw.internal, *.claw.example"), ("CORS_ORIGINS", "https://pages.example")]);

    [OneTimeTearDown]
    public async Task Stop() => await _service.DisposeAsync();

    [TestCase("/health")]
    [TestCase("/healthz")]
    [TestCase("/readyz")]
    [TestCase("/login")]
    [TestCase("/api/v1/agents")]
    [TestCase("/hangfire")]
    [TestCase("/assets/dashboard.css")]
    public async Task Nothing_is_answered_under_a_foreign_name(string path)
    {
        var (status, body) = await AskAsync(path, "evil.example");

        Assert.That(status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(body, Does.Contain("unknown_host").And.Contain("ALLOWED_HOSTS"));
    }

    [Test]
    public async Task A_probe_under_a_foreign_name_is_told_one_sentence()
    {
        var body = (await AskAsync("/health", "evil.example")).Body;

        Assert.That(body, Has.Length.LessThan(200).And.Not.Contains("evil"));
        Assert.That(JsonNode.Parse(body)!.AsObject().Select(member => member.Key), Is.EqualTo(new[] { "status", "reason" }));
    }

    [TestCase("claw.internal")]
    [TestCase("CLAW.internal:18789")]
    [TestCase("a.claw.example")]
    [TestCase("localhost")]
    [TestCase("127.0.0.1:1")]
    [TestCase("192.0.2.7")]
    [TestCase("[2001:db8::1]:18789")]
    public async Task Names_of_ours_and_addresses_are_answered(string host) =>
        Assert.That((await AskAsync("/healthz", host)).Status, Is.EqualTo(HttpStatusCode.OK));

    [TestCase("*", "evil.example", true)]
    [TestCase("claw.example", "claw.example.evil", false)]
    [TestCase("*.claw.example", "claw.example", false)]
    [TestCase("*.claw.example", "evilclaw.example", false)]
    [TestCase("", "localhost.evil.example", false)]
    [TestCase("", "x.localhost", true)]
    public void A_name_is_matched_whole(string allowed, string host, bool isOurs) =>
        Assert.That(HostGuard.IsOurs(host, new OpenClawOptions { AllowedHosts = allowed.Length == 0 ? [] : [allowed] }), Is.EqualTo(isOurs));

    [TestCase(null, true)]
    [TestCase("https://pages.example", true)]
    [TestCase("http://127.0.0.1:3000", true)]
    [TestCase("http://evil.example", false)]
    [TestCase("http://pages.example", false)]
    [TestCase("null", false)]
    [TestCase("chrome-extension://abc", false)]
    public async Task The_gateway_speaks_to_pages_that_are_named(string? origin, bool isTaken)
    {
        using var socket = new ClientWebSocket();
        if (origin is not null)
        {
            socket.Options.SetRequestHeader("Origin", origin);
        }

        var connecting = socket.ConnectAsync(new UriBuilder(_service.Address) { Scheme = "ws", Path = "/ws" }.Uri, default);

        if (isTaken)
        {
            await connecting;
            Assert.That(socket.State, Is.EqualTo(WebSocketState.Open));
        }
        else
        {
            Assert.That(() => connecting, Throws.InstanceOf<WebSocketException>().With.Message.Contains("403"));
        }
    }

    /// <summary>The short form of scripts/soak fuzz, at a service of which these tests ask little. Whether it answers in time is not judged: a starved machine does not.</summary>
    [Test]
    public async Task What_no_client_should_send_fails_at_nothing_and_tells_no_secret()
    {
        var agent = $"{await _service.Api.ProvisionAsync("fuzz-1")}";
        var key = (await _service.Api.PostAsync("/api/v1/keys", new { name = "of the fuzz", scopes = new[] { "write" } })).Text("key")!;
        var findings = new Findings([RunningService.Token, key[^43..]]);
        var document = new ApiDocument((await _service.Api.GetJsonAsync("/openapi/v1.json")).Body);
        var methods = _service.Services.GetRequiredService<GatewayMethods>().Names.Where(method => !method.StartsWith("gateway.suspend", StringComparison.Ordinal)).ToList();
        var (gateway, seed) = (new UriBuilder(_service.Address) { Scheme = "ws" }.Uri, TestContext.CurrentContext.Random.Next());

        await Task.WhenAll(
            new FrameFuzz(gateway, methods, [agent], RunningService.Token, key, findings, seed).RunAsync(1_500),
            new RequestFuzz(gateway, document, [agent], RunningService.Token, key, findings, seed).RunAsync(200));

        var wrong = findings.Examples.Where(example => example.What != FuzzRun.Deaf).Select(example => $"{example.What}: {example.Example}");
        Assert.That(wrong, Is.Empty, $"seed {seed}");
        Assert.That((await AskAsync("/healthz", "localhost")).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    private async Task<(HttpStatusCode Status, string Body)> AskAsync(string path, string host)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_service.Address, path)) { Headers = { Host = host } };
        using var answer = await client.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
