using System.Net;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Web;

public sealed class HealthTests
{
    [Test]
    public async Task Health_tells_the_version_the_engine_and_what_was_checked()
    {
        var service = await SharedService.GetAsync();

        var health = (await Eventually.That(() => service.Api.GetJsonAsync("/health"), Has.Property("Status").EqualTo(HttpStatusCode.OK))).Body;

        Assert.Multiple(() =>
        {
            Assert.That(health.GetProperty("status").GetString(), Is.EqualTo("ok"));
            Assert.That(health.GetProperty("version").GetString(), Does.Match(@"^\d+\.\d+\.\d+"));
            Assert.That(health.GetProperty("engine").GetString(), Is.EqualTo("Hangfire 1.8.25"));
            Assert.That(health.GetProperty("executor_id").GetString(), Does.Contain(Environment.MachineName));
            Assert.That(health.GetProperty("uptime_seconds").GetDouble(), Is.GreaterThan(0));
            Assert.That(health.GetProperty("checks").GetProperty("database").GetProperty("status").GetString(), Is.EqualTo("ok"));
            Assert.That(health.GetProperty("checks").GetProperty("engine").GetProperty("servers").GetInt32(), Is.EqualTo(1));
        });
    }

    [TestCase(null)]
    [TestCase("Basic bWU6c2VjcmV0")]
    public async Task Strangers_learn_the_status_and_nothing_of_what_there_is(string? authorization)
    {
        using var client = (await SharedService.GetAsync()).Client();
        if (authorization is not null)
        {
            client.DefaultRequestHeaders.Add("Authorization", authorization);
        }

        var health = await Eventually.That(() => client.GetJsonAsync("/health"), Has.Property("Status").EqualTo(HttpStatusCode.OK));

        Assert.That(health.Body.ToString(), Is.EqualTo("""{"status":"ok"}"""));
    }

    [Test]
    public async Task A_wrong_token_is_not_taken_for_a_stranger()
    {
        using var client = (await SharedService.GetAsync()).Client();
        client.DefaultRequestHeaders.Add("Authorization", "Bearer wrong");

        Assert.That((await client.GetJsonAsync("/health")).Text("code"), Is.EqualTo("unauthorized"));
    }

    [TestCase("/health")]
    [TestCase("/healthz")]
    [TestCase("/readyz")]
    public async Task Probes_may_ask_with_head(string path)
    {
        using var client = (await SharedService.GetAsync()).Client();

        Assert.That((await client.SendAsync(new HttpRequestMessage(HttpMethod.Head, path))).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Without_a_bridge_the_status_is_an_honest_disconnected()
    {
        var status = (await (await SharedService.GetAsync()).Api.GetJsonAsync("/api/v1/openclaw/status?include_history=true")).Body;

        Assert.Multiple(() =>
        {
            Assert.That(status.GetProperty("connected").GetBoolean(), Is.False);
            Assert.That(status.GetProperty("connection_state").GetString(), Is.EqualTo("disconnected"));
            Assert.That(status.GetProperty("gateway_url").GetString(), Is.Null);
            Assert.That(status.GetProperty("whatsapp_session").GetString(), Is.Null);
            Assert.That(status.GetProperty("last_command").GetString(), Is.Null);
            Assert.That(status.GetProperty("command_history").GetArrayLength(), Is.Zero);
        });
    }

    [Test]
    public async Task While_the_database_is_away_requests_are_answered_503_and_afterwards_all_goes_on()
    {
        await using var cluster = await PrivateCluster.CreateAsync();
        await using var service = await RunningService.StartAsync(cluster);
        using var client = service.Client();
        var id = await service.Api.ProvisionAsync();

        await cluster.CrashAsync();

        var away = await service.Api.PostAsync("/api/v1/agents/provision", new { name = "unlucky", model = "local/echo" });
        Assert.That(away.Status, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That((away.Text("code"), away.Body.GetProperty("retryable").GetBoolean()), Is.EqualTo(("database_unavailable", true)));
        Assert.That(away.Response.Headers.RetryAfter?.Delta, Is.EqualTo(TimeSpan.FromSeconds(2)));
        var ready = await client.GetJsonAsync("/readyz");
        Assert.That(ready.Status, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(ready.Text("reason"), Is.EqualTo("The database is away."));
        Assert.That((await service.Api.GetJsonAsync("/readyz")).Text("reason"), Does.StartWith("The database is away: "));
        Assert.That((await client.GetJsonAsync("/healthz")).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await client.GetJsonAsync("/health")).Text("status"), Is.EqualTo("failed"));

        await cluster.StartAsync();

        await Eventually.That(async () => (await client.GetJsonAsync("/readyz")).Status, Is.EqualTo(HttpStatusCode.OK), TimeSpan.FromSeconds(30));
        await Eventually.That(async () => (await service.Api.PostAsync($"/api/v1/agents/{id}/heartbeat")).Status, Is.EqualTo(HttpStatusCode.OK), TimeSpan.FromSeconds(30));
    }
}
