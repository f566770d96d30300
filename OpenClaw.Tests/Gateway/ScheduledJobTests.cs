using System.Text.Json.Nodes;
using OpenClaw.Tests.Gateway.Support;
using OpenClaw.Tests.Support;

namespace OpenClaw.Tests.Gateway;

/// <summary>What a prompt on schedule may say, who may schedule one, and what is told of it.</summary>
public sealed class ScheduledJobTests : ScheduleFixture
{
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
}
