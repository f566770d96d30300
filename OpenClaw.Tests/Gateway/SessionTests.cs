using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using OpenClaw.Jobs.Runtimes;
using OpenClaw.Tests.Gateway.Support;
using OpenClaw.Tests.Support;
using RunFeed = OpenClaw.Web.Gateway.Runs.RunFeed;

namespace OpenClaw.Tests.Gateway;

/// <summary>Conversations that begin before anything is said, and that are deleted.</summary>
public sealed class SessionTests : GatewayFixture
{
    [Test]
    public async Task A_session_is_created_with_a_name_and_first_words()
    {
        var agent = await AgentAsync("host");
        await using var client = await ConnectAsync();

        var silent = await client.CallAsync("sessions.create", new JsonObject { ["agentId"] = agent, ["label"] = "Later" });
        var spoken = await client.CallAsync("sessions.create", new JsonObject { ["agentId"] = agent, ["key"] = "talk", ["message"] = "hello" });

        Assert.That((string)silent["key"]!, Does.StartWith($"agent:{agent}:dashboard:"));
        Assert.That(((bool)silent["runStarted"]!, (string?)silent["entry"]!["label"], (string?)silent["sessionId"]), Is.EqualTo((false, "Later", (string?)silent["entry"]!["sessionId"])));
        Assert.That(((bool)spoken["runStarted"]!, (string?)spoken["key"]), Is.EqualTo((true, $"agent:{agent}:talk")));
        await Eventually.That(() => HistoryAsync(client, $"agent:{agent}:talk"), Is.EqualTo(new[] { "hello", "echo (no model behind this): hello" }), TimeSpan.FromSeconds(20));
        Assert.That(
            (await client.CallAsync("sessions.list", new JsonObject { ["agentId"] = agent }))["sessions"]!.AsArray().Select(row => (string?)row!["key"]),
            Is.EquivalentTo(new[] { (string?)silent["key"], (string?)spoken["key"] }));
    }

    [Test]
    public async Task A_deleted_session_begins_anew_while_the_agent_keeps_its_messages()
    {
        var agent = await AgentAsync("forgetful");
        await using var client = await ConnectAsync();
        var (key, words) = ($"agent:{agent}:notes", new JsonObject { ["key"] = $"agent:{agent}:notes" });
        await SayAsync("secret");

        Assert.That((bool)(await client.CallAsync("sessions.delete", words))["deleted"]!, Is.True);
        Assert.That((bool)(await client.CallAsync("sessions.delete", words))["deleted"]!, Is.False);

        Assert.That((await client.CallAsync("sessions.describe", words))["session"], Is.Null);
        Assert.That(await HistoryAsync(client, key), Is.Empty);
        await SayAsync("anew");
        Assert.That(await HistoryAsync(client, key), Is.EqualTo(new[] { "anew", "echo (no model behind this): anew" }));
        Assert.That(await Service.Database.TextAsync($"SELECT count(*) FROM openclaw_system.notifications WHERE session_key = '{key}'"), Is.EqualTo("4"));
        Assert.That(
            (string?)(await client.RequestAsync("sessions.delete", new JsonObject { ["key"] = "main", ["agentId"] = agent }))["error"]!["message"],
            Does.Contain("main session"));

        Task SayAsync(string text) => client.CallAsync("agent", new JsonObject { ["message"] = text, ["sessionKey"] = key, ["idempotencyKey"] = text });
    }

    [TestCase("sessions.reset", "UPDATE")]
    [TestCase("sessions.delete", "DELETE")]
    public async Task What_the_model_is_told_is_forgotten_together_with_what_people_see_or_not_at_all(string method, string change)
    {
        var agent = await AgentAsync($"half {change}");
        await using var client = await ConnectAsync();
        var key = $"agent:{agent}:{change}";
        await client.CallAsync("agent", new JsonObject { ["message"] = "hello", ["sessionKey"] = key, ["idempotencyKey"] = key });
        await Service.Database.ExecuteAsync($"""
            INSERT INTO openclaw.conversation_turns (agent_id, session_key, turn_key, model, message, reply) SELECT agent_id, key, key, 'a/b', 'hello', 'hi' FROM openclaw.sessions WHERE key = '{key}';
            CREATE FUNCTION openclaw.refuse_{change}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$;
            CREATE TRIGGER refuse_{change} BEFORE {change} ON openclaw.sessions FOR EACH ROW WHEN (OLD.key = '{key}') EXECUTE FUNCTION openclaw.refuse_{change}()
            """);

        Assert.That((await client.RequestAsync(method, new JsonObject { ["key"] = key }))["error"], Is.Not.Null);
        Assert.That(await ForgottenAsync(), Is.EqualTo("false"));

        await Service.Database.ExecuteAsync($"DROP TRIGGER refuse_{change} ON openclaw.sessions");
        await client.CallAsync(method, new JsonObject { ["key"] = key });
        Assert.That(await ForgottenAsync(), Is.EqualTo("true"));

        Task<string> ForgottenAsync() => Service.Database.TextAsync($"SELECT (forgotten_at IS NOT NULL)::text FROM openclaw.conversation_turns WHERE session_key = '{key}'");
    }

    [Test]
    public async Task A_run_whose_end_was_not_heard_is_forgotten_in_the_end()
    {
        await using var client = await ConnectAsync();
        var time = new FakeTimeProvider();
        var feed = ActivatorUtilities.CreateInstance<RunFeed>(Service.Services, time);
        feed.Heard(new ReplyGrowth(Guid.NewGuid(), Guid.NewGuid(), "lost", "agent:lost:main", 0, "I think"));
        time.Advance(TimeSpan.FromMinutes(59));
        feed.Heard(new ReplyGrowth(Guid.NewGuid(), Guid.NewGuid(), "another", "agent:another:main", 0, "So do I"));
        Assert.That(feed.Remembering, Is.EqualTo(2));

        time.Advance(TimeSpan.FromMinutes(2));
        feed.Heard(new ReplyGrowth(Guid.NewGuid(), Guid.NewGuid(), "third", "agent:third:main", 0, "Me too"));

        Assert.That(feed.Remembering, Is.EqualTo(2));
    }

    private static async Task<IEnumerable<string?>> HistoryAsync(GatewayClient client, string key) =>
        (await client.CallAsync("chat.history", new JsonObject { ["sessionKey"] = key }))["messages"]!.AsArray().Select(message => (string?)message!["content"]![0]!["text"]);
}
