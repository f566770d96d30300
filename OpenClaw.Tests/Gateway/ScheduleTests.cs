using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Jobs.Schedules;
using OpenClaw.Tests.Gateway.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Gateway;

/// <summary>Prompts on schedule over the wire: when they come, and how they are changed and run.</summary>
public sealed partial class ScheduleTests : ScheduleFixture
{
    private const string EverySecond = "* * * * * *";

    [Test]
    public async Task A_prompt_is_a_recurring_job_whose_message_the_agent_answers()
    {
        var agent = await AgentAsync("diligent");
        await using var client = await ConnectAsync();

        var job = await AddAsync(client, agent, Cron(EverySecond), "what is new?");
        var id = (string)job["id"]!;

        Assert.That(Recurring(id), Is.Not.Null);
        await Eventually.That(() => HistoryAsync(client, $"agent:{agent}:main"), Does.Contain("echo (no model behind this): what is new?"), Patience);
        await client.CallAsync("cron.remove", One(id));
        await Eventually.That(
            async () => (await client.CallAsync("cron.runs", One(id)))["entries"]!.AsArray().Select(entry => (string?)entry!["status"]), Is.All.EqualTo("ok"), Patience);
        var runs = await client.CallAsync("cron.runs", One(id));
        var newest = runs["entries"]![0]!;
        Assert.That(
            ((string?)newest["jobId"], (string?)newest["action"], (string?)newest["summary"], (string?)newest["sessionKey"]),
            Is.EqualTo((id, "finished", "echo (no model behind this): what is new?", $"agent:{agent}:main")));
        Assert.That((string)newest["runId"]!, Does.StartWith($"{id}:"));
        Assert.That((int)runs["total"]!, Is.EqualTo(runs["entries"]!.AsArray().Count));
        Assert.That(runs["entries"]!.AsArray().Select(entry => (long)entry!["runAtMs"]!), Is.Ordered.Descending);
        Assert.That(Recurring(id), Is.Null);
    }

    [TestCase(10_000, "*/10 * * * * *")]
    [TestCase(60_000, "*/1 * * * *")]
    [TestCase(900_000, "*/15 * * * *")]
    [TestCase(7_200_000, "0 */2 * * *")]
    [TestCase(86_400_000, "0 0 * * *")]
    public async Task An_interval_that_divides_the_clock_is_a_cron_expression(int everyMs, string cron)
    {
        await using var client = await ConnectAsync();

        var job = await AddAsync(client, await SharedAgentAsync(), Every(everyMs), "hello", enabled: false);
        Assert.That(Recurring((string)job["id"]!), Is.Null);
        var enabled = await PatchAsync(client, job, new JsonObject { ["enabled"] = true });

        Assert.That(Recurring((string)job["id"]!)!.Cron, Is.EqualTo(cron));
        Assert.That((long)enabled["schedule"]!["everyMs"]!, Is.EqualTo(everyMs));
        Assert.That((long)enabled["state"]!["nextRunAtMs"]!, Is.Positive);
        await client.CallAsync("cron.remove", One((string)job["id"]!));
    }

    [Test]
    public async Task What_is_no_schedule_is_refused_and_leaves_nothing()
    {
        var agent = await SharedAgentAsync();
        await using var client = await ConnectAsync();
        var before = await CountAsync();

        Assert.That(await RefusalAsync(Cron("61 * * * *")), Does.Contain("61"));
        Assert.That(await RefusalAsync(Cron("61 * * * *"), enabled: false), Does.Contain("61"));
        Assert.That(await RefusalAsync(Cron(NewYear, "Mars/Olympus")), Does.Contain("Europe/Berlin"));
        Assert.That(await RefusalAsync(Every(90_000)), Does.Contain("15, 20 or 30 minutes"));
        Assert.That(await RefusalAsync(Every(5_000)), Does.Contain("10, 12, 15, 20 or 30 seconds"));
        Assert.That(await RefusalAsync(At(DateTimeOffset.UtcNow.AddHours(-1))), Does.Contain("has passed"));
        Assert.That(await RefusalAsync(new JsonObject { ["kind"] = "at", ["at"] = "tomorrow" }), Does.Contain("ISO 8601"));
        Assert.That(await RefusalAsync(new JsonObject { ["kind"] = "sometimes" }), Does.Contain("/schedule/kind"));
        Assert.That(await CountAsync(), Is.EqualTo(before));

        async Task<string> RefusalAsync(JsonObject schedule, bool enabled = true) =>
            (string)(await client.RequestAsync("cron.add", Prompt(agent, schedule, "hello", enabled)))["error"]!["message"]!;

        Task<string> CountAsync() => Service.Database.TextAsync(
            "SELECT concat_ws(' ', (SELECT count(*) FROM openclaw.scheduled_prompts), (SELECT count(*) FROM hangfire.hash WHERE key LIKE 'recurring-job:prompt:%'))");
    }

    [Test]
    public async Task A_time_without_an_offset_is_that_of_its_zone()
    {
        var agent = await SharedAgentAsync();
        await using var client = await ConnectAsync();

        var local = await AddAsync(client, agent, At("2027-01-31T08:00:00", "America/New_York"), "good morning");
        var exact = await AddAsync(client, agent, At("2027-01-31T08:00:00+01:00", "America/New_York"), "good morning");

        Assert.That((long)local["state"]!["nextRunAtMs"]!, Is.EqualTo(1_801_400_400_000));
        Assert.That((long)exact["state"]!["nextRunAtMs"]!, Is.EqualTo(1_801_378_800_000));
        Assert.That(await RefusalAsync(At("2027-01-31T08:00:00", "Mars/Olympus")), Does.Contain("Europe/Berlin"));
        Assert.That(await RefusalAsync(At("2027-03-14T02:30:00", "America/New_York")), Does.Contain("does not exist"));
        Assert.That(await RefusalAsync(At("2027-11-07T01:30:00", "America/New_York")), Does.Contain("comes twice"));
        Assert.That(await RefusalAsync(new JsonObject { ["kind"] = "every", ["everyMs"] = 3_600_000, ["tz"] = "America/New_York" }), Does.Contain("/schedule/tz: has no meaning"));
        Assert.That(await RefusalAsync(new JsonObject { ["kind"] = "cron", ["expr"] = NewYear, ["staggerMs"] = 60_000 }), Does.Contain("/schedule/staggerMs"));

        async Task<string> RefusalAsync(JsonObject schedule) => (string)(await client.RequestAsync("cron.add", Prompt(agent, schedule, "hello", enabled: true)))["error"]!["message"]!;

        static JsonObject At(string at, string zone) => new() { ["kind"] = "at", ["at"] = at, ["tz"] = zone };
    }

    [Test]
    public async Task An_interval_counts_from_its_anchor_and_a_job_is_named_in_either_way()
    {
        await using var client = await ConnectAsync();
        var every = Every(3_600_000);
        every["anchorMs"] = 1_790_000_000_000;

        var job = await AddAsync(client, await SharedAgentAsync(), every, "hello");
        var byJobId = await client.CallAsync("cron.get", new JsonObject { ["jobId"] = (string)job["id"]! });

        Assert.That(Recurring((string)job["id"]!)!.Cron, Is.EqualTo("20 13 0/1 * * *"));
        Assert.That(((string?)byJobId["schedule"]!["kind"], (long)byJobId["schedule"]!["everyMs"]!, (long)byJobId["state"]!["nextRunAtMs"]! % 3_600_000), Is.EqualTo(("every", 3_600_000, 800_000)));
        Assert.That((bool)(await client.CallAsync("cron.run", new JsonObject { ["jobId"] = (string)job["id"]!, ["mode"] = "force" }))["ok"]!, Is.True);
        Assert.That((int)(await client.CallAsync("cron.runs", new JsonObject { ["jobId"] = (string)job["id"]! }))["total"]!, Is.EqualTo(1));
        Assert.That((bool)(await client.CallAsync("cron.remove", new JsonObject { ["jobId"] = (string)job["id"]! }))["removed"]!, Is.True);
    }

    [Test]
    public async Task A_prompt_with_an_instant_is_sent_once()
    {
        var agent = await AgentAsync("single-minded");
        await using var client = await ConnectAsync();
        var later = await AddAsync(client, agent, At(DateTimeOffset.UtcNow.AddDays(1)), "not yet");
        var stays = Prompt(agent, At(DateTimeOffset.UtcNow.AddSeconds(1)), "this too", enabled: true);
        stays["deleteAfterRun"] = false;

        var now = await AddAsync(client, agent, At(DateTimeOffset.UtcNow.AddSeconds(1)), "now");
        var kept = await client.CallAsync("cron.add", stays);

        await Eventually.That(() => HistoryAsync(client, $"agent:{agent}:main"), Is.SupersetOf(new[] { "echo (no model behind this): now", "echo (no model behind this): this too" }), Patience);
        Assert.That((string?)(await client.RequestAsync("cron.get", One((string)now["id"]!)))["error"]!["details"]!["code"], Is.EqualTo("CRON_JOB_NOT_FOUND"));
        Assert.That((bool)(await client.CallAsync("cron.get", One((string)kept["id"]!)))["enabled"]!, Is.False);
        Assert.That((int)(await client.CallAsync("cron.runs", One((string)now["id"]!)))["total"]!, Is.EqualTo(1));
        var moved = await PatchAsync(client, later, new JsonObject { ["schedule"] = At(DateTimeOffset.UtcNow), ["payload"] = Payload("after all") });
        Assert.That((string?)moved["schedule"]!["kind"], Is.EqualTo("at"));
        await Eventually.That(() => HistoryAsync(client, $"agent:{agent}:main"), Does.Contain("echo (no model behind this): after all").And.Not.Contain("not yet"), Patience);
    }

    [Test]
    public async Task A_job_that_is_repeated_sends_its_prompt_once()
    {
        await using var client = await ConnectAsync();
        var id = (string)(await AddAsync(client, await SharedAgentAsync(), Cron(NewYear), "once"))["id"]!;
        var prompts = Service.Services.GetRequiredService<ScheduleService>();

        foreach (var job in new[] { "7", "7", "8", "7" })
        {
            await prompts.FireAsync(Guid.Parse(id), job, default);
        }

        Assert.That(await RunIdsAsync(client, id), Is.EqualTo(new[] { $"{id}:8", $"{id}:7" }));
    }

    [Test]
    public async Task A_prompt_is_changed_switched_off_and_run_on_demand()
    {
        var agent = await AgentAsync("changeable");
        await using var client = await ConnectAsync();
        var job = await AddAsync(client, agent, Cron(NewYear, "Europe/Berlin"), "first");
        var id = (string)job["id"]!;
        Assert.That((Recurring(id)!.Cron, Recurring(id)!.TimeZoneId), Is.EqualTo((NewYear, "Europe/Berlin")));

        var patched = await PatchAsync(client, job, new JsonObject
        {
            ["name"] = "Renamed",
            ["payload"] = Payload("second"),
            ["schedule"] = Every(3_600_000),
            ["sessionTarget"] = "isolated",
        });
        Assert.That(((string?)patched["name"], (string?)patched["payload"]!["message"], (string?)patched["sessionTarget"]), Is.EqualTo(("Renamed", "second", "isolated")));
        Assert.That((Recurring(id)!.Cron, Recurring(id)!.TimeZoneId), Is.EqualTo(("0 */1 * * *", "UTC")));

        await PatchAsync(client, job, new JsonObject { ["enabled"] = false });
        Assert.That(Recurring(id), Is.Null);
        var listed = (await client.CallAsync("cron.list"))["jobs"]!.AsArray().Single(row => (string?)row!["id"] == id)!;
        Assert.That(((bool)listed["enabled"]!, listed["state"]!["nextRunAtMs"]), Is.EqualTo((false, (JsonNode?)null)));

        var run = await client.CallAsync("cron.run", new JsonObject { ["id"] = id, ["mode"] = "force" });
        await Eventually.That(() => HistoryAsync(client, $"agent:{agent}:cron:{id}"), Is.EqualTo(new[] { "second", "echo (no model behind this): second" }), Patience);
        Assert.That(await RunIdsAsync(client, id), Is.EqualTo(new[] { (string?)run["runId"] }));

        Assert.That((bool)(await client.CallAsync("cron.remove", One(id)))["removed"]!, Is.True);
        Assert.That((bool)(await client.CallAsync("cron.remove", One(id)))["removed"]!, Is.False);
        Assert.That((string?)(await client.RequestAsync("cron.run", One(id)))["error"]!["details"]!["code"], Is.EqualTo("CRON_JOB_NOT_FOUND"));
    }

    [Test]
    public async Task A_paused_agents_prompt_waits_and_a_stopped_agent_has_none()
    {
        var agent = await AgentAsync("leaving");
        await using var client = await ConnectAsync();
        var recurring = (string)(await AddAsync(client, agent, Cron(NewYear), "hello"))["id"]!;
        var once = (string)(await AddAsync(client, agent, At(DateTimeOffset.UtcNow.AddDays(1)), "tomorrow"))["id"]!;
        await EndedAsync(client, await client.CallAsync("agents.pause", new JsonObject { ["agentId"] = agent }));

        await client.CallAsync("cron.run", One(recurring));
        var waits = (await client.CallAsync("cron.runs", One(recurring)))["entries"]![0]!;
        Assert.That(((string?)waits["action"], (string?)waits["status"], (string?)waits["summary"]), Is.EqualTo(("started", (string?)null, "It came while the agent was paused.")));

        await EndedAsync(client, await client.CallAsync("agents.stop", new JsonObject { ["agentId"] = agent }));

        Assert.That(await Service.Database.TextAsync($"SELECT count(*) FROM openclaw.scheduled_prompts WHERE id IN ('{recurring}', '{once}')"), Is.EqualTo("0"));
        Assert.That(Recurring(recurring), Is.Null);
        Assert.That(await Service.Database.LinesAsync($"SELECT statename FROM hangfire.job WHERE arguments::text LIKE '%{once}%'"), Is.EqualTo(new[] { "Deleted" }));
        Assert.That((string?)(await client.CallAsync("cron.runs", One(recurring)))["entries"]![0]!["status"], Is.EqualTo("error"));
    }

    [Test]
    public async Task By_REST_a_schedule_has_its_next_ten_times_and_a_record_for_each_time_it_was_due()
    {
        await SharedAgentAsync();
        var agent = await Service.Database.TextAsync("SELECT id::text FROM openclaw.agents WHERE name = 'shared'");
        var made = await Service.Api.PostAsync($"/api/v1/agents/{agent}/schedules", new { name = "Mornings", message = "NO_REPLY", cron = "0 8 * * *", time_zone = "Europe/Berlin", overlap = "skip", catch_up = "2h", catch_up_runs = 2, pause_after = 3 });
        Assert.That((int)made.Status, Is.EqualTo(201), made.Body.ToString());
        var (id, path) = (Guid.Parse(made.Text("id")!), $"/api/v1/schedules/{made.Text("id")}");
        Assert.That(made.Body.GetProperty("next").EnumerateArray().Select(at => at.GetDateTimeOffset()), Has.Exactly(10).Items);
        Assert.That(made.Body.GetProperty("next").EnumerateArray().Select(at => at.GetDateTimeOffset()), Is.Ordered);
        Assert.That((made.Text("overlap"), made.Text("catch_up"), made.Body.GetProperty("catch_up_runs").GetInt32(), made.Body.GetProperty("pause_after").GetInt32()), Is.EqualTo(("skip", "2h", 2, 3)));
        Assert.That((await Service.Api.GetJsonAsync($"/api/v1/schedules?agent_id={agent}&limit=1")).Body.GetProperty("schedules")[0].GetProperty("id").GetGuid(), Is.EqualTo(id));
        Assert.That((await Service.Api.CallAsync(HttpMethod.Patch, path, JsonContent.Create(new { cron = "61 * * * *" }), [])).Body.GetProperty("errors").GetProperty("cron")[0].GetString(), Does.StartWith("cron: '61"));
        Assert.That((await Service.Api.CallAsync(HttpMethod.Patch, path, JsonContent.Create(new { overlap = "both" }), [])).Body.GetProperty("errors").GetProperty("overlap")[0].GetString(), Is.EqualTo("overlap must be queue, skip or cancel."));

        Assert.That((await Service.Api.CallAsync(HttpMethod.Patch, path, JsonContent.Create(new { catch_up_runs = 11 }), [])).Body.GetProperty("errors").GetProperty("catch_up_runs")[0].GetString(), Is.EqualTo("catch_up_runs must lie between 1 and 10."));

        // Due each hour; nobody was there for three of them.
        await Service.Api.CallAsync(HttpMethod.Patch, path, JsonContent.Create(new { cron = "0 * * * *", catch_up = "always", catch_up_runs = 1 }), []);
        await FireAsync("1", late: "4 hours");
        Assert.That(await OutcomesAsync(), Is.EqualTo(new[] { "late", "missed", "missed", "missed" }).Or.EqualTo(new[] { "ran", "missed", "missed", "missed" }), "Late, but for the first minute of an hour.");
        await Eventually.That(async () => (await RunsAsync())[0].GetProperty("status").GetString(), Is.EqualTo("answered"));

        await FireAsync("1");
        await Service.Database.ExecuteAsync($"UPDATE openclaw_system.notifications SET state = 'accepted' WHERE sender = 'cron:{id}'");
        await FireAsync("2");
        await Service.Database.ExecuteAsync($"UPDATE openclaw_system.notifications SET state = 'delivered' WHERE sender = 'cron:{id}'");
        await Service.Api.CallAsync(HttpMethod.Patch, path, JsonContent.Create(new { catch_up = "1m" }), []);
        await Service.Database.ExecuteAsync($"UPDATE openclaw.scheduled_prompts SET cron = '0 0 1 1 *' WHERE id = '{id}'");
        await FireAsync("3", late: "366 days");
        Assert.That((await OutcomesAsync())[..2], Is.EqualTo(new[] { "missed", "skipped" }));
        Assert.That((await RunsAsync())[1].GetProperty("reason").GetString(), Is.EqualTo("The one before is still under way."));

        await Service.Database.ExecuteAsync($"UPDATE openclaw.scheduled_prompts SET catch_up = NULL, pause_after = 2, cron = '0 * * * *', updated_at = now(), due_at = now() WHERE id = '{id}'");
        foreach (var firing in new[] { "4", "5", "6" })
        {
            await FireAsync(firing);
            await Eventually.That(() => Service.Database.TextAsync($"SELECT count(*) FROM openclaw_system.notifications WHERE sender = 'cron:{id}' AND state = 'accepted'"), Is.EqualTo("0"));
            await Service.Database.ExecuteAsync($"UPDATE openclaw_system.notifications SET state = 'dead', state_reason = 'No model.' WHERE sender = 'cron:{id}'");
        }

        Assert.That((await OutcomesAsync())[0], Is.EqualTo("paused"));
        var paused = (await Service.Api.GetJsonAsync(path)).Body;
        Assert.That((paused.GetProperty("enabled").GetBoolean(), paused.GetProperty("next").GetArrayLength(), Recurring(id.ToString())), Is.EqualTo((false, 0, (Hangfire.Storage.RecurringJobDto?)null)));
        Assert.That(
            await Service.Database.TextAsync($"SELECT content FROM openclaw_system.notifications WHERE message_id LIKE '{id}:paused:%'"),
            Is.EqualTo("shared: its schedule \"Mornings\" is switched off, because it has failed 2 times in a row. No model. See what is wrong, and enable it again."));
        Assert.That((int)(await Service.Api.CallAsync(HttpMethod.Delete, path, null, [])).Status, Is.EqualTo(204));
        Assert.That((int)(await Service.Api.GetJsonAsync(path)).Status, Is.EqualTo(404));
        Assert.That(await OutcomesAsync(), Is.Not.Empty, "Records outlive it.");

        async Task FireAsync(string job, string? late = null)
        {
            if (late is not null)
            {
                await Service.Database.ExecuteAsync($"UPDATE openclaw.scheduled_prompts SET due_at = date_trunc('hour', now()) - interval '{late}' WHERE id = '{id}'");
            }

            await Service.Services.GetRequiredService<ScheduleService>().FireAsync(id, job, default);
        }

        async Task<List<JsonElement>> RunsAsync() => [.. (await Service.Api.GetJsonAsync($"{path}/runs")).Body.GetProperty("runs").EnumerateArray()];

        async Task<string?[]> OutcomesAsync() => [.. (await RunsAsync()).Select(run => run.GetProperty("outcome").GetString())];
    }
}
