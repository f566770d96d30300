using System.Text.Json.Nodes;
using OpenClaw.Tests.Runtimes.Support;

namespace OpenClaw.Tests.Runtimes;

/// <summary>A conversation, or one answer, on another model than the agent's own.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed class ConversationModelTests : ModelFixture
{
    [Test]
    public async Task A_conversation_runs_on_the_model_that_is_set_for_it_and_the_others_do_not()
    {
        await ProvisionAsync("versatile");
        await AskAsync("one", "first");
        var set = await Client.CallAsync("sessions.patch", new JsonObject { ["key"] = "agent:versatile:one", ["model"] = "another-model" });

        await AskAsync("one", "second");
        await AskAsync("two", "third");
        await AskAsync("one", "fourth", "openai/a-third-model");
        var row = (await Client.CallAsync("sessions.describe", new JsonObject { ["key"] = "agent:versatile:one" }))["session"]!;
        await Client.CallAsync("sessions.patch", new JsonObject { ["key"] = "agent:versatile:one", ["model"] = null });
        await AskAsync("one", "fifth");

        Assert.That(
            Provider.Calls.Select(call => (call.LastMessage, call.Model)).OrderBy(call => call.LastMessage),
            Is.EquivalentTo(new[] { ("first", "some-model"), ("second", "another-model"), ("third", "some-model"), ("fourth", "a-third-model"), ("fifth", "some-model") }));
        Assert.That(((string?)set["resolved"]!["modelProvider"], (string?)set["resolved"]!["model"], (string?)set["entry"]!["modelOverrideSource"]), Is.EqualTo(("openai", "another-model", "user")));
        Assert.That(((int)row["inputTokens"]!, (int)row["outputTokens"]!, (int)row["totalTokens"]!, (bool)row["totalTokensFresh"]!, (int)row["contextTokens"]! > 1000), Is.EqualTo((11, 7, 18, true, true)));
        var usage = await Client.CallAsync("sessions.usage", new JsonObject { ["key"] = "agent:versatile:one" });
        Assert.That(((int)usage["totals"]!["input"]!, (int)usage["totals"]!["output"]!, (int)usage["sessions"]![0]!["usage"]!["totalTokens"]!), Is.EqualTo((44, 28, 72)));
        Assert.That(Provider.Calls.Last().Messages, Has.Count.EqualTo(7), "What was said on one model the next one is shown.");

        async Task AskAsync(string conversation, string text, string? model = null)
        {
            var parameters = new JsonObject { ["sessionKey"] = $"agent:versatile:{conversation}", ["message"] = text, ["idempotencyKey"] = text };
            if (model is not null)
            {
                parameters["model"] = model;
            }

            await Client.CallAsync("agent", parameters);
        }
    }
}
