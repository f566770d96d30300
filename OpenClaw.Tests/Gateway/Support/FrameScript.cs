using System.Text.Json.Nodes;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Gateway.Support;

/// <summary>A conversation in which each method is called and answered, and most are refused once.</summary>
internal sealed partial class FrameScript(GatewayClient client, Uri address)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public Dictionary<string, List<JsonNode?>> Answers { get; } = [];

    public IEnumerable<string> Methods { get; private set; } = [];

    public async Task PlayAsync()
    {
        var hello = client.Received.Single(frame => (string?)(frame["payload"] as JsonObject)?["type"] == "hello-ok");
        Note("connect", hello);
        Methods = [.. hello["payload"]!["features"]!["methods"]!.AsArray().Select(method => (string)method!)];

        await AgentsAsync();
        await ConversationsAsync();
        await SchedulesAsync();
        await MessagesAsync();
        await CallAsync("commands.run", new JsonObject { ["text"] = "tell contract hello" });
        foreach (var method in new[] { "commands.log", "commands.list" })
        {
            await CallAsync(method);
        }

        await RuntimeAsync();
        await WorkflowsAsync();
        await DevicesAsync();
        await NodesAsync();
        foreach (var method in new[] { "health", "system-presence", "channels.status", "last-heartbeat", "config.get", "models.list", "logs.tail", "usage.cost", "audit.list", "audit.activity.list" })
        {
            await CallAsync(method);
        }

        await CallAsync("status", new JsonObject { ["includeCliProjection"] = true });
        await Eventually.That(() => client.Events("health").Any(), Is.True, Patience);
        await AbsentAsync();
        await QuestionsAsync();
        await RefuseAsync("no.such.method");
        await CallAsync("agents.stop", new JsonObject { ["agentId"] = "second" });
        await CallAsync("agents.delete", new JsonObject { ["agentId"] = "contract" });
        await Eventually.That(() => client.Events("tick").Any(), Is.True, Patience);
    }

    private async Task AgentsAsync()
    {
        foreach (var name in new[] { "contract", "second" })
        {
            await CallAsync("agents.create", new JsonObject { ["name"] = name });
            await StatusAsync(name, "running");
        }

        var agent = new JsonObject { ["agentId"] = "contract" };
        await CallAsync("agents.list");
        await CallAsync("agents.update", new JsonObject { ["agentId"] = "contract", ["persona"] = "plain" });
        await CallAsync("agent.identity.get", agent);
        await CallAsync("agents.heartbeat", agent);
        await Eventually.That(async () => await client.CallAsync("last-heartbeat") is JsonObject, Is.True, Patience);
        await CallAsync("agents.pause", agent);
        await StatusAsync("contract", "paused");
        await RefuseAsync("agent", new JsonObject { ["agentId"] = "contract", ["message"] = "no", ["idempotencyKey"] = "no" });
        await CallAsync("agents.checkpoints", agent);
        await CallAsync("agents.resume", agent);
        await StatusAsync("contract", "running");
    }

    private async Task ConversationsAsync()
    {
        const string key = "agent:contract:talk";
        await CallAsync("sessions.subscribe");
        await CallAsync("sessions.create", new JsonObject { ["key"] = key, ["label"] = "Talk" });
        await CallAsync("sessions.messages.subscribe", new JsonObject { ["key"] = key });
        await CallAsync("agent", new JsonObject { ["sessionKey"] = key, ["message"] = "one", ["idempotencyKey"] = "run-1" });
        await CallAsync("agent.send", new JsonObject { ["sessionKey"] = key, ["message"] = "two" });
        await CallAsync("agent.wait", new JsonObject { ["runId"] = "run-1" });
        await CallAsync("chat.send", new JsonObject { ["sessionKey"] = key, ["message"] = "three", ["idempotencyKey"] = "run-3" });
        await Eventually.That(() => client.Events("chat").Any(frame => (string?)frame["payload"]!["runId"] == "run-3" && (string?)frame["payload"]!["state"] == "final"), Is.True, Patience);
        await CallAsync("sessions.send", new JsonObject { ["key"] = key, ["message"] = "four", ["idempotencyKey"] = "run-4" });
        await Eventually.That(() => client.Events("chat").Any(frame => (string?)frame["payload"]!["runId"] == "run-4" && (string?)frame["payload"]!["state"] == "final"), Is.True, Patience);
        await Eventually.That(() => client.Events("session.message").Any(), Is.True, Patience);
        await CallAsync("chat.history", new JsonObject { ["sessionKey"] = key });
        await CallAsync("chat.abort", new JsonObject { ["sessionKey"] = key });
        await CallAsync("sessions.abort", new JsonObject { ["key"] = key });
        await CallAsync("sessions.list");
        foreach (var method in new[] { "sessions.describe", "sessions.resolve", "sessions.get", "sessions.usage", "sessions.compact" })
        {
            await CallAsync(method, new JsonObject { ["key"] = key });
        }

        await CallAsync("sessions.preview", new JsonObject { ["keys"] = new JsonArray(key) });
        await CallAsync("chat.message.get", new JsonObject { ["sessionKey"] = key, ["messageId"] = "none" });
        foreach (var method in new[] { "sessions.messages.unsubscribe", "sessions.reset" })
        {
            await CallAsync(method, new JsonObject { ["key"] = key });
        }

        await CallAsync("sessions.patch", new JsonObject { ["key"] = key, ["label"] = "Renamed" });
        await CallAsync("sessions.delete", new JsonObject { ["key"] = key });
        await CallAsync("sessions.unsubscribe");
        await RefuseAsync("chat.send", new JsonObject { ["sessionKey"] = key });
    }

    private async Task SchedulesAsync()
    {
        await CallAsync("set-heartbeats", new JsonObject { ["enabled"] = true });
        await CallAsync("wake", new JsonObject { ["mode"] = "now", ["text"] = "wake", ["agentId"] = "contract" });
        var job = await CallAsync("cron.add", new JsonObject
        {
            ["name"] = "daily",
            ["agentId"] = "contract",
            ["schedule"] = new JsonObject { ["kind"] = "cron", ["expr"] = "0 9 * * *" },
            ["sessionTarget"] = "main",
            ["wakeMode"] = "now",
            ["displayName"] = "Daily",
            ["description"] = "What is new",
            ["payload"] = new JsonObject { ["kind"] = "agentTurn", ["message"] = "Report.", ["thinking"] = "low" },
        });
        var id = new JsonObject { ["id"] = (string)job["id"]! };
        await CallAsync("cron.run", id);
        await Eventually.That(async () => (await client.CallAsync("cron.runs", id))["entries"]!.AsArray().Any(run => (string?)run!["status"] == "ok"), Is.True, Patience);
        foreach (var method in new[] { "cron.runs", "cron.get" })
        {
            await CallAsync(method, id);
        }

        foreach (var method in new[] { "cron.list", "cron.status" })
        {
            await CallAsync(method);
        }

        await CallAsync("cron.scratch.set", new JsonObject { ["id"] = (string)job["id"]!, ["content"] = "notes" });
        await CallAsync("cron.scratch.get", id);
        await CallAsync("cron.update", new JsonObject { ["id"] = (string)job["id"]!, ["patch"] = new JsonObject { ["enabled"] = false } });
        await CallAsync("cron.remove", id);
    }

    private async Task MessagesAsync()
    {
        var sent = await CallAsync("messages.send", new JsonObject { ["to"] = "client:contract", ["content"] = "to myself" });
        await Eventually.That(() => client.Events("message").Any(), Is.True, Patience);
        await CallAsync("messages.ack", new JsonObject { ["id"] = (string)sent["id"]! });
        await CallAsync("messages.list", new JsonObject { ["to"] = "client:contract" });
        await RefuseAsync("messages.resend", new JsonObject { ["id"] = (string)sent["id"]! });
        await CallAsync("send", new JsonObject { ["to"] = "+4915112345678", ["message"] = "hi", ["idempotencyKey"] = "send-1" });
    }

    private async Task RuntimeAsync()
    {
        await CallAsync("agents.create", new JsonObject { ["name"] = "served", ["model"] = "session/contract" });
        await StatusAsync("served", "running");
        await CallAsync("agents.update", new JsonObject { ["agentId"] = "served", ["persona"] = "plain" });
        await RefuseAsync("runtime.serve", new JsonObject { ["agentId"] = "contract" });
        await CallAsync("runtime.serve", new JsonObject { ["agentId"] = "served" });
        await CallAsync("chat.send", new JsonObject { ["sessionKey"] = "agent:served:main", ["message"] = "one", ["idempotencyKey"] = "served-1" });
        await Eventually.That(() => client.Events("runtime.turn").Any(), Is.True, Patience);
        await CallAsync("runtime.reply", new JsonObject { ["turnId"] = (string)client.Events("runtime.turn").First()["payload"]!["turnId"]!, ["text"] = "done" });
        await Eventually.That(() => client.Events("chat").Any(frame => (string?)frame["payload"]!["runId"] == "served-1" && (string?)frame["payload"]!["state"] == "final"), Is.True, Patience);
        await CallAsync("chat.send", new JsonObject { ["sessionKey"] = "agent:served:main", ["message"] = "two", ["idempotencyKey"] = "served-2" });
        await Eventually.That(() => client.Events("runtime.turn").Count(), Is.EqualTo(2), Patience);
        await CallAsync("chat.abort", new JsonObject { ["sessionKey"] = "agent:served:main", ["runId"] = "served-2" });
        await Eventually.That(() => client.Events("runtime.cancel").Any(), Is.True, Patience);
        await CallAsync("runtime.progress", new JsonObject { ["turnId"] = "of nobody", ["text"] = "more" });
        await CallAsync("runtime.release", new JsonObject { ["agentId"] = "served" });
    }

    private async Task AbsentAsync()
    {
        foreach (var method in new[]
        {
            "plugin.approval.list", "openclaw.approval.list", "exec.approval.list", "exec.approval.grants.list", "exec.approvals.get", "tools.catalog", "skills.status",
            "skills.library.list", "hooks.status", "agents.files.list", "diagnostics.stability", "users.list",
        })
        {
            await CallAsync(method);
        }

        foreach (var method in new[] { "approval.get", "exec.approval.resolve", "plugin.approval.resolve", "browser.request", "users.self", "secrets.reload", "attach.grant" })
        {
            await RefuseAsync(method);
        }

        await CallAsync("gateway.suspend.prepare", new JsonObject { ["requestId"] = "host-1" });
        foreach (var method in new[] { "gateway.suspend.status", "gateway.suspend.resume" })
        {
            await CallAsync(method, new JsonObject { ["suspensionId"] = "host-1" });
        }
    }

    private async Task WorkflowsAsync()
    {
        var page = await CallAsync("workflows.list", new JsonObject { ["name"] = "provision_agent" });
        var uuid = (string)page["workflows"]![0]!["workflow_uuid"]!;
        await CallAsync("workflows.get", new JsonObject { ["workflowUuid"] = uuid });
        foreach (var method in new[] { "workflows.cancel", "workflows.resume", "workflows.recover" })
        {
            await RefuseAsync(method, new JsonObject { ["workflowUuid"] = uuid });
        }

        await RefuseAsync("workflows.fork", new JsonObject { ["workflowUuid"] = uuid, ["step"] = "no_such_step" });
    }

    private async Task DevicesAsync()
    {
        var laptop = new TestDevice();
        var its = new JsonObject { ["deviceId"] = laptop.Id };
        var operators = new JsonObject { ["deviceId"] = laptop.Id, ["role"] = TestDevice.Operator };
        await (await ConnectAsync(laptop, "connect (device)")).DisposeAsync();
        for (var i = 0; i < 2; i++)
        {
            await (await ConnectAsync(laptop, "connect (pairing)", "node")).DisposeAsync();
            var requestId = (string)Answers["connect (pairing)"][i]!["error"]!["details"]!["requestId"]!;
            await CallAsync("device.pair.list");
            await CallAsync(i == 0 ? "device.pair.reject" : "device.pair.approve", new JsonObject { ["requestId"] = requestId });
            await Eventually.That(() => client.Events("device.pair.resolved").Any(frame => (string?)frame["payload"]!["requestId"] == requestId), Is.True, Patience);
        }

        await CallAsync("device.pair.rename", new JsonObject { ["deviceId"] = laptop.Id, ["label"] = "Laptop" });
        await CallAsync("device.token.rotate", operators);
        await CallAsync("device.token.revoke", operators);
        await CallAsync("device.pair.list");
        await CallAsync("device.pair.remove", its);
        await AskForMoreAsync();
        await SetUpAsync();
    }

    private async Task NodesAsync()
    {
        var device = new TestDevice();
        var its = new JsonObject { ["nodeId"] = device.Id };
        await (await ConnectAsync(device, "connect (node)", "node")).DisposeAsync();
        await CallAsync("node.pair.reject", new JsonObject { ["requestId"] = await OfferedAsync(device) });
        await using var node = await ConnectAsync(device, "connect (node)", "node");
        var requestId = await OfferedAsync(device);
        await Eventually.That(() => client.Events("presence").Any(frame => frame["payload"]!["presence"]!.AsArray().Any(entry => (string?)entry!["deviceId"] == device.Id)), Is.True, Patience);
        await CallAsync("node.list");
        await CallAsync("node.pair.approve", new JsonObject { ["requestId"] = requestId });
        Note("node.skills.update", await node.RequestAsync("node.skills.update", new JsonObject { ["skills"] = new JsonArray() }));
        Note("node.pluginTools.update", await node.RequestAsync("node.pluginTools.update", new JsonObject { ["tools"] = new JsonArray() }));
        Note("node.runnerInventory.update", await node.RequestAsync("node.runnerInventory.update"));
        Note("node.event", await node.RequestAsync("node.event", new JsonObject { ["event"] = "voice.transcript" }));
        Note("node.invoke.progress", await node.RequestAsync("node.invoke.progress", new JsonObject { ["invokeId"] = "i", ["nodeId"] = device.Id, ["seq"] = 0, ["chunk"] = "" }));
        var asking = client.RequestAsync("node.invoke", new JsonObject { ["nodeId"] = device.Id, ["command"] = "camera.snap", ["params"] = new JsonObject(), ["idempotencyKey"] = "snap" });
        var asked = (await Eventually.That(() => node.Events("node.invoke.request").FirstOrDefault(), Is.Not.Null, Patience))!;
        Note("node.invoke.request (event)", asked);
        Note("node.invoke.result", await node.RequestAsync("node.invoke.result", new JsonObject { ["id"] = (string)asked["payload"]!["id"]!, ["nodeId"] = device.Id, ["ok"] = true, ["payloadJSON"] = "{}" }));
        Note("node.invoke", await asking);
        await CallAsync("node.pair.list");
        await CallAsync("node.rename", new JsonObject { ["nodeId"] = device.Id, ["displayName"] = "Camera" });
        await CallAsync("node.describe", its);
        await CallAsync("node.pair.remove", its);
    }

    private async Task<string> OfferedAsync(TestDevice device) => (string)(await Eventually.That(
        async () => (await CallAsync("node.pair.list"))["pending"]!.AsArray().SingleOrDefault(pending => (string?)pending!["nodeId"] == device.Id), Is.Not.Null, Patience))!["requestId"]!;

    private async Task<GatewayClient> ConnectAsync(TestDevice device, string key, string role = TestDevice.Operator)
    {
        var other = await GatewayClient.OpenAsync(address);
        var connect = device.Connect(await other.ChallengeAsync(), new JsonObject { ["token"] = RunningService.Token }, role);
        connect["commands"] = new JsonArray("camera.snap");
        Note(key, await other.RequestAsync("connect", connect));
        return other;
    }

    private async Task<JsonNode> CallAsync(string method, JsonObject? parameters = null)
    {
        var answer = await client.RequestAsync(method, parameters);
        Assert.That((bool?)answer["ok"], Is.True, $"{method}: {answer.ToJsonString()}");
        Note(method, answer);
        return answer["payload"]!;
    }

    private async Task RefuseAsync(string method, JsonObject? parameters = null)
    {
        var answer = await client.RequestAsync(method, parameters);
        Assert.That((bool?)answer["ok"], Is.False, $"{method}: {answer.ToJsonString()}");
        Note($"{method} (refused)", answer);
    }

    private void Note(string key, JsonNode answer)
    {
        if (!Answers.TryGetValue(key, out var known))
        {
            Answers[key] = known = [];
        }

        known.Add(answer);
    }

    private async Task StatusAsync(string agent, string status) => await Eventually.That(
        async () => (await client.CallAsync("agents.list"))["agents"]!.AsArray().Where(row => (string?)row!["name"] == agent).Select(row => (string?)row!["status"]).Single(),
        Is.EqualTo(status), Patience);
}
