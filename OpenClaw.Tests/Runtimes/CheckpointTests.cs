using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Tests.Runtimes.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Runtimes;

/// <summary>What a pause keeps, and what a resume brings back.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed class CheckpointTests : ModelFixture
{
    // As version 1 wrote them. Never change it: such checkpoints are in databases.
    private const string VersionOne =
        """
        {"model":"openai/old-model","persona":"You are old.","heartbeat_enabled":true,"heartbeat_interval":"00:45:00","heartbeat_checklist":["mail"],
         "heartbeat_active_hours":null,"configuration":{"depth":3},"until_next_heartbeat":"00:10:00","runtime_id":"openai-1","conversation_position":7,
         "parked_messages":[],"workflows_in_flight":[]}
        """;

    [Test]
    public async Task An_older_checkpoint_brings_back_settings_and_conversation()
    {
        var agent = await ProvisionAsync("nostalgic");
        await AskAsync("nostalgic", "one");
        await OperateAsync(agent, "pause");
        await OperateAsync(agent, "resume");
        await AskAsync("nostalgic", "two");
        await Service.Api.CallAsync(HttpMethod.Patch, $"/api/v1/agents/{agent}/settings", System.Net.Http.Json.JsonContent.Create(new { persona = "You are new." }), []);
        await OperateAsync(agent, "pause");

        await OperateAsync(agent, "resume", new { checkpoint = 1 });
        await AskAsync("nostalgic", "three");

        var last = Provider.Calls.Last();
        Assert.That(last.System, Is.EqualTo("You are kind."));
        Assert.That(last.Messages, Is.EqualTo(new[] { "user: one", "assistant: You said: one", "user: three" }));
    }

    [Test]
    public async Task A_checkpoint_of_version_1_still_loads()
    {
        var agent = await ProvisionAsync("ancient");
        await AskAsync("ancient", "one");
        await OperateAsync(agent, "pause");
        await Service.Database.ExecuteAsync($"UPDATE openclaw.agent_checkpoints SET format_version = 1, state = '{VersionOne}' WHERE agent_id = '{agent}'");

        var resumed = await OperateAsync(agent, "resume", new { checkpoint = 1 });

        Assert.That((resumed.Text("model"), resumed.Text("persona"), resumed.Text("heartbeat_interval")), Is.EqualTo(("openai/old-model", "You are old.", "45m")));
        Assert.That(resumed.Body.GetProperty("configuration").GetProperty("depth").GetInt32(), Is.EqualTo(3));
        Assert.That(resumed.Body.GetProperty("next_heartbeat_at").GetDateTimeOffset(), Is.EqualTo(DateTimeOffset.UtcNow.AddMinutes(10)).Within(TimeSpan.FromMinutes(1)));
        await AskAsync("ancient", "two");
        Assert.That(Provider.Calls.Last().Messages, Has.Count.EqualTo(3), "It says nothing of the conversation, so that is left as it is.");
    }

    [Test]
    public async Task A_checkpoint_of_a_newer_build_is_refused_with_a_reason()
    {
        var agent = await ProvisionAsync("futuristic");
        await OperateAsync(agent, "pause");
        await Service.Database.ExecuteAsync($"UPDATE openclaw.agent_checkpoints SET format_version = 99 WHERE agent_id = '{agent}'");

        await Service.Api.PostAsync($"/api/v1/agents/{agent}/resume");

        await Eventually.That(async () => (await Service.Api.GetJsonAsync($"/api/v1/agents/{agent}")).Text("error_message"), Does.Contain("written by a newer build"));
    }

    [Test]
    public async Task A_turn_under_way_waits_for_the_agent_and_then_goes_on()
    {
        var agent = await ProvisionAsync("interrupted");
        Provider.Answer(call => call.FailAsync(429, "later", retryAfter: "1"), call => call.SayAsync($"You said: {call.LastMessage}"));
        var asking = AskAsync("interrupted", "one");
        await Eventually.That(() => Provider.Calls.Any(call => call.LastMessage == "one"), Is.True);

        await OperateAsync(agent, "pause");
        var state = JsonDocument.Parse(await Service.Database.TextAsync($"SELECT state::text FROM openclaw.agent_checkpoints WHERE agent_id = '{agent}'")).RootElement;
        Assert.That(state.GetProperty("pending_messages").GetArrayLength(), Is.EqualTo(1));
        Assert.That(asking.IsCompleted, Is.False);
        await OperateAsync(agent, "resume");

        Assert.That(await asking, Is.EqualTo("You said: one"));
        Assert.That(Provider.Calls.Count(call => call.LastMessage == "one"), Is.EqualTo(2));
    }

    [Test]
    public async Task A_turn_that_a_pause_does_not_wait_for_begins_anew_when_the_agent_is_back()
    {
        var agent = await ProvisionAsync("thorough");
        var gone = new Signal();
        Provider.Answer(call => call.HangAsync().ContinueWith(_ => gone.SetResult(), TaskScheduler.Default), call => call.SayAsync("at last"));
        await Client.CallAsync("chat.send", new JsonObject { ["sessionKey"] = "agent:thorough:main", ["message"] = "think hard", ["idempotencyKey"] = "think-1" });
        await Eventually.That(() => Provider.Calls, Is.Not.Empty);

        await Service.Api.PostAsync($"/api/v1/agents/{agent}/pause", null, ("Prefer", "respond-async"));
        await Service.Database.ExecuteAsync($"UPDATE openclaw_system.workflow_status SET created_at = created_at - interval '1 minute' WHERE agent_id = '{agent}' AND name = 'pause_agent'");
        await Eventually.That(async () => (await Service.Api.GetJsonAsync($"/api/v1/agents/{agent}")).Text("status"), Is.EqualTo("paused"));
        Assert.That(gone.Task.IsCompleted, Is.True, "The provider is not kept busy with it.");
        await OperateAsync(agent, "resume");

        await Eventually.That(
            async () => (await Service.Api.GetJsonAsync($"/api/v1/agents/{agent}/messages")).Body.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("content").GetString()),
            Is.SupersetOf(new[] { "at last", "think hard" }));
    }

    private async Task<Answer> OperateAsync(Guid agent, string operation, object? body = null)
    {
        var answer = await Service.Api.PostAsync($"/api/v1/agents/{agent}/{operation}", body);
        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.OK), answer.Body.ToString());
        return answer;
    }

    private async Task<string?> AskAsync(string agent, string text) => (string?)(await Client.CallAsync(
        "agent", new JsonObject { ["message"] = text, ["agentId"] = agent, ["idempotencyKey"] = Guid.NewGuid().ToString() }))["result"]!["payloads"]![0]!["text"];
}
