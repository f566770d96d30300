using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.ForeignInput;
using OpenClaw.Jobs.Messages;
using OpenClaw.Jobs.Requests;
using OpenClaw.Tests.Gateway.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;
using OpenClaw.Web.Api.Agents;
using OpenClaw.Web.Api.Binding;
using OpenClaw.Web.Api.Notices;
using OpenClaw.Web.Api.Workflows;

namespace OpenClaw.Tests.Web;

/// <summary>Bodies, addresses and forms that hold what cannot be kept, and rows of older builds that do.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed class ForeignBodyTests
{
    private readonly ErrorLog _log = new();
    private RunningService _service = null!;
    private HttpClient _api = null!;

    [OneTimeSetUp]
    public async Task Start_the_service()
    {
        _service = await RunningService.StartAsync(services => services.AddSingleton<ILoggerProvider>(_log));
        _api = _service.Api;
    }

    [OneTimeTearDown]
    public async Task Stop_the_service()
    {
        await _service.DisposeAsync();
        _log.Dispose();
    }

    [TestCase("/api/v1/agents", """{"name":"a\u0000","model":"local/echo"}""", "name")]
    [TestCase("/api/v1/agents/provision", """{"name":"a","model":"local/\u0000"}""", "model")]
    [TestCase("/api/v1/agents/provision", """{"name":"a","model":"local/echo","persona":"\u0000"}""", "persona")]
    [TestCase("/api/v1/agents/provision", """{"name":"a","model":"local/echo","heartbeat":{"checklist":["ok","\u0000"]}}""", "heartbeat.checklist[1]")]
    [TestCase("/api/v1/agents/provision", """{"name":"a","model":"local/echo","configuration":{"a":"half \ud83d"}}""", "configuration")]
    [TestCase("/api/v1/agents/provision", """{"name":"a","model":"local/echo","configuration":{"n":1e131000}}""", "configuration")]
    [TestCase("/api/v1/agents/{0}/message", """{"content":"a\u0000"}""", "content")]
    [TestCase("/api/v1/agents/{0}/message", """{"content":"c","from":"x\u0007"}""", "from")]
    [TestCase("/api/v1/agents/{0}/message", """{"content":"c","metadata":DEEP}""", "metadata")]
    [TestCase("/messages", """{"to":"client:a\u0000","content":"c"}""", "to")]
    [TestCase("/messages", """{"to":"client:LONG","content":"c"}""", "to")]
    [TestCase("/api/v1/workflows/bulk", """{"action":"cancel","workflow_uuids":["0190d1c6-7a5b-7c3d-8e4f-5a6b7c8d9e0f"],"reason":"\u0000"}""", "reason")]
    [TestCase("/api/v1/workflows/0190d1c6-7a5b-7c3d-8e4f-5a6b7c8d9e0f/fork", """{"step":"\u0000"}""", "step")]
    public async Task A_text_that_cannot_be_kept_is_answered_422_with_its_field(string path, string body, string field)
    {
        var agent = path.Contains("{0}", StringComparison.Ordinal) ? await _api.ProvisionAsync() : default;
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 40)) + "1" + new string('}', 40);

        var answer = await _api.PostTextAsync(string.Format(path, agent), body.Replace("DEEP", deep).Replace("LONG", new string('x', 300)));

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity), answer.Body.ToString());
        Assert.That(answer.ErrorFields, Is.EqualTo(new[] { field }));
    }

    [TestCase("/api/v1/agents/provision", """{"name":"half \ud83d","model":"local/echo"}""")]
    [TestCase("/messages", """{"to":"agent:x","from":"half \ud83d","content":"c"}""")]
    [TestCase("/hooks/wake", """{"text":"half \ud83d"}""")]
    [TestCase("/hooks/wake", """{"text":"a\u0000"}""")]
    [TestCase("/v1/chat/completions", """{"model":"openclaw","messages":[{"role":"user","content":"half \ud83d"}]}""")]
    [TestCase("/api/v1/commands", """{"text":"half \ud83d"}""")]
    public async Task Half_of_a_character_in_a_text_is_answered_400(string path, string body) =>
        Assert.That((await _api.PostTextAsync(path, body)).Status, Is.EqualTo(HttpStatusCode.BadRequest));

    [TestCase("/api/v1/workflows?name=a%00")]
    [TestCase("/api/v1/workflows/metrics?name=%00")]
    [TestCase("/api/v1/agents?status=%00")]
    [TestCase("/api/v1/contacts/%2B49%0017/messages")]
    [TestCase("/dashboard/agents?q=%00")]
    [TestCase("/dashboard/workflows?name=%00")]
    public async Task NUL_in_an_address_is_refused(string path) => Assert.That((int)(await _api.GetAsync(path)).StatusCode, Is.InRange(400, 422));

    [Test]
    public async Task Rows_of_older_builds_that_are_nested_to_the_limit_of_JSON_are_still_listed()
    {
        var agent = await _api.ProvisionAsync("deep");
        await _api.PostAsync($"/api/v1/agents/{agent}/message", new { content = "hello" });
        const string Deep = """(repeat('{"a":', 62) || '{}' || repeat('}', 62))::jsonb""";
        await _service.Database.TextAsync($"UPDATE openclaw.agents SET configuration = {Deep} WHERE id = '{agent}' RETURNING 1");
        await _service.Database.TextAsync($"UPDATE openclaw_system.notifications SET metadata = {Deep} WHERE agent_id = '{agent}' RETURNING 1");

        foreach (var path in new[] { "/api/v1/agents", $"/api/v1/agents/{agent}", $"/api/v1/agents/{agent}/messages" })
        {
            Assert.That((await _api.GetAsync(path)).StatusCode, Is.EqualTo(HttpStatusCode.OK), path);
        }
    }

    [Test]
    public void Ten_thousand_hostile_bodies_are_read_into_what_can_be_kept_or_refused_by_field()
    {
        // Each body is read as requests of several kinds, and would be refused for the fields of the others.
        var json = new JsonSerializerOptions(_service.Services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions)
        {
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { Open } },
        };
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(10_000),
            Prop.ForAll(HostileFrames.Broken(BodyOf()).ToArbitrary(), body =>
                Read<CreateAgentRequest>(body, json) is var agent && (Refused(agent) || AgentRules.Check(agent!.ToNewAgent()) is not null || IsKept(agent.Name!, agent.Model!, agent.Persona))
                && Read<SendMessageRequest>(body, json) is var message && (Refused(message) || MessageRules.Check(message!.ToNewMessage(new Caller("admin", "test"))) is not null || IsKept(message.Content!, message.Id, message.From))
                && Read<BulkRequest>(body, json) is var bulk && (Refused(bulk) || IsKept(bulk!.Reason, bulk.Step))
                && Read<NotificationRulesBody>(body, json) is var rules && (Refused(rules) || IsKept([.. rules!.Events ?? [], rules.TimeZone]))));
    }

    [Test]
    public async Task Four_hundred_hostile_requests_are_answered_and_none_is_our_fault()
    {
        var agent = await _api.ProvisionAsync("target");
        string[] settings = ["name", "model", "persona", "heartbeat", "configuration"];
        (string Path, string[] Fields)[] doors =
        [
            ($"/api/v1/agents/{agent}/message", ["content", "id", "from", "metadata"]), ("/messages", ["id", "from", "to", "content", "metadata", "ttl_seconds"]), ("/hooks/wake", ["text"]),
            ("/hooks/agent", ["message", "name"]), ("/v1/chat/completions", ["model", "messages", "user"]), ("/api/v1/commands", ["text"]), ("/api/v1/workflows/bulk", ["action", "workflow_uuids", "reason", "step"]),

            // Last: an agent that is made and not started, by a name that is asked for above, is rightly said not to be ready (503).
            ("/api/v1/agents", settings), ("/api/v1/agents/provision", settings),
        ];
        foreach (var (path, body) in doors.SelectMany(door => BodyOf(door.Fields).Sample(45).Select(body => (door.Path, body))))
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            request.Headers.Add("Prefer", "respond-async");
            using var answer = await _api.SendAsync(request);
            Assert.That((int)answer.StatusCode, Is.LessThan(500), $"{request.RequestUri} {body} {await answer.Content.ReadAsStringAsync()}");
        }

        Assert.That(_log.Errors, Is.Empty);
    }

    private static readonly string[] Members =
    [
        "\"name\":TEXT", "\"model\":\"local/echo\"", "\"model\":TEXT", "\"persona\":TEXT", "\"heartbeat\":{\"interval\":TEXT,\"checklist\":[TEXT,TEXT],\"active_hours\":{\"start\":\"08:00\",\"end\":TEXT,\"time_zone\":TEXT}}",
        "\"configuration\":JSON", "\"content\":TEXT", "\"id\":TEXT", "\"from\":TEXT", "\"to\":TEXT", "\"metadata\":JSON", "\"ttl_seconds\":NUMBER", "\"text\":TEXT", "\"message\":TEXT", "\"agent_id\":TEXT",
        "\"messages\":[{\"role\":\"user\",\"content\":TEXT}]", "\"user\":TEXT", "\"action\":\"cancel\"", "\"workflow_uuids\":[\"0190d1c6-7a5b-7c3d-8e4f-5a6b7c8d9e0f\"]", "\"reason\":TEXT", "\"step\":TEXT",
        "\"events\":[TEXT]", "\"time_zone\":TEXT", "\"\\ud800\":1",
    ];

    // Of these fields, and of one that nobody has; without any, of all.
    private static Gen<string> BodyOf(params string[] fields) =>
        from members in HostileFrames.Some(Gen.Elements(Members.Where(member => fields.Length == 0 || fields.Any(field => member.StartsWith($"\"{field}\":", StringComparison.Ordinal)) || member.StartsWith("\"\\", StringComparison.Ordinal))), 8)
        from texts in Gen.Elements(
            "\"fine\"", "\"half \\ud83d\"", "\"NUL \\u0000\"", "\"\\u001b[2J\"", "\"\"", "null", "5", "[]", "\"agent:target\"", "\"client:x\"", "\"Europe/Berlin\"", "\"\\u0000/..\"", $"\"{new string('x', 300)}\"").Two()
        from json in HostileFrames.Params
        from number in Gen.Elements("0", "-1", "60", "1e400", "1.5", "99999999999")
        select $"{{{string.Join(',', members).Replace("TEXT,TEXT", $"{texts.Item1},{texts.Item2}").Replace("TEXT", texts.Item1).Replace("JSON", json).Replace("NUMBER", number)}}}";

    private static T? Read<T>(byte[] body, JsonSerializerOptions options)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(body, options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void Open(JsonTypeInfo info)
    {
        if (info.Kind is JsonTypeInfoKind.Object)
        {
            info.UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip;
        }
    }

    private static bool Refused(object? request) => request is null || ForeignArguments.Problem([request]) is not null;

    private static bool IsKept(params IEnumerable<string?> texts) => texts.All(text => text is null || ForeignText.IsWhole(text));
}
