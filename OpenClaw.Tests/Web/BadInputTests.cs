using System.Net;
using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Web;

/// <summary>Each bad request is answered with what is wrong and what is allowed, and changes nothing.</summary>
public sealed class BadInputTests
{
    private static readonly string TooLongName = new('n', 256);
    private static readonly string[] TooManyItems = [.. Enumerable.Repeat("item", 1_000)];

    private static IEnumerable<TestCaseData> UnprocessableAgents()
    {
        yield return new TestCaseData(new { model = "local/echo" }, "name").SetArgDisplayNames("no name");
        yield return new TestCaseData(new { name = "", model = "local/echo" }, "name").SetArgDisplayNames("empty name");
        yield return new TestCaseData(new { name = TooLongName, model = "local/echo" }, "name").SetArgDisplayNames("256 characters");
        yield return new TestCaseData(new { name = "a", model = "echo" }, "model").SetArgDisplayNames("model without /");
        yield return new TestCaseData(new { name = "a" }, "model").SetArgDisplayNames("no model");
        yield return new TestCaseData(new { name = "a", model = "local/echo", heartbeat = new { interval = "sometimes" } }, "heartbeat.interval").SetArgDisplayNames("unknown interval");
        yield return new TestCaseData(new { name = "a", model = "local/echo", heartbeat = new { interval = "30s" } }, "heartbeat.interval").SetArgDisplayNames("interval in seconds");
        yield return new TestCaseData(new { name = "a", model = "local/echo", heartbeat = new { interval = "25h" } }, "heartbeat.interval").SetArgDisplayNames("interval over a day");
        yield return new TestCaseData(new { name = "a", model = "local/echo", heartbeat = new { checklist = TooManyItems } }, "heartbeat.checklist").SetArgDisplayNames("1,000 entries");
        yield return new TestCaseData(new { name = "a", model = "local/echo", configuration = new[] { 1 } }, "configuration").SetArgDisplayNames("configuration is a list");
    }

    [TestCaseSource(nameof(UnprocessableAgents))]
    public async Task An_agent_that_cannot_be_is_answered_422(object agent, string field)
    {
        var api = (await SharedService.GetAsync()).Api;

        foreach (var path in new[] { "/api/v1/agents", "/api/v1/agents/provision" })
        {
            var answer = await api.PostAsync(path, agent);
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity), path);
            Assert.That(answer.ErrorFields, Is.EqualTo(new[] { field }), path);
            AssertIsProblem(answer, "invalid_request");
        }
    }

    [Test]
    public async Task All_fields_that_are_wrong_are_named_at_once()
    {
        var api = (await SharedService.GetAsync()).Api;

        var answer = await api.PostAsync("/api/v1/agents", new { model = "x", heartbeat = new { interval = "?" } });

        Assert.That(answer.ErrorFields, Is.EqualTo(new[] { "name", "model", "heartbeat.interval" }));
    }

    [TestCase("{\"name\":", "malformed_json")]
    [TestCase("not json", "malformed_json")]
    [TestCase("[]", "malformed_json")]
    [TestCase("\"text\"", "malformed_json")]
    [TestCase("null", "bad_request")]
    [TestCase("", "bad_request")]
    public async Task A_body_that_is_no_json_object_is_answered_400(string body, string code)
    {
        var api = (await SharedService.GetAsync()).Api;

        var answer = await api.PostTextAsync("/api/v1/agents", body);

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        AssertIsProblem(answer, code);
    }

    [TestCase("""{"name":5,"model":"local/echo"}""", "name", "name must be text.")]
    [TestCase("""{"name":"a","heartbeat":[]}""", "heartbeat", "heartbeat must be an object.")]
    [TestCase("""{"name":"a","heartbeat":{"enabled":"yes"}}""", "heartbeat.enabled", "heartbeat.enabled must be true or false.")]
    [TestCase("""{"name":"a","heartbeat":{"checklist":["a",{}]}}""", "heartbeat.checklist[1]", "heartbeat.checklist[1] must be text.")]
    [TestCase("""{"name":"a","heartbeat":{"checklist":"all"}}""", "heartbeat.checklist", "heartbeat.checklist must be a list of which each entry is text.")]
    [TestCase("""{"checkpoint":"1"}""", "checkpoint", "checkpoint must be a whole number.", "/api/v1/agents/0190d1c6-7a5b-7c3d-8e4f-5a6b7c8d9e0f/resume")]
    [TestCase("""{"name":"\ud800","model":"local/echo"}""", "name", "name must be text.")]
    public async Task A_field_of_another_type_is_answered_400_with_its_path(string body, string field, string rule, string path = "/api/v1/agents")
    {
        var api = (await SharedService.GetAsync()).Api;

        var answer = await api.PostTextAsync(path, body);

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(answer.Body.GetProperty("errors").GetProperty(field)[0].GetString(), Is.EqualTo(rule));
        AssertIsProblem(answer, "bad_request");
    }

    [TestCase("POST", "/api/v1/agents", """{"name":"a","model":"local/echo","heartbeat_checklist":["mail"]}""", "heartbeat_checklist")]
    [TestCase("POST", "/api/v1/agents/provision", """{"name":"a","model":"local/echo","Persona":"kind"}""", "Persona")]
    [TestCase("POST", "/api/v1/agents", """{"name":"a","model":"local/echo","heartbeat":{"active_hours":{"start":"08:00","end":"20:00","timezone":"Europe/Berlin"}}}""", "timezone")]
    [TestCase("POST", "/api/v1/agents", """{"name":"a","model":"local/echo","heartbeat":{"every":"5m"}}""", "every")]
    [TestCase("PATCH", "/api/v1/agents/0190d1c6-7a5b-7c3d-8e4f-5a6b7c8d9e0f/settings", """{"turn_delay_ms":1}""", "turn_delay_ms")]
    [TestCase("POST", "/api/v1/agents/0190d1c6-7a5b-7c3d-8e4f-5a6b7c8d9e0f/message", """{"content":"a","priority":"high"}""", "priority")]
    [TestCase("POST", "/messages", """{"to":"client:a","content":"a","ttl":5}""", "ttl")]
    [TestCase("POST", "/api/v1/commands", """{"text":"help","dry_run":true}""", "dry_run")]
    [TestCase("POST", "/api/v1/workflows/bulk", """{"action":"cancel","workflow_uuids":[],"uuids":[]}""", "uuids")]
    [TestCase("PUT", "/api/v1/notifications/rules", """{"quiet":"22:00-07:00"}""", "quiet")]
    public async Task A_field_that_is_not_there_is_refused_by_name_and_nothing_is_done(string method, string path, string body, string field)
    {
        var service = await SharedService.GetAsync();
        var agents = await service.Database.TextAsync("SELECT count(*) FROM openclaw.agents WHERE name = 'a'");

        var answer = await service.Api.CallAsync(new HttpMethod(method), path, new StringContent(body, System.Text.Encoding.UTF8, "application/json"), []);

        Assert.That((answer.Status, answer.ErrorFields), Is.EqualTo((HttpStatusCode.BadRequest, new[] { field })));
        Assert.That(answer.Text("detail"), Does.StartWith($"{field} is not a field here; there are ").And.EndsWith("."));
        Assert.That(await service.Database.TextAsync("SELECT count(*) FROM openclaw.agents WHERE name = 'a'"), Is.EqualTo(agents));
    }

    [Test]
    public async Task No_body_has_fields_that_nothing_would_come_of()
    {
        var service = await SharedService.GetAsync();
        var bodies = service.Services.GetRequiredService<EndpointDataSource>().Endpoints.Select(endpoint => endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType)
            .OfType<Type>().SelectMany(WithParts).Distinct().ToList();

        Assert.That(bodies, Has.Count.GreaterThan(8));
        Assert.That(bodies.Where(body => body.GetCustomAttribute<JsonUnmappedMemberHandlingAttribute>()?.UnmappedMemberHandling is not JsonUnmappedMemberHandling.Disallow), Is.Empty);

        static IEnumerable<Type> WithParts(Type body) => body.Namespace?.StartsWith("OpenClaw.Web", StringComparison.Ordinal) is true && body is { IsClass: true }
            ? body.GetProperties().SelectMany(property => WithParts(property.PropertyType)).Prepend(body)
            : [];
    }

    private static IEnumerable<TestCaseData> UnreadableForms()
    {
        const string Fields = "application/x-www-form-urlencoded";
        yield return new TestCaseData(new string('k', 2_049) + "=1", Fields).SetArgDisplayNames("a name of 2,049 characters");
        yield return new TestCaseData(string.Join('&', Enumerable.Range(0, 1_025).Select(number => $"f{number}=1")), Fields).SetArgDisplayNames("1,025 fields");
        yield return new TestCaseData("--b\r\n", "multipart/form-data").SetArgDisplayNames("parts without a boundary");
        yield return new TestCaseData("--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nno end", "multipart/form-data; boundary=b").SetArgDisplayNames("parts that do not end");
        yield return new TestCaseData("--b\r\n" + new string('h', 20_000) + ": a\r\n\r\nx\r\n--b--", "multipart/form-data; boundary=b").SetArgDisplayNames("a part whose header is too long");
        yield return new TestCaseData("nothing of it", $"multipart/form-data; boundary={new string('b', 200)}").SetArgDisplayNames("a boundary of 200 characters");
    }

    [TestCaseSource(nameof(UnreadableForms))]
    public async Task A_form_that_cannot_be_read_is_answered_400_at_every_door(string form, string contentType)
    {
        var service = await SharedService.GetAsync();
        using var stranger = service.Client();

        foreach (var (client, path) in new[] { (stranger, "/login"), (service.Api, "/logout"), (service.Api, "/dashboard/brakes") })
        {
            var body = new StringContent(form);
            body.Headers.Remove("Content-Type");
            body.Headers.TryAddWithoutValidation("Content-Type", contentType);

            var answer = await client.CallAsync(HttpMethod.Post, path, body, []);

            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.BadRequest), path);
            AssertIsProblem(answer, "unreadable_form");
        }
    }

    [Test]
    public async Task A_body_over_1_MiB_is_answered_413()
    {
        var service = await SharedService.GetAsync();

        foreach (var key in new[] { null, "large-body" })
        {
            // A new connection each time: the server ends one on which it does not read on.
            using var client = service.Client();
            client.DefaultRequestHeaders.Authorization = service.Api.DefaultRequestHeaders.Authorization;
            var answer = await client.CallAsync(
                HttpMethod.Post, "/api/v1/agents", JsonContent.Create(new { name = "a", model = "local/echo", persona = new string('p', 1024 * 1024) }),
                key is null ? [] : [("Idempotency-Key", key)]);

            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
            AssertIsProblem(answer, "body_too_large");
        }
    }

    [TestCase("text/plain")]
    [TestCase("application/x-www-form-urlencoded")]
    public async Task Another_content_type_is_answered_415(string contentType)
    {
        var api = (await SharedService.GetAsync()).Api;

        var answer = await api.PostTextAsync("/api/v1/agents", """{"name":"a","model":"local/echo"}""", contentType);

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.UnsupportedMediaType));
        AssertIsProblem(answer, "unsupported_media_type");
    }

    [TestCase("GET", "/api/v1/agents/not-a-uuid", "id")]
    [TestCase("DELETE", "/api/v1/agents/not-a-uuid", "id")]
    [TestCase("POST", "/api/v1/agents/not-a-uuid/pause", "id")]
    [TestCase("GET", "/api/v1/agents/not-a-uuid/heartbeats", "id")]
    [TestCase("GET", "/api/v1/workflows/not-a-uuid", "uuid")]
    [TestCase("POST", "/api/v1/workflows/not-a-uuid/cancel", "uuid")]
    [TestCase("GET", "/workflows/not-a-uuid", "uuid")]
    [TestCase("GET", "/api/v1/workflows?agent_id=x", "agent_id")]
    [TestCase("GET", "/api/v1/workflows?since=yesterday", "since")]
    [TestCase("GET", "/api/v1/agents?limit=many", "limit")]
    [TestCase("GET", "/api/v1/openclaw/status?include_history=perhaps", "include_history")]
    public async Task A_parameter_that_cannot_be_read_is_answered_400(string method, string path, string parameter)
    {
        var api = (await SharedService.GetAsync()).Api;

        var answer = await api.CallAsync(new HttpRequestMessage(new HttpMethod(method), path));

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(answer.ErrorFields, Is.EqualTo(new[] { parameter }));
        AssertIsProblem(answer, "bad_request");
    }

    [TestCase("/api/v1/agents?limit=0", "limit")]
    [TestCase("/api/v1/agents?limit=501", "limit")]
    [TestCase("/api/v1/agents?offset=-1", "offset")]
    [TestCase("/api/v1/agents?status=asleep", "status")]
    [TestCase("/api/v1/workflows?status=odd", "status")]
    public async Task A_parameter_out_of_range_is_answered_422(string path, string parameter)
    {
        var api = (await SharedService.GetAsync()).Api;

        var answer = await api.GetJsonAsync(path);

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(answer.ErrorFields, Is.EqualTo(new[] { parameter }));
    }

    [TestCase("GET", "/api/v1/agents/{0}")]
    [TestCase("PATCH", "/api/v1/agents/{0}/settings")]
    [TestCase("DELETE", "/api/v1/agents/{0}")]
    [TestCase("POST", "/api/v1/agents/{0}/provision")]
    [TestCase("POST", "/api/v1/agents/{0}/pause")]
    [TestCase("POST", "/api/v1/agents/{0}/resume")]
    [TestCase("POST", "/api/v1/agents/{0}/heartbeat")]
    [TestCase("POST", "/api/v1/agents/{0}/message")]
    [TestCase("GET", "/api/v1/agents/{0}/heartbeats")]
    [TestCase("GET", "/api/v1/agents/{0}/checkpoints")]
    [TestCase("GET", "/api/v1/agents/{0}/messages")]
    [TestCase("GET", "/api/v1/agents/{0}/workflows")]
    [TestCase("GET", "/api/v1/workflows/{0}/steps")]
    [TestCase("POST", "/api/v1/workflows/{0}/resume")]
    [TestCase("POST", "/workflows/{0}/recover")]
    public async Task What_nobody_knows_is_answered_404(string method, string path)
    {
        var api = (await SharedService.GetAsync()).Api;
        var body = path.EndsWith("/message") ? JsonContent.Create(new { content = "hi" }) : path.EndsWith("/settings") ? JsonContent.Create(new { }) : null;

        var answer = await api.CallAsync(new HttpMethod(method), string.Format(path, Guid.NewGuid()), body, []);

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.NotFound));
        AssertIsProblem(answer, path.Contains("agents") ? "agent_not_found" : "workflow_not_found");
    }

    [Test]
    public async Task What_does_not_fit_the_agents_status_is_answered_409()
    {
        var api = (await SharedService.GetAsync()).Api;
        var id = await api.ProvisionAsync();

        Assert.That((await api.PostAsync($"/api/v1/agents/{id}/resume")).Status, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That((await api.PostAsync($"/api/v1/agents/{id}/provision")).Status, Is.EqualTo(HttpStatusCode.Conflict));
        await api.PostAsync($"/api/v1/agents/{id}/pause");
        var answer = await api.PostAsync($"/api/v1/agents/{id}/pause");

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That(answer.Text("detail"), Does.Contain("paused"));
        Assert.That((await api.GetJsonAsync($"/api/v1/agents/{id}")).Text("status"), Is.EqualTo("paused"));
    }

    [Test]
    public async Task A_wrong_method_and_an_unknown_address_are_problems_too()
    {
        var api = (await SharedService.GetAsync()).Api;

        var wrongMethod = await api.CallAsync(new HttpRequestMessage(HttpMethod.Put, "/api/v1/agents"));
        AssertIsProblem(wrongMethod, "method_not_allowed");
        Assert.That(wrongMethod.Response.Content.Headers.Allow, Is.EquivalentTo(new[] { "GET", "POST" }));
        AssertIsProblem(await api.GetJsonAsync("/api/v1/nothing"), "not_found");
    }

    [Test]
    public async Task Bad_requests_change_nothing()
    {
        await using var service = await RunningService.StartAsync();

        foreach (var arguments in UnprocessableAgents())
        {
            await service.Api.PostAsync("/api/v1/agents/provision", arguments.Arguments[0], ("Idempotency-Key", "the-same"));
        }

        Assert.That((await service.Api.GetJsonAsync("/api/v1/agents")).Body.GetProperty("total").GetInt32(), Is.Zero);
        Assert.That((await service.Api.GetJsonAsync("/api/v1/workflows")).Body.GetProperty("workflows").GetArrayLength(), Is.Zero);
        var good = await service.Api.PostAsync("/api/v1/agents/provision", new { name = "a", model = "local/echo" }, ("Idempotency-Key", "the-same"));
        Assert.That(good.Status, Is.EqualTo(HttpStatusCode.Created), "a key of a refused request is free");
    }

    private static void AssertIsProblem(Answer answer, string code)
    {
        Assert.Multiple(() =>
        {
            Assert.That(answer.Response.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"));
            Assert.That(answer.Text("code"), Is.EqualTo(code));
            Assert.That(answer.Text("type"), Is.EqualTo($"urn:openclaw:problem:{code}"));
            Assert.That(answer.Body.GetProperty("status").GetInt32(), Is.EqualTo((int)answer.Status));
            Assert.That(answer.Text("title"), Is.Not.Empty);
            Assert.That(answer.Text("detail"), Is.Not.Empty);
            Assert.That(answer.Text("trace_id"), Does.Match("^[0-9a-f]{32}$"));
            Assert.That(answer.Body.GetProperty("retryable").GetBoolean(), Is.False);
        });
    }
}
