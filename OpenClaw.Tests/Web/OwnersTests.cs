using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;
using OpenClaw.Web.Gateway.Methods;
using GatewayClient = OpenClaw.Tests.Gateway.Support.GatewayClient;

namespace OpenClaw.Tests.Web;

/// <summary>What belongs to somebody else is not there: on each route that names or lists something, and in each method of the gateway.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed class OwnersTests
{
    // Of the service as a whole, or of whoever asks.
    private static readonly string[] OfNobody =
        ["POST /api/v1/agents", "POST /api/v1/agents/provision", "GET /api/v1/retention", "GET /api/v1/openclaw/status", "GET /api/v1/notifications/rules", "PUT /api/v1/notifications/rules", "POST /api/v1/commands", "GET /api/v1/workflows/metrics", "GET /api/v1/audit", "GET /api/v1/audit/export"];

    private RunningService _service = null!;
    private Guid _agent;
    private Guid _workflow;
    private string _name = "";
    private string _session = "";

    [OneTimeSetUp]
    public async Task Give_everything_to_somebody_else()
    {
        _service = await RunningService.StartAsync();
        var api = _service.Api;
        _agent = await api.ProvisionAsync("theirs");
        await api.PostAsync($"/api/v1/agents/{_agent}/message", new { content = "a secret" });
        await api.PostAsync($"/api/v1/agents/{_agent}/heartbeat");
        await api.PostAsync($"/api/v1/agents/{_agent}/pause");
        await api.PostAsync("/api/v1/commands", new { text = "help" });
        var failed = await api.PostAsync("/api/v1/agents/provision", new { name = "theirs too", model = "nobody/knows" });
        _workflow = failed.Id("workflow_uuid");
        await using (var client = await GatewayClient.ConnectAsync(_service.Address))
        {
            await client.CallAsync("messages.send", new JsonObject { ["to"] = "owner:admin", ["content"] = "a secret" });
            await client.CallAsync("messages.send", new JsonObject { ["to"] = "client:theirs", ["content"] = "a secret" });
            await client.CallAsync("cron.add", JsonNode.Parse($$$"""{"name":"their prompt","agentId":"{{{_agent}}}","schedule":{"kind":"cron","expr":"0 8 * * *"},"payload":{"kind":"agentTurn","message":"a secret"},"enabled":false}"""));
        }

        await _service.Database.ExecuteAsync(
            """
            INSERT INTO openclaw.contacts (number, owner) VALUES ('+491701234567', 'somebody-else');
            UPDATE openclaw.agents SET user_id = 'somebody-else';
            UPDATE openclaw_system.workflow_status SET owner = 'somebody-else';
            UPDATE openclaw_system.notifications SET owner = 'somebody-else', recipient = replace(recipient, 'owner:admin', 'owner:somebody-else');
            UPDATE openclaw.commands SET owner = 'somebody-else';
            """);
        _name = await _service.Database.TextAsync($"SELECT replace(openclaw_session_key, 'agent:web:', '') FROM openclaw.agents WHERE id = '{_agent}'");
        _session = $"agent:{_name}:main";
    }

    [OneTimeTearDown]
    public async Task Stop_the_service() => await _service.DisposeAsync();

    [Test]
    public async Task No_route_of_the_API_shows_or_changes_what_is_somebody_elses()
    {
        var before = await StateAsync();
        var routes = _service.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText is { } pattern && (pattern.StartsWith("/api/v1", StringComparison.Ordinal) || pattern.StartsWith("/workflows", StringComparison.Ordinal)))
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Select(method => $"{method} {endpoint.RoutePattern.RawText!.TrimEnd('/')}") ?? [])
            .Except(OfNobody).ToList();

        Assert.That(routes, Has.Count.GreaterThan(25));
        foreach (var route in routes)
        {
            var (method, pattern) = (route.Split(' ')[0], route.Split(' ')[1]);
            var path = pattern.Replace("{id}", $"{_agent}").Replace("{uuid}", $"{_workflow}").Replace("{number}", "%2B491701234567").Replace("{sequence}", "1");
            var body = method == "GET" ? null : JsonContent.Create(BodyOf(pattern.Split('/')[^1]));
            var answer = await _service.Api.CallAsync(new HttpMethod(method), path, body, []);
            if (pattern.Contains('{', StringComparison.Ordinal))
            {
                Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.NotFound), $"{route}: {answer.Body}");
            }
            else
            {
                Assert.That(answer.Body.ToString(), Does.Not.Contain("theirs").And.Not.Contain("secret").And.Not.Contain($"{_agent}").And.Not.Contain("491701234567"), route);
            }
        }

        Assert.That((await _service.Api.PostAsync("/api/v1/workflows/bulk", new { action = "cancel", workflow_uuids = new[] { _workflow } })).Body.GetProperty("accepted").GetInt32(), Is.Zero);
        Assert.That(await StateAsync(), Is.EqualTo(before));
    }

    private object BodyOf(string action) => action switch
    {
        "message" => new { content = "hello" },
        "settings" => new { persona = "mine" },
        "fork" => new { step = "validate" },
        "questions" => new { question = "Mine?", choices = new[] { "yes", "no" } },
        "answer" => new { choice = "yes" },
        "schedules" => new { name = "mine", message = "hello", every = "1h" },
        "bulk" => new { action = "cancel", workflow_uuids = new[] { _workflow } },
        _ => new { },
    };

    [Test]
    public async Task No_method_of_the_gateway_shows_or_changes_what_is_somebody_elses()
    {
        // Connecting needs an agent of one's own: the default one is made at the first use.
        await _service.Api.ProvisionAsync("main");
        await using var client = await GatewayClient.ConnectAsync(_service.Address);

        // A look at the health is remembered for a second, and may be of before these agents became somebody else's.
        await Eventually.That(async () => (await client.RequestAsync("health", new JsonObject()))["payload"]?.ToJsonString() ?? "", Does.Not.Contain("theirs"));
        var prompt = await _service.Database.TextAsync("SELECT id::text FROM openclaw.scheduled_prompts");
        var message = await _service.Database.TextAsync("SELECT id::text FROM openclaw_system.notifications WHERE recipient = 'client:theirs'");
        var before = await StateAsync();
        var given = new JsonObject
        {
            ["agentId"] = _name,
            ["sessionKey"] = _session,
            ["key"] = _session,
            ["to"] = $"agent:{_name}",
            ["message"] = "hello",
            ["content"] = "hello",
            ["text"] = "hello",
            ["label"] = "mine now",
            ["name"] = "mine",
            ["workflowUuid"] = $"{_workflow}",
            ["step"] = "validate",
            ["id"] = prompt,
            ["ids"] = new JsonArray(message),
            ["runId"] = "any",
            ["idempotencyKey"] = "any",
            ["patch"] = new JsonObject { ["enabled"] = true },
            ["enabled"] = false,
            ["turnId"] = "any",
        };

        foreach (var method in _service.Services.GetRequiredService<GatewayMethods>().Names.Where(method => method is not ("agents.create" or "commands.run" or "set-heartbeats" or "messages.send" or "send")))
        {
            var answer = await client.RequestAsync(method, await AcceptedAsync(client, method, given));
            Assert.That(answer["payload"]?.ToJsonString() ?? "", Does.Not.Contain("theirs").And.Not.Contain("secret").And.Not.Contain($"{_agent}"), method);
        }

        foreach (var (method, field) in new[] { ("messages.resend", "id"), ("messages.ack", "id") })
        {
            await client.RequestAsync(method, new JsonObject { [field] = message });
        }

        foreach (var job in new[] { prompt, $"heartbeat:{_name}" })
        {
            Assert.That((bool?)(await client.RequestAsync("cron.get", new JsonObject { ["id"] = job }))["ok"], Is.False, job);
        }

        Assert.That((bool?)(await client.RequestAsync("messages.send", new JsonObject { ["to"] = $"agent:{_name}", ["content"] = "hello" }))["ok"], Is.False);
        Assert.That(await StateAsync(), Is.EqualTo(before));
    }

    // Objects are closed: what a method does not know is taken out until it takes the rest.
    private static async Task<JsonObject> AcceptedAsync(GatewayClient client, string method, JsonObject given)
    {
        var parameters = (JsonObject)given.DeepClone();
        while ((string?)(await client.RequestAsync(method, parameters))["error"]?["message"] is { } message && message.Split("unexpected property '") is [_, var rest])
        {
            parameters.Remove(rest.TrimEnd('\''));
        }

        return parameters;
    }

    // But for notices, which are told to their owner meanwhile.
    private Task<List<string>> StateAsync() => _service.Database.LinesAsync(
        """
        SELECT 'agent', id::text, name, status, coalesce(operation, ''), heartbeat_enabled::text FROM openclaw.agents WHERE user_id = 'somebody-else'
        UNION ALL SELECT 'workflow', workflow_uuid::text, status, coalesce(cancel_requested_at::text, ''), '', '' FROM openclaw_system.workflow_status WHERE owner = 'somebody-else' AND name <> 'send_notification'
        UNION ALL SELECT 'message', id::text, content, state, '', '' FROM openclaw_system.notifications WHERE owner = 'somebody-else' AND recipient NOT LIKE 'owner:%'
        UNION ALL SELECT 'session', key, coalesce(label, ''), session_id::text, '', '' FROM openclaw.sessions JOIN openclaw.agents a ON a.id = agent_id AND a.user_id = 'somebody-else'
        UNION ALL SELECT 'prompt', id::text, name, enabled::text, '', '' FROM openclaw.scheduled_prompts
        ORDER BY 1, 2
        """);
}
