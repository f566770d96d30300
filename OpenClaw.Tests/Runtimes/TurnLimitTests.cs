using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Jobs.Runtimes;
using OpenClaw.Tests.Runtimes.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Runtimes;

/// <summary>How long turns may take, as agents and messages say.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed class TurnLimitTests : ModelFixture
{
    [Test]
    public async Task A_turn_is_ended_when_its_agents_time_is_over_and_what_it_had_said_is_told()
    {
        Speak();
        var agent = await ProvisionAsync("short", new { turn_timeout = "1s" });

        var end = await EndAsync(agent, new { content = "Speak." });

        Assert.That(end.Text("status"), Is.EqualTo("dead"));
        Assert.That(end.Text("reason"), Does.StartWith("The agent's turn took longer than 1 s and was ended.").And.Contain("configuration.turn_timeout").And.EndWith("It had said so far: On and"));
        Assert.That(Provider.Calls, Has.Count.EqualTo(1), "It is not asked again by itself.");
    }

    [Test]
    public async Task A_message_names_its_own_time()
    {
        Speak();
        var agent = await ProvisionAsync("patient", new { turn_timeout = "4h" });

        var end = await EndAsync(agent, new { content = "Speak.", timeout = "1s" });

        Assert.That(end.Text("reason"), Does.StartWith("The agent's turn took longer than 1 s"));
    }

    [TestCase("timeout", "13h", "timeout must be a time from 1s to 12h, such as 90s, 30m or 4h: how long the agent's turn may take.")]
    [TestCase("timeout", "soon", "timeout must be a time from 1s to 12h, such as 90s, 30m or 4h: how long the agent's turn may take.")]
    [TestCase("queue_mode", "sometimes", "queue_mode must be followup, collect, interrupt or steer.")]
    public async Task What_a_message_cannot_have_is_refused(string field, string value, string rule)
    {
        var agent = await Service.Api.ProvisionAsync("echo");

        var refused = await Service.Api.PostAsync($"/api/v1/agents/{agent}/message", new JsonObject { ["content"] = "hi", [field] = value });

        Assert.That((refused.Status, refused.Body.GetProperty("errors").GetProperty(field)[0].GetString()), Is.EqualTo((HttpStatusCode.UnprocessableEntity, rule)));
    }

    [TestCase("""{}""", 3600, null)]
    [TestCase("""{"turn_timeout":"90s","turn_idle_timeout":"10m"}""", 90, 600)]
    [TestCase("""{"turn_timeout":"12h"}""", 12 * 3600, null)]
    public void An_agents_configuration_says_how_long(string configuration, int longest, int? idle)
    {
        var json = JsonElement.Parse(configuration);

        Assert.That(TurnLimits.WhyNot(json), Is.Null);
        Assert.That(TurnLimits.Of(json), Is.EqualTo(new TurnLimits(TimeSpan.FromSeconds(longest), idle is { } seconds ? TimeSpan.FromSeconds(seconds) : null)));
    }

    [TestCase("""{"turn_timeout":3600}""", "configuration.turn_timeout must be a time from 1s to 12h, such as 90s, 30m or 4h. Leave it out for 1h.")]
    [TestCase("""{"turn_timeout":"13h"}""", "configuration.turn_timeout must be a time from 1s to 12h, such as 90s, 30m or 4h. Leave it out for 1h.")]
    [TestCase("""{"turn_idle_timeout":"0s"}""", "configuration.turn_idle_timeout must be a time from 1s to 12h, such as 90s, 30m or 4h. Leave it out for what the service has for all agents.")]
    public async Task What_is_no_time_is_refused_where_it_is_set(string configuration, string rule)
    {
        var refused = await Service.Api.PostAsync("/api/v1/agents/provision", new { name = "wrong", model = "local/echo", configuration = JsonNode.Parse(configuration) });

        Assert.That(refused.Body.GetProperty("errors").GetProperty("configuration")[0].GetString(), Is.EqualTo(rule));
    }

    private void Speak() => Provider.Answer(async call =>
    {
        await call.BeginAsync("On and");
        await call.HangAsync();
    });

    private async Task<RunEvent> EndAsync(Guid agent, object message)
    {
        var sent = await Service.Api.PostAsync($"/api/v1/agents/{agent}/message", message, ("Prefer", "respond-async"));
        return (await Service.Api.ReadRunAsync(sent.Body.GetProperty("message").GetProperty("id").GetGuid()).WaitAsync(TimeSpan.FromSeconds(30)))[^1];
    }
}
