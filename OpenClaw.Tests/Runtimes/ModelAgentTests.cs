using System.Net;
using System.Text.Json.Nodes;
using OpenClaw.Tests.Gateway.Support;
using OpenClaw.Tests.Runtimes.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Runtimes;

/// <summary>Agents on a model, from provisioning to what they remember.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed class ModelAgentTests : ModelFixture
{
    [Test, Order(1)]
    public async Task An_agent_remembers_across_pause_resume_and_another_node()
    {
        var agent = await ProvisionAsync("remembering");
        Assert.That(await AskAsync("remembering", "I am Ada."), Is.EqualTo("You said: I am Ada."));
        await OperateAsync(agent, "pause", "paused");
        await OperateAsync(agent, "resume", "running");
        await AskAsync("remembering", "Who am I?");
        await using var other = await RunningService.StartBesideAsync(Service, settings: [("OPENAI_BASE_URL", $"{Provider.Address}v1")]);
        await AskAsync("remembering", "And now?", other);

        var last = Provider.Calls.Last();
        Assert.That(last.System, Is.EqualTo("You are kind."));
        Assert.That(last.Messages, Is.EqualTo(new[]
        {
            "user: I am Ada.", "assistant: You said: I am Ada.", "user: Who am I?", "assistant: You said: Who am I?", "user: And now?",
        }));
    }

    [Test]
    public async Task A_conversation_that_is_begun_anew_is_forgotten()
    {
        await ProvisionAsync("forgetful");
        await AskAsync("forgetful", "I am Ada.");
        await Client.CallAsync("sessions.reset", new JsonObject { ["key"] = "agent:forgetful:main" });
        await AskAsync("forgetful", "Who am I?");

        Assert.That(Provider.Calls.Last().Messages, Is.EqualTo(new[] { "user: Who am I?" }));
    }

    [Test]
    public async Task A_conversation_longer_than_the_window_is_cut_at_its_beginning()
    {
        await ProvisionAsync("short-sighted", new { context_tokens = 200 });
        foreach (var number in Enumerable.Range(1, 6))
        {
            await AskAsync("short-sighted", $"{number} {new string('x', 60)}");
        }

        // Of 200 tokens a quarter is the reply's; each exchange here is an estimated 65, and the message itself 28.
        Assert.That(Provider.Calls.Last().Messages.Select(message => message[..Math.Min(message.Length, 20)]), Is.EqualTo(new[]
        {
            "user: 5 xxxxxxxxxxxx", "assistant: You said:", "user: 6 xxxxxxxxxxxx",
        }));
    }

    [Test]
    public async Task What_overflows_the_model_is_asked_again_with_less_of_the_conversation()
    {
        await ProvisionAsync("overflowing");
        await AskAsync("overflowing", new string('x', 9_000));
        Provider.Answer(call => call.Messages.Count > 1 ? call.FailAsync(400, "too long", "context_length_exceeded") : call.SayAsync("short"));

        Assert.That(await AskAsync("overflowing", "go on"), Is.EqualTo("short"));
    }

    [TestCase("<think>The list is short. HEARTBEAT_OK?</think>\n\nHEARTBEAT_OK", "ok")]
    [TestCase("Nothing is odd.\n</think>\nHEARTBEAT_OK", "ok")]
    [TestCase("<think>HEARTBEAT_OK</think>The disk is full.", "alert")]
    public async Task Thoughts_are_neither_judged_nor_repeated(string said, string status)
    {
        var name = $"pensive-{said.Length}";
        var agent = await ProvisionAsync(name);
        Provider.Answer(call => call.SayAsync(call.LastMessage == "hello" ? "<think>Who is that?</think>Hello." : said));

        await Service.Api.PostAsync($"/api/v1/agents/{agent}/heartbeat");
        await Eventually.That(() => Service.Database.LinesAsync($"SELECT status, coalesce(reason, '') LIKE '%think%' FROM openclaw.heartbeat_executions WHERE agent_id = '{agent}'"), Is.EqualTo(new[] { $"{status}|False" }));
        Assert.That(await AskAsync(name, "hello"), Is.EqualTo("Hello."));
        await AskAsync(name, "and now?");

        Assert.That(Provider.Calls.Last().Messages, Has.Member("assistant: Hello.").And.None.Contains("think").And.None.Contains("Nothing is odd"));
    }

    [Test]
    public async Task What_was_said_before_a_turn_was_cut_short_is_told_with_the_reason()
    {
        var agent = await ProvisionAsync("interrupted");
        Provider.Answer(async call =>
        {
            await call.BeginAsync("<think>Hm.</think>", "The first half of ", "the answer");
            await call.WriteAsync("data: {\"error\":{\"message\":\"the words\",\"code\":400}}\n\n");
        });

        var sent = await Service.Api.PostAsync($"/api/v1/agents/{agent}/message", new { content = "hello?" });

        Assert.That(sent.Text("detail"), Does.Contain("the words").And.EndWith("It had said so far: The first half of the answer"));
    }

    [Test]
    public async Task What_overflows_the_model_is_not_asked_again_in_full()
    {
        await ProvisionAsync("small-window");
        foreach (var number in Enumerable.Range(1, 8))
        {
            await AskAsync("small-window", $"{number}");
        }

        Provider.Calls.Clear();
        Provider.Answer(call => call.Messages.Count > 3 ? call.FailAsync(400, "input does not fit: 9000 tokens given, context size is 8192") : call.SayAsync("short"));

        Assert.That(await AskAsync("small-window", "go on"), Is.EqualTo("short"));
        Assert.That(Provider.Calls.Select(call => call.Messages.Count), Is.Ordered.Descending.And.Unique);
        Assert.That(Provider.Calls, Has.Count.LessThan(6));
    }

    [Test]
    public async Task A_busy_provider_is_asked_again_by_the_workflow()
    {
        await ProvisionAsync("patient");
        Provider.Answer(call => call.FailAsync(429, "slow down", retryAfter: "1"), call => call.SayAsync("at last"));

        Assert.That(await AskAsync("patient", "hello?"), Is.EqualTo("at last"));
        Assert.That(Provider.Calls, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_wrong_key_is_not_tried_again()
    {
        await ProvisionAsync("keyless");
        Provider.Answer(call => call.FailAsync(401, "who are you?"));

        var answer = await RequestAsync("keyless", "hello?", Client);

        Assert.That((string?)answer["error"]!["message"], Does.Contain("OPENAI_API_KEY"));
        Assert.That(Provider.Calls, Has.Count.EqualTo(1));
    }

    [TestCase(401, "invalid_api_key", "Check OPENAI_API_KEY")]
    [TestCase(400, "content_filter", "Word the message or the persona differently")]
    [TestCase(400, "context_length_exceeded", "Shorten the message or the persona")]
    public async Task A_turn_that_trying_again_cannot_help_ends_with_what_to_do_and_goes_on_when_it_is_resumed(int status, string code, string advice)
    {
        var agent = await ProvisionAsync($"hopeless {code}");
        Provider.Answer(call => call.FailAsync(status, "no", code), call => call.SayAsync("Now it works."));

        var sent = await Service.Api.PostAsync($"/api/v1/agents/{agent}/message", new { content = "hello?" });

        Assert.That(sent.Status, Is.EqualTo(HttpStatusCode.BadGateway));
        Assert.That(sent.Text("detail"), Does.Contain(advice));
        Assert.That(await Service.Database.TextAsync($"SELECT state || ': ' || state_reason FROM openclaw_system.notifications WHERE agent_id = '{agent}' AND content = 'hello?'"), Does.StartWith("dead: ").And.Contain(advice));
        await Service.Api.PostAsync($"/api/v1/workflows/{sent.Text("workflow_uuid")}/resume");
        await Eventually.That(
            () => Service.Database.LinesAsync($"SELECT content FROM openclaw_system.notifications WHERE agent_id = '{agent}' AND reply_to IS NOT NULL"), Is.EqualTo(new[] { "Now it works." }));
    }

    [Test]
    public async Task A_turn_that_was_recorded_before_a_crash_is_not_asked_again()
    {
        var agent = await ProvisionAsync("crashed");
        await AskAsync("crashed", "once");
        var workflow = await Service.Database.TextAsync($"SELECT workflow_uuid::text FROM openclaw_system.notifications WHERE content = 'once' AND agent_id = '{agent}'");

        // As it is when the process dies between the record and the step's checkpoint.
        await Service.Database.ExecuteAsync(
            $"""
            UPDATE openclaw_system.notifications SET state = 'accepted' WHERE workflow_uuid = '{workflow}';
            DELETE FROM openclaw_system.notifications WHERE reply_to = (SELECT id FROM openclaw_system.notifications WHERE workflow_uuid = '{workflow}');
            UPDATE openclaw_system.operation_outputs SET output = NULL, completed_at = NULL WHERE workflow_uuid = '{workflow}' AND function_name IN ('deliver', 'reply');
            UPDATE openclaw_system.workflow_status SET status = 'ERROR', next_step = 1 WHERE workflow_uuid = '{workflow}';
            """);
        await Service.Api.PostAsync($"/api/v1/workflows/{workflow}/resume");

        await Eventually.That(async () => (await Service.Api.GetJsonAsync($"/api/v1/workflows/{workflow}")).Text("status"), Is.EqualTo("SUCCESS"));
        Assert.That(Provider.Calls, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task An_agent_that_has_reached_its_cap_is_paused_and_its_owner_asked()
    {
        var agent = await ProvisionAsync("thrifty", new { daily_token_cap = 30 });
        await AskAsync("thrifty", "one");
        Assert.That((await Service.Api.GetJsonAsync($"/api/v1/agents/{agent}")).Text("status"), Is.EqualTo("running"));
        await AskAsync("thrifty", "two");

        await Eventually.That(async () => (await Service.Api.GetJsonAsync($"/api/v1/agents/{agent}")).Text("status"), Is.EqualTo("paused"));
        var usage = (await Service.Api.GetJsonAsync($"/api/v1/agents/{agent}/usage")).Body;
        Assert.That((usage.GetProperty("tokens_today").GetInt64(), usage.GetProperty("daily_token_cap").GetInt64()), Is.EqualTo((36, 30)));
        Assert.That(usage.GetProperty("days")[0].GetProperty("turns").GetInt64(), Is.EqualTo(2));
        Assert.That(
            await Service.Database.TextAsync($"SELECT content FROM openclaw_system.notifications WHERE sender = 'agent:{agent}' AND metadata ->> 'event' = 'budget_reached'"),
            Does.StartWith("thrifty has reached its budget. 36 tokens today, and its cap is 30, so it is paused."));
    }

    [Test]
    public async Task An_agent_that_says_the_same_again_and_again_is_told_of_once_or_paused_by_its_owners_rule()
    {
        Provider.Answer(call => call.SayAsync("I am on it."));
        var (told, paused) = (await ProvisionAsync("going-round", new { loop_after = 3 }), await ProvisionAsync("gone-round", new { loop_after = 3, loop_then = "pause" }));
        foreach (var number in Enumerable.Range(1, 4))
        {
            await AskAsync("going-round", $"How far are you, {number}?");
        }

        Assert.That(await LoopsAsync(told), Has.Count.EqualTo(1).And.All.Match("^going-round has said the same 3 times in a row in the conversation agent:going-round[^:]*:main: I am on it. It goes on. With configuration.loop_then = pause it would be paused.$"));
        Assert.That(await Service.Api.GetStringAsync("/"), Does.Contain($"id=\"loop-{told}\""));

        foreach (var round in new[] { 1, 2 })
        {
            foreach (var number in Enumerable.Range(1, 3))
            {
                await AskAsync("gone-round", $"How far are you, {round} {number}?");
            }

            await Eventually.That(async () => (await Service.Api.GetJsonAsync($"/api/v1/agents/{paused}")).Text("status"), Is.EqualTo("paused"));
            await OperateAsync(paused, "resume", "running");
        }

        Assert.That(await LoopsAsync(paused), Has.Count.EqualTo(2).And.All.EndsWith("I am on it. It is paused: see what is wrong, and resume it."));
    }

    [Test]
    public async Task An_agent_that_fails_the_same_again_and_again_or_spends_tenfold_is_told_of()
    {
        Provider.Answer(call => call.FailAsync(400, "no such thing"));
        var agent = await ProvisionAsync("failing", new { loop_after = 3 });
        foreach (var number in Enumerable.Range(1, 4))
        {
            await Service.Api.PostAsync($"/api/v1/agents/{agent}/message", new { content = $"Try, {number}." });
        }

        Assert.That(await LoopsAsync(agent), Has.Count.EqualTo(1).And.One.StartsWith("failing has failed in the same way 3 times in a row in the conversation agent:"));

        Provider.Answer(call => call.SayAsync("Well."));
        var dear = await ProvisionAsync("dear");
        await Service.Database.ExecuteAsync(
            $"""
            INSERT INTO openclaw.spending (turn_key, at, day, owner, agent_id, model, kind, input_tokens, cached_input_tokens, output_tokens, amount)
            SELECT 'dear:' || hours, now() - hours * interval '1 hour', ((now() - hours * interval '1 hour') AT TIME ZONE 'utc')::date, 'admin', '{dear}', 'openai/some-model', 'message', 1, 0, 1, amount
            FROM (VALUES (0.1, 200000), (3.5, 20000)) AS spent (hours, amount)
            """);
        await AskAsync("dear", "one");
        await AskAsync("dear", "two");
        Assert.That(await LoopsAsync(dear), Is.EqualTo(new[] { "dear has spent 0.20 USD within an hour, and 0.02 in the dearest hour of the day before. It goes on. With configuration.loop_then = pause it would be paused." }));
    }

    [TestCase("loop_after", 2)]
    [TestCase("loop_then", "stop")]
    public async Task What_is_done_about_loops_is_said_in_words_that_are_known(string setting, object value)
    {
        var refused = await Service.Api.PostAsync("/api/v1/agents/provision", new { name = "vague", model = "openai/some-model", configuration = new Dictionary<string, object> { [setting] = value } });

        Assert.That(refused.Body.GetProperty("errors").GetProperty("configuration")[0].GetString(), Does.StartWith($"configuration.{setting} must be "));
    }

    [Test]
    public async Task A_cap_is_a_whole_number()
    {
        var refused = await Service.Api.PostAsync("/api/v1/agents/provision", new { name = "vague", model = "openai/some-model", configuration = new { daily_token_cap = "much" } });

        Assert.That((refused.Status, refused.ErrorFields), Is.EqualTo((HttpStatusCode.UnprocessableEntity, new[] { "configuration" })));
    }

    [TestCase("anthropic/claude-haiku-4-5", "ANTHROPIC_API_KEY")]
    public async Task A_provider_without_settings_fails_provisioning_at_its_first_step(string model, string variable)
    {
        await Service.Api.PostAsync("/api/v1/agents/provision", new { name = "nobody", model });

        var agents = await Eventually.That(async () => (await Service.Api.GetJsonAsync("/api/v1/agents?status=failed")).Body.GetProperty("agents").EnumerateArray().ToList(), Has.Count.EqualTo(1));
        Assert.That(agents[0].GetProperty("error_message").GetString(), Does.Contain("ended at validate").And.Contain(variable));
        Assert.That(
            await Service.Database.TextAsync($"SELECT attempts::text FROM openclaw_system.operation_outputs o JOIN openclaw_system.workflow_status w USING (workflow_uuid) WHERE w.agent_id = '{agents[0].GetProperty("id").GetString()}' AND function_name = 'validate'"),
            Is.EqualTo("1"));
    }

    [Test]
    public async Task A_turn_that_is_cancelled_is_taken_back_from_the_provider()
    {
        var agent = await ProvisionAsync("stopped-short");
        var gone = new Signal();
        Provider.Answer(async call =>
        {
            await call.BeginAsync("I think ");
            await call.HangAsync();
            gone.SetResult();
        });
        await Service.Api.PostAsync($"/api/v1/agents/{agent}/message", new { content = "think" }, ("Prefer", "respond-async"));
        await Eventually.That(() => Provider.Calls, Has.Count.EqualTo(1));

        var workflow = await Service.Database.TextAsync($"SELECT workflow_uuid::text FROM openclaw_system.workflow_status WHERE name = 'route_message' AND agent_id = '{agent}'");
        await Service.Api.PostAsync($"/api/v1/workflows/{workflow}/cancel");

        await gone.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await Eventually.That(async () => (await Service.Api.GetJsonAsync($"/api/v1/workflows/{workflow}")).Text("status"), Is.EqualTo("CANCELLED"));
    }

    [Test]
    public async Task Messages_of_a_session_are_answered_one_at_a_time_and_in_order()
    {
        var open = new Signal();
        Provider.Answer(async call =>
        {
            if (call.LastMessage != "beside")
            {
                await open.Task;
            }

            await call.SayAsync("ok");
        });
        var agent = await ProvisionAsync("orderly");
        await ProvisionAsync("bystander");
        var asking = Enumerable.Range(1, 8).Select(number => AskAsync("orderly", $"{number}")).ToArray();
        await Eventually.That(() => Service.Database.TextAsync($"SELECT count(*) FROM openclaw_system.notifications WHERE recipient = 'agent:{agent}'"), Is.EqualTo("8"));

        // Somebody else's whole exchange fits in between: whatever else could begin has begun.
        Assert.That(await AskAsync("bystander", "beside"), Is.EqualTo("ok"));
        Assert.That(Provider.Calls.Select(call => call.LastMessage).Where(text => text != "beside").ToList(), Has.Count.EqualTo(1), "One at a time.");
        open.SetResult();
        await Task.WhenAll(asking);

        var asked = Provider.Calls.Select(call => call.LastMessage).Where(text => text != "beside").ToList();
        Assert.That(asked, Is.EquivalentTo(Enumerable.Range(1, 8).Select(number => $"{number}")));
        Assert.That(Provider.Calls.Last().Messages.Where(message => message.StartsWith("user: ", StringComparison.Ordinal)), Is.EqualTo(asked.Select(text => $"user: {text}")));
    }

    private async Task OperateAsync(Guid agent, string operation, string status)
    {
        var answer = await Service.Api.PostAsync($"/api/v1/agents/{agent}/{operation}");
        Assert.That(answer.Text("status"), Is.EqualTo(status));
    }

    // Each on a connection of its own, because many ask at once.
    private async Task<string?> AskAsync(string agent, string text, RunningService? node = null)
    {
        await using var client = await GatewayClient.ConnectAsync((node ?? Service).Address, "/");
        var answer = await RequestAsync(agent, text, client);
        return (string?)answer["payload"]!["result"]?["payloads"]?[0]?["text"] ?? answer.ToJsonString();
    }

    private static Task<JsonNode> RequestAsync(string agent, string text, GatewayClient client) =>
        client.RequestAsync("agent", new JsonObject { ["message"] = text, ["agentId"] = agent, ["idempotencyKey"] = Guid.NewGuid().ToString() });

    private Task<List<string>> LoopsAsync(Guid agent) =>
        Service.Database.LinesAsync($"SELECT content FROM openclaw_system.notifications WHERE sender = 'agent:{agent}' AND metadata ->> 'event' = 'agent_loops' ORDER BY sequence");
}
