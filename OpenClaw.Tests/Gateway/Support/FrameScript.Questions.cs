using System.Text.Json.Nodes;
using OpenClaw.Tests.Support;

namespace OpenClaw.Tests.Gateway.Support;

internal sealed partial class FrameScript
{
    private async Task QuestionsAsync()
    {
        var asked = await CallAsync("question.request", new JsonObject
        {
            ["agentId"] = "contract",
            ["timeoutMs"] = 86_400_000,
            ["questions"] = new JsonArray(new JsonObject { ["questionId"] = "go", ["header"] = "Go", ["question"] = "Go on?", ["options"] = new JsonArray(new JsonObject { ["label"] = "Yes" }, new JsonObject { ["label"] = "No" }) }),
        });
        var id = (string)asked["id"]!;
        await CallAsync("question.list");
        await Eventually.That(() => client.Events("question.requested").Any(), Is.True, Patience);
        await CallAsync("question.resolve", new JsonObject { ["id"] = id, ["answers"] = new JsonObject { ["answers"] = new JsonObject { ["go"] = new JsonArray("Yes") } } });
        await CallAsync("question.get", new JsonObject { ["id"] = id });
        await CallAsync("question.waitAnswer", new JsonObject { ["id"] = id, ["timeoutMs"] = 1_000 });
        await Eventually.That(() => client.Events("question.resolved").Any(), Is.True, Patience);
    }
}
