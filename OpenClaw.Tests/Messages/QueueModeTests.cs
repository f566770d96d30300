using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Jobs.Schedules;
using OpenClaw.Tests.Runtimes.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Messages;

/// <summary>What becomes of messages that come while their agent has a turn under way.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed class QueueModeTests : ModelFixture
{
    [Test]
    public async Task A_message_that_interrupts_ends_the_turn_under_way_whose_words_stay_and_is_answered_next()
    {
        var agent = await SpeakingAsync("interrupted", new { });
        await SendAsync(agent, "Tell me all.");
        await SaidAsync(agent, "It began");

        var answer = await Service.Api.PostAsync($"/api/v1/agents/{agent}/message", new { content = "Stop, this first.", message = "Stop, this first.", queue_mode = "interrupt" });

        Assert.That(answer.Body.GetProperty("reply").GetProperty("content").GetString(), Is.EqualTo("You said: Stop, this first."));
        Assert.That(
            await LinesAsync(agent),
            Is.EqualTo(new[] { "Tell me all.|dead", "Stop, this first.|delivered", "It began|delivered", "You said: Stop, this first.|delivered" }));
        Assert.That(await Service.Database.TextAsync($"SELECT state_reason FROM openclaw_system.notifications WHERE agent_id = '{agent}' AND recipient = 'agent:{agent}' AND state = 'dead'"), Is.EqualTo("A newer message in its conversation interrupted it."));
    }

    [Test]
    public async Task Messages_that_come_during_a_turn_are_one_turn_after_it_and_each_of_them_has_its_answer()
    {
        var go = new Signal();
        Provider.Answer(
            async call =>
            {
                await call.BeginAsync("One moment. ");
                await go.Task;
                await call.SayAsync("Done.");
            },
            call => call.SayAsync("All three."));
        var agent = await ProvisionAsync("collector", new { queue_mode = "collect" });
        await SendAsync(agent, "Begin.");
        await SaidAsync(agent, "One moment. ");
        var runs = new List<Guid>();
        foreach (var content in new[] { "And this.", "That too.", "Oh, and this." })
        {
            runs.Add(await SendAsync(agent, content));
        }

        go.SetResult();
        foreach (var run in runs)
        {
            Assert.That((await Service.Api.ReadRunAsync(run).WaitAsync(TimeSpan.FromSeconds(30)))[^1].Text("reply"), Is.EqualTo("All three."));
        }

        Assert.That(Provider.Calls.Select(call => call.LastMessage), Is.EqualTo(new[] { "Begin.", "And this.\n\nThat too.\n\nOh, and this." }));
        Assert.That(await Service.Database.LinesAsync($"SELECT turns FROM openclaw.agent_usage WHERE agent_id = '{agent}'"), Is.EqualTo(new[] { "2" }), "Charged once.");
        Assert.That(await Service.Database.TextAsync($"SELECT count(*) FROM openclaw_system.notifications WHERE agent_id = '{agent}' AND reply_to IS NOT NULL"), Is.EqualTo("2"));
        Assert.That(await Service.Database.TextAsync($"SELECT count(*) FROM openclaw_system.notifications WHERE recipient = 'agent:{agent}' AND state <> 'delivered'"), Is.EqualTo("0"));
        await Eventually.That(() => Service.Database.TextAsync($"SELECT count(*) FROM openclaw_system.workflow_status WHERE agent_id = '{agent}' AND name = 'route_message' AND status <> 'SUCCESS'"), Is.EqualTo("0"));
    }

    [Test]
    public async Task What_comes_within_the_pause_is_one_turn_though_the_agent_was_at_rest()
    {
        var agent = await ProvisionAsync("listener", new { queue_mode = "collect", queue_debounce = "2s" });

        var (first, second) = (await SendAsync(agent, "Hello."), await SendAsync(agent, "It is me."));

        var heard = await Task.WhenAll(Service.Api.ReadRunAsync(first), Service.Api.ReadRunAsync(second)).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.That(heard.Select(run => run[^1].Text("reply")), Is.All.EqualTo("You said: Hello.\n\nIt is me."));
        Assert.That(Provider.Calls, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task What_is_collected_by_a_turn_that_fails_is_answered_by_itself()
    {
        Provider.Answer(call => call.LastMessage.StartsWith("bad", StringComparison.Ordinal) ? call.FailAsync(400, "no such thing") : call.SayAsync("Good."));
        var agent = await ProvisionAsync("picky", new { queue_mode = "collect", queue_debounce = "2s" });

        var (bad, good) = (await SendAsync(agent, "bad"), await SendAsync(agent, "good"));

        Assert.That((await Service.Api.ReadRunAsync(bad).WaitAsync(TimeSpan.FromSeconds(30)))[^1].Text("status"), Is.EqualTo("dead"));
        Assert.That((await Service.Api.ReadRunAsync(good).WaitAsync(TimeSpan.FromSeconds(30)))[^1].Text("reply"), Is.EqualTo("Good."));
    }

    [Test]
    public async Task A_schedule_whose_overlap_is_cancel_ends_its_turn_under_way_when_it_is_due_again()
    {
        var agent = await SpeakingAsync("scheduled", new { });
        var id = (await Service.Api.PostAsync($"/api/v1/agents/{agent}/schedules", new { name = "Long", message = "Tell me all.", cron = "0 8 1 1 *", overlap = "cancel" })).Body.GetProperty("id").GetGuid();
        var schedules = Service.Services.GetRequiredService<ScheduleService>();
        await schedules.FireAsync(id, "1", default);
        await SaidAsync(agent, "It began");
        await Service.Api.CallAsync(HttpMethod.Patch, $"/api/v1/schedules/{id}", JsonContent.Create(new { message = "This first." }), []);

        await schedules.FireAsync(id, "2", default);

        await Eventually.That(() => LinesAsync(agent), Is.EqualTo(new[] { "Tell me all.|dead", "This first.|delivered", "It began|delivered", "You said: This first.|delivered" }));
    }

    [Test]
    public async Task Clients_of_the_gateway_say_it_in_its_own_words_for_a_message_and_for_a_conversation()
    {
        var agent = await SpeakingAsync("spoken to", new { });
        var key = $"agent:{(await Client.CallAsync("agents.list"))["agents"]!.AsArray().Select(row => (string)row!["id"]!).Single(id => id.Contains("spoken", StringComparison.Ordinal))}:main";

        Assert.That(await CommandAsync(key, "/queue"), Does.StartWith("Queue mode: followup."));
        Assert.That(await CommandAsync(key, "/queue interrupt"), Is.EqualTo("Queue mode: interrupt, in this conversation."));
        Assert.That(await CommandAsync(key, "/queue cap:25"), Does.StartWith("Nothing was changed"));
        await Client.CallAsync("chat.send", Message(key, "Tell me all."));
        await SaidAsync(agent, "It began");
        await Client.CallAsync("chat.send", Message(key, "This first."));
        await Eventually.That(() => LinesAsync(agent, "content LIKE '%This first.'"), Is.EqualTo(new[] { "This first.|delivered", "You said: This first.|delivered" }));
        Assert.That(await CommandAsync(key, "/queue default"), Is.EqualTo("Queue mode: followup, the agent's own."));

        var refused = await Client.RequestAsync("chat.send", Message(key, "hi", ("queueMode", "sometimes")));
        Assert.That((string)refused["error"]!["message"]!, Does.Contain("at /queueMode: must be followup, collect, interrupt or steer"));
    }

    [TestCase("""{"queue_mode":"sometimes"}""", "configuration.queue_mode must be followup, collect, interrupt or steer. Leave it out for followup.")]
    [TestCase("""{"queue_debounce":"2m"}""", "configuration.queue_debounce must be a time up to 60s, such as 500ms or 2s. Leave it out for 500ms.")]
    public async Task What_is_no_mode_is_refused(string configuration, string rule)
    {
        var refused = await Service.Api.PostAsync("/api/v1/agents/provision", new { name = "wrong", model = "local/echo", configuration = JsonNode.Parse(configuration) });

        Assert.That(refused.Body.GetProperty("errors").GetProperty("configuration")[0].GetString(), Is.EqualTo(rule));
    }

    // Speaks without an end when it is to tell all.
    private Task<Guid> SpeakingAsync(string name, object configuration)
    {
        Provider.Answer(async call =>
        {
            if (call.LastMessage != "Tell me all.")
            {
                await call.SayAsync($"You said: {call.LastMessage}");
                return;
            }

            await call.BeginAsync("It began");
            await call.HangAsync();
        });
        return ProvisionAsync(name, configuration);
    }

    private async Task<Guid> SendAsync(Guid agent, string content) =>
        (await Service.Api.PostAsync($"/api/v1/agents/{agent}/message", new { content }, ("Prefer", "respond-async"))).Body.GetProperty("message").GetProperty("id").GetGuid();

    private Task<string> SaidAsync(Guid agent, string text) => Eventually.That(
        () => Service.Database.TextAsync($"SELECT coalesce(string_agg(log.text, ''), '') FROM openclaw.run_log log JOIN openclaw_system.notifications message ON message.id = log.run_id WHERE message.agent_id = '{agent}'"), Is.EqualTo(text));

    private Task<List<string>> LinesAsync(Guid agent, string condition = "true") => Service.Database.LinesAsync($"SELECT content, state FROM openclaw_system.notifications WHERE agent_id = '{agent}' AND (recipient = 'agent:{agent}' OR reply_to IS NOT NULL) AND {condition} ORDER BY sequence");

    private async Task<string> CommandAsync(string key, string command)
    {
        await Client.CallAsync("chat.send", Message(key, command));
        var history = await Client.CallAsync("chat.history", new JsonObject { ["sessionKey"] = key });
        return (string)history["messages"]!.AsArray()[^1]!["content"]![0]!["text"]!;
    }

    private static JsonObject Message(string key, string text, params (string Name, string Value)[] more)
    {
        var message = new JsonObject { ["sessionKey"] = key, ["message"] = text, ["idempotencyKey"] = Guid.NewGuid().ToString() };
        foreach (var (name, value) in more)
        {
            message[name] = value;
        }

        return message;
    }
}
