using System.Text.Json.Nodes;
using Hangfire;
using Hangfire.Storage;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Jobs.Schedules;
using OpenClaw.Tests.Gateway.Support;
using OpenClaw.Tests.Support;

namespace OpenClaw.Tests.Gateway;

/// <summary>Prompts on schedule over the wire.</summary>
public sealed class ScheduleTests : GatewayFixture
{
    private const string EverySecond = "* * * * * *";
    private const string NewYear = "0 8 1 1 *";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

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
    public async Task What_people_write_about_a_prompt_is_kept_and_a_patch_changes_what_it_names()
    {
        var prompt = Prompt(await SharedAgentAsync(), Cron(NewYear), "the text", enabled: false);
        (prompt["displayName"], prompt["description"]) = ("Described", "what it does");
        prompt["payload"]!["thinking"] = "high";
        await using var client = await ConnectAsync();

        var job = await client.CallAsync("cron.add", prompt);
        var patched = await PatchAsync(client, job, new JsonObject { ["description"] = "changed", ["payload"] = new JsonObject { ["kind"] = "agentTurn", ["thinking"] = "low" } });
        var emptied = await PatchAsync(client, job, new JsonObject { ["displayName"] = "", ["payload"] = Payload("another text") });

        Assert.That(Words(job), Is.EqualTo(("Described", "what it does", "the text", "high", "none")));
        Assert.That(Words(patched), Is.EqualTo(("Described", "changed", "the text", "low", "none")));
        Assert.That(Words(emptied), Is.EqualTo(((string?)null, "changed", "another text", "low", "none")));
        Assert.That(Words((await client.CallAsync("cron.list"))["jobs"]!.AsArray().Single(row => (string?)row!["id"] == (string)job["id"]!)!), Is.EqualTo(Words(emptied)));

        static (string?, string?, string?, string?, string?) Words(JsonNode job) =>
            ((string?)job["displayName"], (string?)job["description"], (string?)job["payload"]!["message"], (string?)job["payload"]!["thinking"], (string?)job["delivery"]!["mode"]);
    }

    [TestCase("""{"kind":"command","argv":["echo"]}""", null, "at /payload/kind: this service runs no commands")]
    [TestCase("""{"kind":"script","script":"x"}""", null, "at /payload/kind: this service runs no commands")]
    [TestCase("""{"kind":"agentTurn"}""", null, "at /payload: must have required property 'message'")]
    [TestCase("""{"kind":"agentTurn","message":7}""", null, "at /payload/message: must be string")]
    [TestCase("""{"kind":"systemEvent","text":""}""", null, "at /payload/text: must NOT have fewer than 1 characters")]
    [TestCase("""{"kind":"agentTurn","message":"m","bogus":1}""", null, "at /payload: unexpected property 'bogus'")]
    [TestCase("""{"kind":"agentTurn","message":"m","model":"openai/gpt-5"}""", null, "at /payload/model: the agent runs on local/echo")]
    [TestCase(null, """{"mode":"announce","channel":"telegram","to":"1"}""", "at /delivery/channel: there is no channel 'telegram'")]
    [TestCase(null, """{"mode":"announce","channel":"whatsapp"}""", "at /delivery/to: must be a number")]
    [TestCase(null, """{"mode":"announce","channel":"whatsapp","to":"+491701234567"}""", "WhatsApp is not set up here")]
    [TestCase(null, """{"mode":"webhook","to":"https://example.org"}""", "at /delivery/mode: nothing is delivered to web hooks")]
    [TestCase(null, """{"mode":"shout"}""", "at /delivery/mode: must be equal to one of the allowed values")]
    public async Task What_a_job_cannot_do_is_refused_at_its_place(string? payload, string? delivery, string words)
    {
        var prompt = Prompt(await SharedAgentAsync(), Cron(NewYear), "m", enabled: false);
        if (payload is not null)
        {
            prompt["payload"] = JsonNode.Parse(payload);
        }

        if (delivery is not null)
        {
            prompt["delivery"] = JsonNode.Parse(delivery);
        }

        await using var client = await ConnectAsync();

        Assert.That((string?)(await client.RequestAsync("cron.add", prompt))["error"]?["message"], Does.Contain(words));
    }

    [Test]
    public async Task A_run_says_that_it_is_complete_and_readers_hear_of_jobs_as_they_change_and_run()
    {
        await using var client = await ConnectAsync();
        var prompt = Prompt(await SharedAgentAsync(), Cron(NewYear), "told", enabled: true);
        prompt["delivery"] = new JsonObject { ["mode"] = "announce", ["channel"] = "last" };
        var id = (string)(await client.CallAsync("cron.add", prompt))["id"]!;
        await PatchAsync(client, new JsonObject { ["id"] = id }, new JsonObject { ["name"] = "Renamed" });
        var runs = new[] { (string)(await client.CallAsync("cron.run", One(id)))["runId"]!, (string)(await client.CallAsync("cron.run", One(id)))["runId"]! };

        await Eventually.That(
            async () => (await client.CallAsync("cron.runs", new JsonObject { ["id"] = id, ["runId"] = runs[0], ["limit"] = 1 }))["entries"]!.AsArray().Select(run => (string?)run!["status"]).ToList(),
            Is.EqualTo(new[] { "ok" }), Patience);
        var told = (await client.CallAsync("cron.runs", new JsonObject { ["id"] = id, ["runId"] = runs[0] }))["entries"]!.AsArray().Single()!;
        Assert.That(((string?)told["runId"], (string?)told["completionStatus"], (string?)told["deliveryStatus"]), Is.EqualTo((runs[0], "succeeded", "not-requested")));
        await Eventually.That(() => Told("finished"), Is.EquivalentTo(runs.Distinct()), Patience);
        await client.CallAsync("cron.remove", One(id));

        await Eventually.That(
            () => client.Events("cron").Select(frame => frame["payload"]!).Where(news => (string?)news["jobId"] == id && news["runId"] is null).Select(news => (string?)news["action"]),
            Is.EqualTo(new[] { "added", "updated", "removed" }), Patience);
        Assert.That(Told("started"), Is.EquivalentTo(runs.Distinct()));

        IEnumerable<string?> Told(string action) =>
            client.Events("cron").Select(frame => frame["payload"]!).Where(news => (string?)news["jobId"] == id && (string?)news["action"] == action).Select(news => (string?)news["runId"]);
    }

    [Test]
    public async Task Notes_are_kept_beside_a_prompt_and_sent_with_it()
    {
        var agent = await AgentAsync("noting");
        await using var client = await ConnectAsync();
        var id = (string)(await AddAsync(client, agent, Cron(NewYear), "look"))["id"]!;
        var empty = await client.CallAsync("cron.scratch.get", One(id));

        var first = await SetAsync("one\ntwo", 0);
        var stale = await SetAsync("lost", 0);
        await client.CallAsync("cron.run", One(id));

        Assert.That((empty["scratch"], (int)empty["currentRevision"]!), Is.EqualTo(((JsonNode?)null, 0)));
        Assert.That(((bool)first["ok"]!, (string?)first["scratch"]!["content"], (int)first["currentRevision"]!), Is.EqualTo((true, "one\ntwo", 1)));
        Assert.That(((bool)stale["ok"]!, (string?)stale["reason"], (int)stale["currentRevision"]!), Is.EqualTo((false, "revision-conflict", 1)));
        await Eventually.That(() => HistoryAsync(client, $"agent:{agent}:main"), Does.Contain("look\n\nNotes kept with this schedule:\none\ntwo"), Patience);
        Assert.That((await SetAsync(null, 1))["scratch"], Is.Null);
        Assert.That((string?)(await client.RequestAsync("cron.scratch.set", new JsonObject { ["id"] = id, ["content"] = new string('x', 70_000) }))["error"]!["message"], Does.Contain("/content"));
        Assert.That((await client.CallAsync("cron.scratch.get", One($"heartbeat:{agent}")))["scratch"], Is.Null);

        Task<JsonNode> SetAsync(string? content, int expected) => client.CallAsync("cron.scratch.set", new JsonObject { ["id"] = id, ["content"] = content, ["expectedRevision"] = expected });
    }

    [Test]
    public async Task Who_may_only_write_schedules_nothing()
    {
        var agent = await SharedAgentAsync();
        await using var client = await ConnectAsync("operator.write");

        foreach (var (method, parameters) in new[] { ("cron.add", Prompt(agent, Cron(NewYear), "no", true)), ("cron.remove", One("x")), ("cron.update", One("x")), ("cron.run", One("x")) })
        {
            Assert.That((string?)(await client.RequestAsync(method, parameters))["error"]!["details"]!["code"], Is.EqualTo("MISSING_SCOPE"), method);
        }
    }

    [Test]
    public async Task A_stored_job_keeps_its_type_method_and_parameters()
    {
        await using var client = await ConnectAsync();
        var id = (string)(await AddAsync(client, await SharedAgentAsync(), At(DateTimeOffset.UtcNow.AddDays(1)), "stored"))["id"]!;

        Assert.That(
            await Service.Database.TextAsync(
                $"SELECT concat_ws(' ', invocationdata ->> 'Type', invocationdata ->> 'Method', invocationdata ->> 'ParameterTypes') FROM hangfire.job WHERE arguments::text LIKE '%{id}%'"),
            Is.EqualTo("""OpenClaw.Jobs.Scheduling.PromptJobs, OpenClaw.Jobs FireAsync ["System.Guid, mscorlib","Hangfire.Server.PerformContext, Hangfire.Core","System.Threading.CancellationToken, mscorlib"]"""));
    }

    private static JsonObject One(string id) => new() { ["id"] = id };

    private static JsonObject Cron(string expression, string? zone = null)
    {
        var schedule = new JsonObject { ["kind"] = "cron", ["expr"] = expression };
        if (zone is not null)
        {
            schedule["tz"] = zone;
        }

        return schedule;
    }

    private static JsonObject Every(int milliseconds) => new() { ["kind"] = "every", ["everyMs"] = milliseconds };

    private static JsonObject At(DateTimeOffset at) => new() { ["kind"] = "at", ["at"] = at.ToString("O") };

    private static JsonObject Payload(string text) => new() { ["kind"] = "agentTurn", ["message"] = text };

    private static JsonObject Prompt(string agent, JsonObject schedule, string text, bool enabled) => new()
    {
        ["name"] = "Test",
        ["agentId"] = agent,
        ["schedule"] = schedule,
        ["sessionTarget"] = "main",
        ["wakeMode"] = "now",
        ["payload"] = Payload(text),
        ["enabled"] = enabled,
    };

    private static Task<JsonNode> AddAsync(GatewayClient client, string agent, JsonObject schedule, string text, bool enabled = true) =>
        client.CallAsync("cron.add", Prompt(agent, schedule, text, enabled));

    private static Task<JsonNode> PatchAsync(GatewayClient client, JsonNode job, JsonObject patch) =>
        client.CallAsync("cron.update", new JsonObject { ["id"] = (string)job["id"]!, ["patch"] = patch });

    private static async Task<IEnumerable<string?>> RunIdsAsync(GatewayClient client, string id) =>
        (await client.CallAsync("cron.runs", One(id)))["entries"]!.AsArray().Select(entry => (string?)entry!["runId"]);

    private static async Task<List<string?>> HistoryAsync(GatewayClient client, string key)
    {
        var history = await client.CallAsync("chat.history", new JsonObject { ["sessionKey"] = key });
        return history["messages"]!.AsArray().Select(message => (string?)message!["content"]![0]!["text"]).ToList();
    }

    private static async Task EndedAsync(GatewayClient client, JsonNode started) => await Eventually.That(
        async () => (string?)(await client.CallAsync("workflows.get", new JsonObject { ["workflowUuid"] = (string)started["workflowUuid"]! }))["workflow"]!["status"],
        Is.EqualTo("SUCCESS"),
        Patience);

    private async Task<string> SharedAgentAsync()
    {
        await using var client = await ConnectAsync();
        var known = (await client.CallAsync("agents.list"))["agents"]!.AsArray().FirstOrDefault(agent => (string?)agent!["name"] == "shared");
        return known is null ? await AgentAsync("shared") : (string)known["id"]!;
    }

    private RecurringJobDto? Recurring(string id)
    {
        using var connection = Service.Services.GetRequiredService<JobStorage>().GetConnection();
        return connection.GetRecurringJobs([$"prompt:{id}"]).SingleOrDefault(job => !job.Removed);
    }
}
