using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck.Fluent;
using OpenClaw.Data.Agents;
using OpenClaw.Data.Conversations;
using OpenClaw.Jobs.Runtimes;
using OpenClaw.Jobs.Runtimes.Echo;
using OpenClaw.Tests.Gateway.Support;
using OpenClaw.Web.Gateway.Conversations;
using OpenClaw.Web.Gateway.Methods;

namespace OpenClaw.Tests.Gateway;

/// <summary>What clients set for a conversation.</summary>
public sealed class SessionSettingTests : GatewayFixture
{
    [TestCase("verboseLevel", "\"on\"")]
    [TestCase("traceLevel", "\"raw\"")]
    [TestCase("reasoningLevel", "\"stream\"")]
    [TestCase("responseUsage", "\"tokens\"")]
    [TestCase("thinkingLevel", "\"off\"")]
    [TestCase("icon", "\"🦞\"")]
    [TestCase("category", "\"Work\"")]
    public async Task A_setting_of_how_it_is_shown_is_kept_shown_and_taken_back(string name, string value)
    {
        var agent = await AgentAsync($"set {name}");
        await using var client = await ConnectAsync();
        var key = new JsonObject { ["key"] = $"agent:set-{name.ToLowerInvariant()}:settings" };

        var patched = await PatchAsync(JsonNode.Parse(value));
        await PatchAsync(JsonNode.Parse(value));

        Assert.That(patched["entry"]![name]!.ToJsonString(), Is.EqualTo(JsonNode.Parse(value)!.ToJsonString()));
        Assert.That(((string?)patched["key"], (string?)patched["resolved"]!["model"]), Is.EqualTo(($"agent:{agent}:settings", "echo")));
        Assert.That((await DescribeAsync())[name]!.ToJsonString(), Is.EqualTo(JsonNode.Parse(value)!.ToJsonString()));
        await client.CallAsync("sessions.reset", key);
        Assert.That((await DescribeAsync())[name], Is.Not.Null, "It is the conversation's, not the transcript's.");
        await PatchAsync(null);
        Assert.That((await DescribeAsync())[name], Is.Null);

        async Task<JsonNode> DescribeAsync() => (await client.CallAsync("sessions.describe", key))["session"]!;

        Task<JsonNode> PatchAsync(JsonNode? setting)
        {
            var parameters = key.DeepClone().AsObject();
            parameters[name] = setting;
            return client.CallAsync("sessions.patch", parameters);
        }
    }

    [TestCase("""{"thinkingLevel":"high"}""", "thinkingLevel \"high\" is not supported for local/echo (use off)")]
    [TestCase("""{"verboseLevel":"loud"}""", "invalid verboseLevel (use \"off\"|\"on\"|\"full\")")]
    [TestCase("""{"responseUsage":"yes"}""", "invalid responseUsage (use \"off\"|\"tokens\"|\"full\"|\"on\")")]
    [TestCase("""{"fastMode":true}""", "no model here has a fast mode")]
    [TestCase("""{"fastMode":"fast"}""", "at /fastMode: must be boolean")]
    [TestCase("""{"model":"nobody/knows"}""", "No runtime serves the model 'nobody/knows'.")]
    [TestCase("""{"model":"other"}""", "The runtime 'local' has one model")]
    [TestCase("""{"model":"session/x"}""", "a conversation cannot move between that and session/x")]
    [TestCase("""{"model":"/c"}""", "is no model: write provider/name")]
    [TestCase("""{"elevatedLevel":"full"}""", "agents here run no commands of the host")]
    [TestCase("""{"execHost":"node"}""", "agents here run no commands of the host")]
    [TestCase("""{"archived":true}""", "Cannot archive an agent's main session.")]
    [TestCase("""{"archived":"yes"}""", "at /archived: must be boolean")]
    [TestCase("""{"expectedSessionId":"another"}""", "changed before the change. Retry.")]
    [TestCase("""{"label":5}""", "at /label: must be string")]
    [TestCase("""{"sparkle":true}""", "unexpected property 'sparkle'")]
    public async Task What_cannot_be_set_is_refused_with_what_to_do(string patch, string problem)
    {
        await using var client = await ConnectAsync();
        var key = (string)(await client.CallAsync("sessions.create", new JsonObject { ["key"] = "main" }))["key"]!;
        var parameters = JsonNode.Parse(patch)!.AsObject();
        parameters["key"] = key;

        var answer = await client.RequestAsync("sessions.patch", parameters);

        Assert.That((string?)(answer["error"] as JsonObject)?["message"], Does.Contain(problem));
    }

    [TestCase("""{"fastMode":false}""")]
    [TestCase("""{"fastMode":"auto"}""")]
    [TestCase("""{"model":"local/echo"}""")]
    [TestCase("""{"model":"echo"}""")]
    [TestCase("""{"model":null}""")]
    [TestCase("""{"elevatedLevel":"off","execHost":null,"permissionMode":null,"sendPolicy":"allow","boardFace":"chat"}""")]
    public async Task What_is_so_already_can_be_set(string patch)
    {
        await using var client = await ConnectAsync();
        var parameters = JsonNode.Parse(patch)!.AsObject();
        parameters["key"] = "agent:main:as-it-is";

        var patched = await client.CallAsync("sessions.patch", parameters);

        Assert.That(((string?)patched["entry"]!["modelProvider"], (string?)patched["entry"]!["model"], patched["entry"]!["modelOverrideSource"]), Is.EqualTo(("local", "echo", (JsonNode?)null)));
    }

    [Test]
    public async Task A_mark_is_set_and_taken_away()
    {
        await using var client = await ConnectAsync();
        var marked = (await client.CallAsync("sessions.patch", new JsonObject { ["key"] = "agent:main:marked", ["pinned"] = true, ["unread"] = true }))["entry"]!;
        var unmarked = (await client.CallAsync("sessions.patch", new JsonObject { ["key"] = "agent:main:marked", ["pinned"] = false, ["unread"] = false }))["entry"]!;

        Assert.That(((bool?)marked["pinned"], (bool?)marked["unread"], marked["pinnedAt"] is not null), Is.EqualTo((true, true, true)));
        Assert.That((unmarked["pinned"], unmarked["unread"], unmarked["pinnedAt"]), Is.EqualTo(((JsonNode?)null, (JsonNode?)null, (JsonNode?)null)));
    }

    [Test]
    public void Whatever_is_set_is_kept_as_an_object_that_a_row_can_show_or_refused_in_words()
    {
        var runtimes = new RuntimeCatalog([new LocalEchoRuntime(TimeProvider.System)]);
        var agent = new Agent { Id = Guid.NewGuid(), UserId = "u", Name = "ada", Model = "local/echo", OpenclawSessionKey = "agent:web:ada-7dda56ef9764", HeartbeatChecklist = [], Status = AgentStatus.Running };
        FsCheck.Check.One(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(2_000), Prop.ForAll(
            JsonSoup.Of([.. SessionPatch.Fields, "off", "on", "auto", "echo", "local/echo", "permissionMode", "toolOverrides"]).Generator.Where(json => json.StartsWith('{')).ToArbitrary(),
            json =>
            {
                var session = new Session { Key = "agent:ada:x", SessionId = Guid.NewGuid(), AgentId = agent.Id };
                try
                {
                    var given = new GatewayParams("sessions.patch", JsonElement.Parse(json), SessionPatch.Fields);
                    SessionPatch.Read(given, agent, runtimes).Apply(session, DateTimeOffset.UnixEpoch);
                }
                catch (GatewayException refused)
                {
                    Assert.That(refused.Message, Has.Length.InRange(10, 600));
                    return;
                }

                using var kept = JsonDocument.Parse(session.Settings);
                Assert.That(kept.RootElement.EnumerateObject().Count(), Is.LessThanOrEqualTo(SessionPatch.Fields.Length));
                Assert.That(session.Settings, Has.Length.LessThan(5_000));
            }));
    }
}
