using System.Text.Json.Nodes;
using OpenClaw.Jobs.Runtimes.Workers;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Runtimes;

/// <summary>What is heard of a turn, and told, while a process is at it.</summary>
public sealed partial class WorkerRuntimeTests
{
    [Test]
    public async Task What_a_process_says_while_it_is_at_it_is_heard_on_another_node_and_begun_anew_by_the_process_that_takes_it_over()
    {
        await AgentAsync("speaker");
        await using var other = await RunningService.StartBesideAsync(_service);
        var first = await ServeAsync("speaker");
        var sent = await _client.CallAsync("messages.send", new JsonObject { ["to"] = "speaker", ["content"] = "say" });
        var hearing = other.Api.ReadRunAsync(Guid.Parse((string)sent["id"]!));
        var turn = await TurnAsync(first, "say");
        Assert.That((bool)(await ProgressAsync(first, turn, "I will n"))["accepted"]!, Is.True);
        Assert.That((bool)(await ProgressAsync(_client, turn, "forged"))["accepted"]!, Is.False);
        await Eventually.That(() => _service.Database.TextAsync($"SELECT string_agg(text, '') FROM openclaw.run_log WHERE run_id = '{(string)sent["id"]!}'"), Is.EqualTo("I will n"));
        await first.DisposeAsync();

        await using var next = await ServeAsync("speaker");
        turn = await TurnAsync(next, "say");
        await ProgressAsync(next, turn, "I ");
        await ProgressAsync(next, turn, "do 👋.");
        await Eventually.That(() => _service.Database.TextAsync($"SELECT string_agg(text, '' ORDER BY \"offset\") FROM openclaw.run_log WHERE run_id = '{(string)sent["id"]!}'"), Is.EqualTo("I will nI do 👋."));
        await ReplyAsync(next, turn, "I do 👋.");

        var heard = await hearing.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.That(heard.Said(), Is.EqualTo("I do 👋."));
        Assert.That(string.Concat(heard.Where(part => part.Kind == "delta").Select(part => part.Text("text"))), Is.EqualTo("I will nI do 👋."));
        Assert.That(heard[^1].Text("reply"), Is.EqualTo("I do 👋."));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_process_is_told_that_nobody_waits_for_its_turn_any_more(bool isAborted)
    {
        var name = $"stoppable {isAborted}";
        await AgentAsync(name, configuration: isAborted ? new { } : new { turn_idle_timeout = "2s" });
        await using var other = await RunningService.StartBesideAsync(_service);
        await using var process = await ServeAsync(name, other);
        var run = Guid.NewGuid().ToString();
        var key = await _service.Database.TextAsync($"SELECT openclaw_session_key FROM openclaw.agents WHERE name = '{name}'");
        await _client.CallAsync("chat.send", new JsonObject { ["sessionKey"] = key, ["message"] = "a long story", ["idempotencyKey"] = run });
        var turn = await TurnAsync(process, "a long story");
        if (isAborted)
        {
            await _client.CallAsync("chat.abort", new JsonObject { ["sessionKey"] = key, ["runId"] = run });
        }

        var told = await Eventually.That(() => process.Events("runtime.cancel").Select(frame => frame["payload"]!).ToList(), Is.Not.Empty, TimeSpan.FromSeconds(isAborted ? 5 : 30));

        Assert.That((string?)told[0]["turnId"], Is.EqualTo((string?)turn["turnId"]));
        Assert.That((bool)(await ProgressAsync(process, turn, "and then"))["accepted"]!, Is.False);
    }

    [Test]
    public async Task A_process_that_shows_no_life_for_as_long_as_its_agent_allows_has_its_turn_ended()
    {
        await AgentAsync("silent", configuration: new { turn_idle_timeout = "2s" });
        await using var process = await ServeAsync("silent");
        var asking = AskAsync("silent", "hello");
        await TurnAsync(process, "hello");

        Assert.That((string?)(await asking)["error"]?["message"], Does.Contain("has shown no life for as long as configuration.turn_idle_timeout allows"));
    }

    [Test]
    public async Task A_process_that_tells_of_its_tools_without_a_word_is_alive_and_one_that_tells_no_more_is_not()
    {
        await AgentAsync("toiling", configuration: new { turn_idle_timeout = "10m" });
        await using var process = await ServeAsync("toiling");
        var asking = AskAsync("toiling", "hello");
        var id = (string)(await TurnAsync(process, "hello"))["turnId"]!;

        await SilentForAsync(9);
        await process.CallAsync("runtime.progress", new JsonObject { ["turnId"] = id });
        Assert.That(await _service.Database.TextAsync($"SELECT alive_at > now() - interval '1 minute' FROM openclaw.session_turns WHERE turn_key = '{id}'"), Is.EqualTo("True").IgnoreCase);
        await SilentForAsync(9);
        Assert.That(asking.IsCompleted, Is.False);
        await SilentForAsync(11);

        Assert.That((string?)(await asking)["error"]?["message"], Does.Contain("has shown no life for as long as configuration.turn_idle_timeout allows"));

        Task SilentForAsync(int minutes) => _service.Database.ExecuteAsync(
            $"UPDATE openclaw.session_turns SET alive_at = now() - interval '{minutes} minutes' WHERE turn_key = '{id}'; SELECT pg_notify('{WorkerTurns.Channel}', '{id}')");
    }
}
