using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Tests.Mcp.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;
using OpenClaw.Web.Mcp.Serving;

namespace OpenClaw.Tests.Mcp;

/// <summary>What the tools do and say, by the newest protocol.</summary>
public sealed partial class ToolTests : McpFixture
{
    [Test]
    public async Task The_newest_protocol_is_spoken_and_all_tools_of_the_guide_are_offered()
    {
        await using var client = await ConnectAsync();

        var offered = await client.ToolsAsync();

        Assert.That(client.Protocol, Is.EqualTo("2026-07-28"));
        var guide = GuideRows(await File.ReadAllTextAsync(Repository.PathTo("docs/mcp.md")));
        Assert.That(offered.Select(tool => tool.Name), Is.EquivalentTo(guide.Select(row => row.Name)));
        foreach (var tool in Service.Services.GetRequiredService<ToolServer>().Tools)
        {
            Assert.That(guide.Single(row => row.Name == tool.Name).Scope, Is.EqualTo(tool.Scope + (tool.IsDangerous ? ", asks" : "")), tool.Name);
        }
    }

    [Test]
    public async Task What_a_tool_takes_is_what_its_schema_says()
    {
        await using var client = await ConnectAsync();

        var (code, detail) = await client.RefusedAsync("send_message", ("agent", "nobody"), ("context", "x"), ("contents", "y"));

        Assert.That(code, Is.EqualTo("invalid_request"));
        Assert.That(detail, Does.Contain("contents is not an argument here; there are agent, content, id").And.Contain("content is needed here."));
        Assert.That((await client.RefusedAsync("list_agents", ("limit", "many"))).Detail, Is.EqualTo("limit must be a whole number."));
        Assert.That((await client.RefusedAsync("list_agents", ("limit", 501))).Detail, Is.EqualTo("limit must lie between 1 and 500."));
        Assert.That((await client.RefusedAsync("provision_agent", ("name", "x"), ("model", "local/echo"), ("heartbeat", new { beats = 3 }))).Detail, Does.StartWith("beats is not a field here; there are enabled"));
        Assert.That((await client.RefusedAsync("get_agent", ("agent", "no such agent"))).Code, Is.EqualTo("agent_not_found"));
        Assert.That(await client.RefusedAsync("no_such_tool"), Is.EqualTo(("tool_not_found", "There is no tool \"no_such_tool\"; tools/list has them.")));
    }

    [Test]
    public async Task A_person_is_asked_before_something_is_ended_and_what_they_say_counts()
    {
        var agent = await AgentAsync("asked about", "local/echo");
        var answer = false;
        await using var client = await ConnectAsync(() => answer);

        Assert.That((await client.RefusedAsync("stop_agent", ("agent", "asked about"), ("confirm", true))).Code, Is.EqualTo("not_confirmed"), "The client's own confirm is not the person's.");
        Assert.That((await client.GetAsync("get_agent", ("agent", agent))).GetProperty("agent").GetProperty("status").GetString(), Is.EqualTo("running"));
        answer = true;
        Assert.That((await client.GetAsync("stop_agent", ("agent", "asked about"))).GetProperty("agent").GetProperty("id").GetGuid(), Is.EqualTo(agent));

        Assert.That(Errors.Errors.Where(line => line.Contains("ModelContextProtocol", StringComparison.Ordinal)), Is.Empty, "To ask is no failure.");
        Assert.That(client.Questions, Has.Count.EqualTo(2).And.All.StartsWith($"The agent \"asked about\" ({agent}), which is running, is to be stopped for good"));
        Assert.That(await Service.Database.TextAsync($"SELECT string_agg(actor || ' ' || action, ',') FROM openclaw.audit_log WHERE subject = 'agent:{agent}' AND action = 'agent.stop'"), Is.EqualTo("mcp agent.stop"));
    }

    [Test]
    public async Task A_client_that_asks_nobody_is_told_what_will_happen_first()
    {
        var failed = await FailedWorkflowAsync("of the silent");
        var agent = await AgentAsync("scheduled", "local/echo");
        await using var client = await ConnectAsync();
        var schedule = (await client.GetAsync("add_schedule", ("agent", agent), ("name", "standup"), ("message", "what is new?"), ("every", "15m"))).GetProperty("id").GetString();

        var (code, detail) = await client.RefusedAsync("delete_schedule", ("schedule", schedule));
        Assert.That((code, detail), Is.EqualTo(("confirmation_needed", $"The schedule \"standup\" ({schedule}) of the agent \"scheduled\" is to be deleted: the agent is not sent its message any more, and it cannot be had back. Nothing was done yet. Ask the person whether that is meant; if so, call delete_schedule again with confirm: true.")));
        Assert.That((await client.RefusedAsync("cancel_workflow", ("workflow", failed))).Code, Is.EqualTo("confirmation_needed"));
        Assert.That((await client.RefusedAsync("cancel_workflow", ("workflow", failed), ("confirm", true))).Code, Is.EqualTo("workflow_ended"));
        Assert.That((await client.AskAsync("delete_schedule", ("schedule", schedule), ("confirm", true))).Text, Is.EqualTo("The schedule \"standup\" is deleted."));
        Assert.That((await client.RefusedAsync("delete_schedule", ("schedule", schedule), ("confirm", true))).Code, Is.EqualTo("schedule_not_found"));
    }

    [Test]
    public async Task A_brake_is_set_at_once_and_released_when_a_person_says_so()
    {
        var agent = await AgentAsync("to be braked", "local/echo");
        await using var client = await ConnectAsync();

        var set = await client.GetAsync("set_brake", ("agent", agent), ("mode", "no_new_turns"), ("reason", "a look first"));
        var brake = set.GetProperty("id").GetGuid();
        Assert.That((await client.RefusedAsync("set_brake", ("mode", "faster"))).Detail, Does.StartWith("mode must be no_new_turns"));
        Assert.That((await client.GetAsync("list_brakes")).GetProperty("brakes")[0].GetProperty("agent_name").GetString(), Is.EqualTo("to be braked"));
        Assert.That((await client.RefusedAsync("release_brake", ("brake", brake))).Code, Is.EqualTo("confirmation_needed"));
        Assert.That((await client.GetAsync("release_brake", ("brake", brake), ("confirm", true))).GetProperty("state").GetString(), Is.EqualTo("releasing"));
    }

    [Test]
    public async Task A_question_is_answered_once_when_a_person_says_so()
    {
        var agent = await AgentAsync("who asks", "local/echo");
        var asked = await Service.Api.PostAsync($"/api/v1/agents/{agent}/questions", new { question = "May I?", choices = new[] { "Yes", "No" } });
        await using var client = await ConnectAsync();

        Assert.That((await client.GetAsync("list_questions", ("state", "open"))).GetProperty("questions").EnumerateArray().Select(row => row.GetProperty("question").GetString()), Does.Contain("May I?"));
        var id = asked.Body.GetProperty("id").GetGuid();
        Assert.That((await client.RefusedAsync("answer_question", ("question", id), ("choice", "No"))).Code, Is.EqualTo("confirmation_needed"));
        Assert.That((await client.GetAsync("answer_question", ("question", id), ("choice", "No"), ("confirm", true))).GetProperty("answer").GetString(), Is.EqualTo("No"));
        Assert.That((await client.RefusedAsync("answer_question", ("question", id), ("choice", "Yes"), ("confirm", true))).Code, Is.EqualTo("question_ended"));
    }

    [Test]
    public async Task Why_tells_the_story_of_what_failed_and_what_to_do()
    {
        var failed = await FailedWorkflowAsync("of the story");
        await using var client = await ConnectAsync();

        var (_, story) = await client.AskAsync("why", ("agent", "of the story"));

        Assert.That(story, Is.EqualTo((await client.AskAsync("why", ("workflow", failed))).Text));
        Assert.That(story, Does.StartWith($"route_message {failed} of the agent \"of the story\" ("));
        Assert.That(story, Does.Contain("It has failed at step deliver (2 of 3), after one attempt that failed: There is no luck today."));
        Assert.That(story, Does.Contain("Done and kept: resolve_recipient.").And.Contain("resume the workflow: it goes on at step deliver (2 of 3)").And.Contain("failed deliver (by "));
        Assert.That((await client.RefusedAsync("why")).Detail, Is.EqualTo("workflow or agent is needed here."));

        Runtime.Answer("scripted/unlucky", "better");
        await client.GetAsync("resume_workflow", ("workflow", failed));
        await Eventually.That(async () => (await client.AskAsync("why", ("workflow", failed))).Text, Does.Contain("It has succeeded, after "));
    }

    [Test]
    public async Task What_takes_long_is_asked_for_later()
    {
        var (asked, answer) = (new TaskCompletionSource(), new TaskCompletionSource<string>());
        Runtime.Answer("scripted/slow", (_, _) =>
        {
            asked.TrySetResult();
            return answer.Task;
        });
        var agent = await AgentAsync("slow", "scripted/slow");
        await using var client = await ConnectAsync();

        var sent = await client.GetAsync("send_message", ("agent", agent), ("content", "think long"), ("wait_seconds", 0), ("idempotency_key", "once"));
        var message = sent.GetProperty("message_id").GetGuid();
        await asked.Task;
        var again = await client.GetAsync("send_message", ("agent", agent), ("content", "think long"), ("wait_seconds", 0), ("idempotency_key", "once"));

        Assert.That(again.GetProperty("message_id").GetGuid(), Is.EqualTo(message), "It is the same call.");
        Assert.That(sent.GetProperty("later").GetString(), Is.EqualTo($"It is on its way, and the reply is not there yet. Ask read_message with message: {message} for it; do not send it again."));
        Assert.That((await client.RefusedAsync("send_message", ("agent", agent), ("content", "another"), ("wait_seconds", 0), ("idempotency_key", "once"))).Code, Is.EqualTo("idempotency_key_reused"));
        answer.SetResult("thought");
        await Eventually.That(
            async () => (await client.GetAsync("read_message", ("message", message))).TryGetProperty("reply", out var reply) ? reply.GetProperty("content").GetString() : null,
            Is.EqualTo("thought"));
    }

    [Test]
    public async Task Answers_stay_small_unless_more_is_asked_for()
    {
        Runtime.Answer("scripted/wordy", (turn, _) => Task.FromResult(string.Concat(Enumerable.Repeat("ünd so weiter 🙂 ", 3_000))));
        var agent = await AgentAsync("wordy", "scripted/wordy");
        await using var client = await ConnectAsync();
        var sent = await client.GetAsync("send_message", ("agent", agent), ("content", new string('x', 100_000)));
        var message = sent.GetProperty("message_id").GetGuid();
        for (var more = 0; more < 60; more++)
        {
            await Service.Api.PostAsync("/api/v1/agents", new { name = $"one of many {more} {new string('n', 150)}", model = "local/echo" });
        }

        foreach (var (tool, arguments) in new (string, (string, object?)[])[]
        {
            ("send_message", [("agent", agent), ("content", "more"), ("wait_seconds", 50)]),
            ("read_message", [("message", message)]),
            ("list_messages", [("agent", agent)]),
            ("list_agents", [("limit", 500)]),
            ("overview", []),
        })
        {
            var (_, text) = await client.AskAsync(tool, arguments);
            Assert.That(Encoding.UTF8.GetByteCount(text), Is.LessThanOrEqualTo(8 * 1024), tool);
        }

        var cut = await client.GetAsync("read_message", ("message", message));
        Assert.That(cut.GetProperty("cut").GetString(), Is.EqualTo("Texts of more than 2000 characters are cut here. Ask read_message with full: true for all of it."));
        var whole = await client.GetAsync("read_message", ("message", message), ("full", true));
        Assert.That(whole.GetProperty("message").GetProperty("content").GetString(), Has.Length.EqualTo(100_000));
        Assert.That(whole.TryGetProperty("cut", out _), Is.False);

        var page = await client.GetAsync("list_agents", ("limit", 500));
        var rest = page.GetProperty("rest").GetString()!;
        var shown = page.GetProperty("agents").GetArrayLength();
        Assert.That(rest, Does.StartWith($"An answer has 8 KiB at most: {shown} of {page.GetProperty("total").GetInt32()} are shown. There are more: go on with offset: {shown}."));
        Assert.That((await client.GetAsync("list_agents", ("offset", shown), ("limit", 1))).GetProperty("agents")[0].GetProperty("id").GetGuid(), Is.Not.EqualTo(page.GetProperty("agents")[shown - 1].GetProperty("id").GetGuid()));
        Assert.That((await client.GetAsync("list_agents", ("limit", 500), ("full", true))).GetProperty("agents").GetArrayLength(), Is.EqualTo(page.GetProperty("total").GetInt32()));
    }

    [Test]
    public async Task An_agent_is_changed_paused_resumed_and_asked_how_it_is()
    {
        await using var client = await ConnectAsync();
        var agent = (await client.GetAsync("provision_agent", ("name", "Cleo"), ("model", "local/echo"), ("persona", "kind"), ("heartbeat", new { interval = "1h", checklist = new[] { "look" } }), ("idempotency_key", "cleo"))).GetProperty("agent");
        Assert.That((agent.GetProperty("heartbeat_interval").GetString(), agent.GetProperty("persona").GetString()), Is.EqualTo(("1h", "kind")));

        var changed = await client.GetAsync("change_agent", ("agent", "Cleo"), ("persona", null), ("heartbeat", new { interval = "2h" }));
        Assert.That((changed.GetProperty("heartbeat_interval").GetString(), changed.TryGetProperty("persona", out _)), Is.EqualTo(("2h", false)));
        await DoneAsync(client, await client.GetAsync("beat_heart", ("agent", "Cleo")));
        Assert.That((await client.GetAsync("list_heartbeats", ("agent", "Cleo"))).GetProperty("heartbeats").GetArrayLength(), Is.GreaterThanOrEqualTo(1));
        await DoneAsync(client, await client.GetAsync("pause_agent", ("agent", "Cleo")));
        Assert.That((await client.RefusedAsync("pause_agent", ("agent", "Cleo"))).Code, Is.EqualTo("wrong_status"));
        var waiting = await client.GetAsync("send_message", ("agent", "Cleo"), ("content", "when you are back"));
        Assert.That((waiting.GetProperty("state").GetString(), waiting.GetProperty("later").GetString()), Is.EqualTo(("parked", $"It waits: {waiting.GetProperty("state_reason").GetString()}. It is delivered by itself when that is over; ask read_message with message: {waiting.GetProperty("message_id").GetString()} then.")));
        var checkpoint = (await client.GetAsync("list_checkpoints", ("agent", "Cleo"))).GetProperty("checkpoints")[0].GetProperty("number").GetInt32();
        await DoneAsync(client, await client.GetAsync("resume_agent", ("agent", "Cleo"), ("checkpoint", checkpoint)));

        var all = await client.GetAsync("get_agent", ("agent", "Cleo"));
        Assert.That((all.GetProperty("health").GetString(), all.GetProperty("agent").GetProperty("status").GetString()), Is.EqualTo(("ok", "running")));
        Assert.That((await client.AskAsync("overview")).Text, Does.Contain("running"));
        Assert.That((await client.GetAsync("usage", ("agent", "Cleo"))).GetProperty("tokens_today").GetInt64(), Is.Zero);
        Assert.That((await client.GetAsync("usage")).TryGetProperty("days", out _), Is.True);
        Assert.That((await client.GetAsync("workflow_figures")).GetProperty("window_seconds").GetDouble(), Is.EqualTo(86_400));
        Assert.That((await client.GetAsync("list_workflows", ("agent", "Cleo"), ("name", "pause_agent"))).GetProperty("workflows")[0].GetProperty("status").GetString(), Is.EqualTo("SUCCESS"));
    }

    [Test]
    public async Task A_schedule_is_refused_in_the_words_of_its_arguments()
    {
        var agent = await AgentAsync("timely", "local/echo");
        await using var client = await ConnectAsync();

        Assert.That((await client.RefusedAsync("add_schedule", ("agent", agent), ("name", "n"), ("message", "m"))).Detail, Is.EqualTo("One of cron, every and at says when; name one of them."));
        Assert.That((await client.RefusedAsync("add_schedule", ("agent", agent), ("name", "n"), ("message", "m"), ("every", "7m"))).Detail, Does.StartWith("every must divide a minute"));
        Assert.That((await client.RefusedAsync("add_schedule", ("agent", agent), ("name", "n"), ("message", "m"), ("cron", "soon"))).Detail, Does.StartWith("cron: 'soon' is no cron expression."));
        Assert.That((await client.RefusedAsync("add_schedule", ("agent", agent), ("name", "n"), ("message", "m"), ("at", "2020-01-01T00:00:00Z"))).Detail, Is.EqualTo("at has passed."));
        var made = await client.GetAsync("add_schedule", ("agent", agent), ("name", "nightly"), ("message", "m"), ("cron", "0 3 * * *"), ("time_zone", "Europe/Berlin"));

        var listed = (await client.GetAsync("list_schedules")).GetProperty("schedules").EnumerateArray().Single(schedule => schedule.GetProperty("name").GetString() == "nightly");
        Assert.That((listed.GetProperty("id").GetString(), listed.GetProperty("cron").GetString(), listed.GetProperty("agent").GetString()), Is.EqualTo((made.GetProperty("id").GetString(), "0 3 * * *", "timely")));
        Assert.That(listed.TryGetProperty("next_run_at", out _), Is.True);
    }

    private Task<McpConnection> ConnectAsync(Func<bool>? says = null) => McpConnection.OpenAsync(Service.Address, RunningService.Token, says);

    // A busy machine may take longer than a call waits.
    private static async Task DoneAsync(McpConnection client, JsonElement operation)
    {
        if (!operation.GetProperty("is_done").GetBoolean())
        {
            var workflow = operation.GetProperty("workflow_uuid").GetString();
            await Eventually.That(async () => (await client.GetAsync("get_workflow", ("workflow", workflow))).GetProperty("workflow").GetProperty("status").GetString(), Is.EqualTo("SUCCESS"));
        }
    }

    private static List<(string Name, string Scope)> GuideRows(string guide) => [.. guide.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal))
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries)).Select(cells => (cells[1].Trim('`'), cells[2]))];
}
