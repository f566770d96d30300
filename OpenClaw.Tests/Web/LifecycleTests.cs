using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using OpenClaw.Jobs.Agents;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;
using OpenClaw.Web.Dashboard.Forms;

namespace OpenClaw.Tests.Web;

public sealed class LifecycleTests
{
    [Test]
    public async Task An_agent_is_provisioned_beaten_paused_resumed_and_stopped()
    {
        var api = (await SharedService.GetAsync()).Api;

        var created = await api.PostAsync("/api/v1/agents/provision", new
        {
            name = "Research Assistant",
            persona = "curious",
            model = "local/echo",
            heartbeat = new { enabled = true, interval = "PT15M", checklist = new[] { "inbox" } },
            configuration = new { depth = 3 },
        });
        Assert.That(created.Status, Is.EqualTo(HttpStatusCode.Created));
        Assert.That(created.Response.Headers.Location!.OriginalString, Is.EqualTo($"/api/v1/agents/{created.Id("id")}"));
        Assert.That(created.Text("status"), Is.EqualTo("running"));
        Assert.That(created.Text("heartbeat_interval"), Is.EqualTo("15m"));
        Assert.That(created.Text("openclaw_session_key"), Does.StartWith("agent:web:research-assistant"));
        Assert.That(created.Body.GetProperty("configuration").GetProperty("depth").GetInt32(), Is.EqualTo(3));
        var agent = $"/api/v1/agents/{created.Id("id")}";

        var beaten = await api.PostAsync($"{agent}/heartbeat");
        Assert.That(beaten.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(beaten.Body.GetProperty("last_heartbeat_at").ValueKind, Is.EqualTo(JsonValueKind.String));
        Assert.That((await api.GetJsonAsync($"{agent}/heartbeats")).Body.GetProperty("heartbeats").GetArrayLength(), Is.EqualTo(1));

        var paused = await api.PostAsync($"{agent}/pause");
        Assert.That((paused.Status, paused.Text("status")), Is.EqualTo((HttpStatusCode.OK, "paused")));
        var checkpoint = (await api.GetJsonAsync($"{agent}/checkpoints")).Body.GetProperty("checkpoints")[0].GetProperty("number").GetInt32();

        var resumed = await api.PostAsync($"{agent}/resume", new { checkpoint });
        Assert.That((resumed.Status, resumed.Text("status")), Is.EqualTo((HttpStatusCode.OK, "running")));

        var stopped = await api.CallAsync(new HttpRequestMessage(HttpMethod.Delete, agent));
        Assert.That(stopped.Status, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That((await api.CallAsync(new HttpRequestMessage(HttpMethod.Delete, agent))).Status, Is.EqualTo(HttpStatusCode.NoContent), "stopping is idempotent");
        Assert.That((await api.GetJsonAsync(agent)).Text("status"), Is.EqualTo("stopped"));

        var workflows = (await api.GetJsonAsync($"{agent}/workflows")).Body.GetProperty("workflows").EnumerateArray();
        Assert.That(
            workflows.Select(workflow => workflow.GetProperty("name").GetString()),
            Is.EqualTo(new[] { "stop_agent", "resume_agent", "pause_agent", "heartbeat", "provision_agent" }));
    }

    [Test]
    public async Task Creating_and_provisioning_are_two_calls_for_those_who_want_them()
    {
        var api = (await SharedService.GetAsync()).Api;

        var created = await api.PostAsync("/api/v1/agents", new { name = "two calls", model = "local/echo" });
        Assert.That((created.Status, created.Text("status")), Is.EqualTo((HttpStatusCode.Created, "provisioning")));

        var provisioned = await api.PostAsync($"/api/v1/agents/{created.Id("id")}/provision");
        Assert.That((provisioned.Status, provisioned.Text("status")), Is.EqualTo((HttpStatusCode.OK, "running")));
    }

    [Test]
    public async Task Who_prefers_not_to_wait_gets_202_and_the_workflows_address()
    {
        var api = (await SharedService.GetAsync()).Api;

        var accepted = await api.PostAsync("/api/v1/agents/provision", new { name = "later", model = "local/echo" }, ("Prefer", "respond-async"));
        Assert.That(accepted.Status, Is.EqualTo(HttpStatusCode.Accepted));
        Assert.That(accepted.Body.GetProperty("agent").GetProperty("name").GetString(), Is.EqualTo("later"));
        var address = accepted.Response.Headers.Location!.OriginalString;
        Assert.That(address, Is.EqualTo($"/api/v1/workflows/{accepted.Id("workflow_uuid")}"));

        await Eventually.That(async () => (await api.GetJsonAsync(address)).Text("status"), Is.EqualTo("SUCCESS"));
        var steps = (await api.GetJsonAsync($"{address}/steps")).Body.GetProperty("steps").EnumerateArray().ToList();
        Assert.That(
            steps.Select(step => step.GetProperty("function_name").GetString()),
            Is.EqualTo(new[] { "validate", "store_metadata", "connect_runtime", "start_heartbeat", "mark_running" }));
        Assert.That(steps.Select(step => step.GetProperty("completed_at").ValueKind), Is.All.EqualTo(JsonValueKind.String));
        var events = (await api.GetJsonAsync($"{address}/events")).Body.GetProperty("events").EnumerateArray().Select(entry => entry.GetProperty("kind").GetString()).ToList();
        Assert.That(events[0], Is.EqualTo("enqueued"));
        Assert.That(events[^1], Is.EqualTo("succeeded"));
        Assert.That((await api.GetJsonAsync(address["/api/v1".Length..])).Text("status"), Is.EqualTo("SUCCESS"), "the gateway's own address");
    }

    [Test]
    public async Task What_takes_longer_than_five_seconds_is_answered_202_and_can_be_cancelled()
    {
        var api = (await SharedService.GetAsync()).Api;

        var accepted = await api.PostAsync("/api/v1/agents/provision", new { name = "slow", model = "local/echo", configuration = new { connect_delay_ms = 60_000 } });
        Assert.That(accepted.Status, Is.EqualTo(HttpStatusCode.Accepted));
        Assert.That(accepted.Body.GetProperty("agent").GetProperty("operation").GetString(), Is.EqualTo("provision"));
        var workflow = accepted.Response.Headers.Location!.OriginalString;
        var agent = $"/api/v1/agents/{accepted.Body.GetProperty("agent").GetProperty("id").GetGuid()}";
        Assert.That((await api.PostAsync($"{agent}/pause")).Status, Is.EqualTo(HttpStatusCode.Conflict), "one operation at a time");

        Assert.That((await api.PostAsync($"{workflow}/cancel", new { reason = "too slow" })).Status, Is.EqualTo(HttpStatusCode.Accepted));
        await Eventually.That(async () => (await api.GetJsonAsync(workflow)).Text("status"), Is.EqualTo("CANCELLED"));
        Assert.That((await api.PostAsync($"{workflow}/cancel")).Status, Is.EqualTo(HttpStatusCode.Accepted), "cancelling is idempotent");
    }

    [Test]
    public async Task An_operation_that_fails_is_answered_502_with_its_workflow_and_the_reason()
    {
        var api = (await SharedService.GetAsync()).Api;

        var failed = await api.PostAsync("/api/v1/agents/provision", new { name = "nowhere", model = "nobody/knows" });

        Assert.That(failed.Status, Is.EqualTo(HttpStatusCode.BadGateway));
        Assert.That(failed.Text("code"), Is.EqualTo("operation_failed"));
        Assert.That(failed.Text("detail"), Does.Contain("provision_agent failed at step").And.Contain("nobody/knows"));
        Assert.That((await api.GetJsonAsync($"/api/v1/workflows/{failed.Id("workflow_uuid")}")).Text("status"), Is.EqualTo("ERROR"));
        var agent = await api.GetJsonAsync($"/api/v1/agents/{failed.Id("agent_id")}");
        Assert.That((agent.Text("status"), agent.Text("error_message") is not null), Is.EqualTo(("failed", true)));
        var told = (await api.GetJsonAsync($"/api/v1/agents/{failed.Id("agent_id")}/messages")).Body.GetProperty("messages").EnumerateArray().ToList();
        Assert.That(told.Select(message => message.GetProperty("content").GetString()), Is.EqualTo(new[] { $"nowhere: {agent.Text("error_message")}" }), "The owner is told once.");

        var patched = await api.CallAsync(HttpMethod.Patch, $"/api/v1/agents/{failed.Id("agent_id")}/settings", JsonContent.Create(new { model = "local/echo" }), []);
        Assert.That(patched.Text("model"), Is.EqualTo("local/echo"));
        var recovered = await api.PostAsync($"/api/v1/workflows/{failed.Id("workflow_uuid")}/resume");
        Assert.That(recovered.Status, Is.EqualTo(HttpStatusCode.Accepted));
        await Eventually.That(async () => (await api.GetJsonAsync($"/api/v1/agents/{failed.Id("agent_id")}")).Text("status"), Is.EqualTo("running"));
        Assert.That((await api.PostAsync($"/api/v1/workflows/{failed.Id("workflow_uuid")}/resume")).Status, Is.EqualTo(HttpStatusCode.Conflict), "nothing is left to resume");
    }

    [Test]
    public async Task A_message_is_answered_with_the_reply_and_waits_while_the_agent_is_paused()
    {
        var api = (await SharedService.GetAsync()).Api;
        var agent = $"/api/v1/agents/{await api.ProvisionAsync()}";

        var answered = await api.PostAsync($"{agent}/message", new { content = "hello" });
        Assert.That(answered.Status, Is.EqualTo(HttpStatusCode.OK), answered.Body.ToString());
        Assert.That(answered.Body.GetProperty("reply").GetProperty("content").GetString(), Does.EndWith("hello"));

        await api.PostAsync($"{agent}/pause");
        var parked = await api.PostAsync($"{agent}/message", new { content = "are you there?" });
        Assert.That(parked.Status, Is.EqualTo(HttpStatusCode.Accepted));
        Assert.That(parked.Body.GetProperty("message").GetProperty("state").GetString(), Is.EqualTo("parked"));

        await api.PostAsync($"{agent}/resume");
        await Eventually.That(
            async () => (await api.GetJsonAsync($"{agent}/messages")).Body.GetProperty("messages").EnumerateArray().Count(message => message.GetProperty("reply_to").ValueKind == JsonValueKind.String),
            Is.EqualTo(2));
    }

    [Test]
    public async Task A_setting_that_is_null_is_cleared_and_one_that_an_agent_needs_is_not()
    {
        var api = (await SharedService.GetAsync()).Api;
        var agent = $"/api/v1/agents/{await api.ProvisionAsync()}";
        var given = new
        {
            persona = "calm",
            configuration = new { depth = 3 },
            heartbeat = new { enabled = false, interval = "2h", checklist = new[] { "inbox" }, active_hours = new { start = "08:00", end = "20:00", time_zone = "Europe/Berlin" } },
        };
        await PatchAsync(given);

        var kept = await PatchAsync(new { heartbeat = new { interval = "3h" } });
        Assert.That(Settings(kept), Is.EqualTo("calm False 3h inbox 08:00 3"));
        var cleared = await PatchAsync(new { persona = (string?)null, configuration = (object?)null, heartbeat = new { enabled = (bool?)null, interval = (string?)null, checklist = (string[]?)null, active_hours = (object?)null } });
        Assert.That(Settings(cleared), Is.EqualTo(" True 30m   "));
        await PatchAsync(given);
        Assert.That(Settings(await PatchAsync(new { heartbeat = (object?)null })), Is.EqualTo("calm True 30m   3"));

        var refused = await PatchAsync(new { name = (string?)null, model = (string?)null });
        Assert.That((refused.Status, refused.ErrorFields), Is.EqualTo((HttpStatusCode.UnprocessableEntity, new[] { "name", "model" })));

        Task<Answer> PatchAsync(object settings) => api.CallAsync(HttpMethod.Patch, $"{agent}/settings", JsonContent.Create(settings), []);

        static string Settings(Answer answer)
        {
            var body = answer.Body;
            var hours = body.GetProperty("heartbeat_active_hours");
            return string.Join(
                ' ', answer.Text("persona"), body.GetProperty("heartbeat_enabled"), answer.Text("heartbeat_interval"), string.Join(',', body.GetProperty("heartbeat_checklist").EnumerateArray()),
                hours.ValueKind is JsonValueKind.Null ? "" : hours.GetProperty("start").GetString(), body.GetProperty("configuration").TryGetProperty("depth", out var depth) ? depth.ToString() : "");
        }
    }

    [Test]
    public void A_field_of_the_form_that_is_empty_clears_its_setting()
    {
        var form = new AgentForm { Name = "agent", Model = "local/echo", ActiveFrom = "08:00", ActiveTo = "20:00", Persona = "calm" };

        Assert.That(form.ToSettings().Cleared, Is.EqualTo(AgentSetting.None));
        Assert.That((form with { ActiveFrom = "", ActiveTo = "" }).ToSettings().Cleared, Is.EqualTo(AgentSetting.HeartbeatActiveHours));
        Assert.That((form with { Persona = "" }).ToSettings().Cleared, Is.EqualTo(AgentSetting.Persona));
        Assert.That((form with { ActiveFrom = "" }).ToSettings().Cleared, Is.EqualTo(AgentSetting.None), "Half of them is refused.");
        Assert.That((form with { Checklist = "", Configuration = "" }).ToSettings(), Has.Property("HeartbeatChecklist").Empty.And.Property("Configuration").Not.Null);
    }

    [Test]
    public async Task Settings_change_one_by_one_and_what_is_absent_stays()
    {
        var api = (await SharedService.GetAsync()).Api;
        var agent = $"/api/v1/agents/{await api.ProvisionAsync()}";

        var patched = await api.CallAsync(HttpMethod.Patch, $"{agent}/settings", JsonContent.Create(new { persona = "calm", heartbeat = new { interval = "2h" } }), []);

        Assert.That(patched.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(
            (patched.Text("name"), patched.Text("persona"), patched.Text("model"), patched.Text("heartbeat_interval")),
            Is.EqualTo(("agent", "calm", "local/echo", "2h")));
    }
}
