using OpenClaw.Jobs.Channels.WhatsApp.Inbound;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;
using OpenClaw.Tests.WhatsApp.Support;

namespace OpenClaw.Tests.WhatsApp;

/// <summary>Stop means the work; no more messages is another thing.</summary>
[Category("Slow")]
public sealed class HaltTests
{
    private const string Turns = "SELECT string_agg(status, ', ' ORDER BY workflow_uuid) FROM openclaw_system.workflow_status WHERE name = 'route_message'";

    [TestCase("Stop", true, Keyword.Halt)]
    [TestCase(" stop. ", true, Keyword.Halt)]
    [TestCase("STOPALL", true, Keyword.Halt)]
    [TestCase("Cancel", true, Keyword.Halt)]
    [TestCase("please stop!", true, Keyword.Halt)]
    [TestCase("🛑", true, Keyword.Halt)]
    [TestCase("🛑🛑🛑", true, Keyword.Halt)]
    [TestCase("⏹\uFE0F", true, Keyword.Halt)]
    [TestCase("ＳＴＯＰ！！", true, Keyword.Halt)]
    [TestCase("stop\u200B…", true, Keyword.Halt)]
    [TestCase("STOP stop Stop!!!", true, Keyword.Halt)]
    [TestCase("halt, halt", true, Keyword.Halt)]
    [TestCase("¡Alto!", true, Keyword.Halt)]
    [TestCase("停止。", true, Keyword.Halt)]
    [TestCase("توقف،", true, Keyword.Halt)]
    [TestCase("Hör auf!", true, Keyword.Halt)]
    [TestCase("Arre\u0302te !", true, Keyword.Halt)]
    [TestCase("stop go", true, Keyword.None)]
    [TestCase("full stop", true, Keyword.None)]
    [TestCase("sss", true, Keyword.None)]
    [TestCase("UNSUBSCRIBE", true, Keyword.OptOut)]
    [TestCase("opt out", true, Keyword.OptOut)]
    [TestCase("Unsubscribe, please.", true, Keyword.OptOut)]
    [TestCase("*STOP*", false, Keyword.OptOut)]
    [TestCase("ＳＴＯＰ！", false, Keyword.OptOut)]
    [TestCase("stop\u200B please", false, Keyword.OptOut)]
    [TestCase("unsubscribe", false, Keyword.OptOut)]
    [TestCase("Stop", false, Keyword.OptOut)]
    [TestCase("quit", false, Keyword.OptOut)]
    [TestCase("halt", false, Keyword.None)]
    [TestCase("stop scout", true, Keyword.None)]
    [TestCase("start", true, Keyword.Start)]
    public void Stop_means_the_work_to_who_commands_and_our_messages_to_others(string word, bool isHeard, Keyword keyword) => Assert.That(Keywords.Read(word, isHeard), Is.EqualTo(keyword));

    [Test]
    public async Task Stop_ends_what_is_under_way_and_what_waits_behind_it_and_the_owner_is_still_told()
    {
        await using var bench = await WhatsAppBench.StartAsync(withOwnHandler: true);
        var agent = await SlowAgentAsync(bench, "mira");
        for (var number = 1; number <= 3; number++)
        {
            await bench.Service.Api.PostAsync($"/api/v1/agents/{agent}/message", new { content = "something dangerous", id = $"danger-{number}" }, ("Prefer", "respond-async"));
        }

        await Eventually.That(() => bench.TextAsync("SELECT count(*) FROM openclaw_system.workflow_status WHERE name = 'route_message' AND status = 'PENDING'"), Is.EqualTo("1"));

        await bench.WriteAsync("Stop");

        await Eventually.That(() => bench.TextAsync(Turns), Is.EqualTo("CANCELLED, CANCELLED, CANCELLED"), TimeSpan.FromSeconds(15));
        await Eventually.That(() => bench.Shown(), Has.One.StartsWith("Halted: mira. 3 turns, those that waited too, are ended; the agents stay.").And.One.Contains("UNSUBSCRIBE"));
        Assert.That(await bench.TextAsync("SELECT count(*) FROM openclaw.contacts WHERE opted_out_at IS NOT NULL"), Is.EqualTo("0"));
        await bench.Service.Api.PostAsync($"/api/v1/agents/{agent}/pause");
        await Eventually.That(() => bench.Shown(), Has.One.EqualTo("mira is paused."));
    }

    [Test]
    public async Task Stop_everything_ends_what_is_under_way_and_with_the_code_sent_back_nothing_begins_any_more()
    {
        await using var bench = await WhatsAppBench.StartAsync(withOwnHandler: true);
        var agent = await SlowAgentAsync(bench, "mira");
        await bench.Service.Api.PostAsync($"/api/v1/agents/{agent}/message", new { content = "something dangerous" }, ("Prefer", "respond-async"));
        await Eventually.That(() => bench.TextAsync("SELECT count(*) FROM openclaw_system.workflow_status WHERE name = 'route_message' AND status = 'PENDING'"), Is.EqualTo("1"));

        await bench.WriteAsync("Stop everything!");

        await Eventually.That(() => bench.TextAsync(Turns), Is.EqualTo("CANCELLED"), TimeSpan.FromSeconds(15));
        var asked = (await Eventually.That(() => bench.Shown().FirstOrDefault(text => text.Contains("YES ", StringComparison.Ordinal)), Is.Not.Null))!;
        Assert.That(asked, Does.StartWith("Halted: mira.").And.Contain("To keep every turn from beginning until you release it, answer within 5 minutes: YES "));
        Assert.That(await bench.TextAsync("SELECT count(*) FROM openclaw.brakes"), Is.EqualTo("0"), "Not before the code has come back.");
        await bench.WriteAsync(asked[asked.LastIndexOf("YES ", StringComparison.Ordinal)..]);
        await Eventually.That(() => bench.Shown(), Has.One.StartsWith("The brake is on for all agents of admin: no turn begins, and those under way are ended."));
        await bench.WriteAsync("tell mira go on");
        await Eventually.That(() => bench.Shown(), Has.One.StartsWith("The brake is on for all agents of admin: what comes is kept, in order, and is begun when the brake is released."));

        await bench.WriteAsync("release the brake");
        var code = (await Eventually.That(() => bench.Shown().LastOrDefault(text => text.StartsWith("release the brake", StringComparison.Ordinal)), Is.Not.Null))!;
        await bench.WriteAsync(code[code.LastIndexOf("YES ", StringComparison.Ordinal)..]);
        await Eventually.That(() => bench.Shown(), Has.One.StartsWith("The brake of all agents of admin is released"));
        await Eventually.That(() => bench.TextAsync("SELECT count(*) FROM openclaw_system.workflow_status WHERE name = 'route_message' AND status = 'PENDING'"), Is.EqualTo("1"), TimeSpan.FromSeconds(15));
    }

    [Test]
    public async Task Who_wants_no_messages_halts_all_the_same_and_hears_of_that_alone()
    {
        await using var bench = await WhatsAppBench.StartAsync(withOwnHandler: true);
        var (agent, other) = (await SlowAgentAsync(bench, "mira"), await SlowAgentAsync(bench, "scout"));
        await bench.WriteAsync("unsubscribe");
        await Eventually.That(() => bench.Shown(), Has.One.Contains("your agents work on"));
        foreach (var each in new[] { agent, other })
        {
            await bench.Service.Api.PostAsync($"/api/v1/agents/{each}/message", new { content = "something dangerous" }, ("Prefer", "respond-async"));
        }

        await bench.WriteAsync("list agents");
        await bench.WriteAsync("stop");

        await Eventually.That(() => bench.TextAsync(Turns), Is.EqualTo("CANCELLED, CANCELLED"), TimeSpan.FromSeconds(15));
        await Eventually.That(() => bench.Shown(), Has.One.StartsWith("Halted: mira, scout. 2 turns"));
        await bench.WriteAsync("stop");
        await Eventually.That(() => bench.Shown().Last(), Does.StartWith("Nothing is under way."));
        Assert.That(bench.Shown(), Has.None.Contains("•"), "The list was not asked for by somebody who is sent messages.");
    }

    [Test]
    public async Task One_agent_is_halted_by_its_name_and_cancel_takes_a_question_back_first()
    {
        await using var bench = await WhatsAppBench.StartAsync(withOwnHandler: true);
        var (agent, other) = (await SlowAgentAsync(bench, "mira"), await SlowAgentAsync(bench, "scout"));
        foreach (var each in new[] { agent, other })
        {
            await bench.Service.Api.PostAsync($"/api/v1/agents/{each}/message", new { content = "something dangerous" }, ("Prefer", "respond-async"));
        }

        await bench.WriteAsync("stop scout");
        await Eventually.That(() => bench.Shown(), Has.One.Contains("YES "));
        await bench.WriteAsync("cancel");
        await Eventually.That(() => bench.Shown(), Has.One.EqualTo("Nothing was done."));
        await bench.WriteAsync("/stop mira");

        await Eventually.That(() => bench.Shown(), Has.One.StartsWith("Halted: mira. One turn is ended"));
        Assert.That(await bench.TextAsync($"SELECT count(*) FROM openclaw_system.workflow_status WHERE agent_id = '{other}' AND name = 'route_message' AND status = 'PENDING'"), Is.EqualTo("1"));
        await bench.WriteAsync("tell scout to stop");
        await Eventually.That(() => bench.Shown(), Has.One.StartsWith("Halted: scout. One turn is ended"));
    }

    private static async Task<Guid> SlowAgentAsync(WhatsAppBench bench, string name)
    {
        var created = await bench.Service.Api.PostAsync("/api/v1/agents/provision", new { name, model = "local/echo", heartbeat = new { enabled = false }, configuration = new { turn_delay_ms = 60_000 } });
        await Eventually.That(() => bench.Shown(), Has.One.EqualTo($"{name} is up."));
        return created.AgentId;
    }
}
