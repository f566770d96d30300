using System.Text.Json.Nodes;
using OpenClaw.Tests.Interop.Support;
using OpenClaw.Tests.Support;

namespace OpenClaw.Tests.Interop.Clients;

/// <summary><c>openclaw acp</c>, the bridge for editors, as an editor speaks with it.</summary>
[TestFixture(Side.Real)]
[TestFixture(Side.Ours)]
[Explicit("scripts/test interop brings the real OpenClaw, a gigabyte of it.")]
public sealed class EditorTests(Side side) : ClientFixture(side)
{
    private const string Count = "one two three four five six seven eight nine ten";

    [Test]
    public async Task A_prompt_is_answered_in_parts_and_a_cancelled_one_leaves_the_session_open()
    {
        await using var bridge = StdioProgram.Start(Home, "acp");
        var about = await BeginAsync(bridge);
        var session = await NewAsync(bridge);

        var answered = await PromptAsync(bridge, session, $"say {EchoModel.Slowly} [[{Count}]]");
        var parts = Chunks(bridge, session).Count();
        var cancelling = PromptAsync(bridge, session, $"say {EchoModel.Slowly} [[{Count}]]");
        await Eventually.That(() => Chunks(bridge, session).Count(), Is.GreaterThan(parts + 1), TimeSpan.FromSeconds(60));
        await bridge.NotifyAsync("session/cancel", new JsonObject { ["sessionId"] = session });
        var cancelled = await cancelling;
        var said = Said(bridge, session).Length;
        var after = await PromptAsync(bridge, session, "say [[and the next]]");

        Assert.That((int)about["protocolVersion"]!, Is.EqualTo(1));
        Assert.That(new[] { answered, cancelled, after }, Is.EqualTo(new[] { "end_turn", "cancelled", "end_turn" }));
        Assert.That(parts, Is.GreaterThan(3), "It is told while it grows.");
        Assert.That(Said(bridge, session)[..Count.Length], Is.EqualTo(Count));
        Assert.That(Said(bridge, session)[said..].Trim(), Is.EqualTo("and the next"));
        Assert.That(bridge.Told.Select(told => (string?)told["method"]), Has.All.EqualTo("session/update"), "Nobody is asked for a permission.");
    }

    [Test]
    public async Task A_session_is_listed_set_closed_and_loaded_again_by_another_bridge()
    {
        await using var bridge = StdioProgram.Start(Home, "acp");
        await BeginAsync(bridge);
        var session = await NewAsync(bridge);
        await PromptAsync(bridge, session, "say [[to be remembered]]");

        var listed = (await bridge.CallAsync("session/list", new JsonObject()))["sessions"]!.AsArray().Select(one => (string?)one!["sessionId"]);
        await bridge.CallAsync("session/set_mode", new JsonObject { ["sessionId"] = session, ["modeId"] = "off" });
        var options = await bridge.CallAsync("session/set_config_option", new JsonObject { ["sessionId"] = session, ["configId"] = "verbose_level", ["value"] = "on" });
        await bridge.CallAsync("session/close", new JsonObject { ["sessionId"] = session });
        await using var another = StdioProgram.Start(Home, "acp");
        await BeginAsync(another);
        var key = listed.Single(id => id!.EndsWith(session, StringComparison.Ordinal))!;
        await another.CallAsync("session/load", Open(key));

        Assert.That(Option(options, "thought_level"), Is.EqualTo("off"));
        Assert.That(Option(options, "verbose_level"), Is.EqualTo("on"));
        Assert.That(Said(another, key), Does.Contain("to be remembered"));
        Assert.That(another.Told.Select(told => (string?)told["params"]!["update"]!["sessionUpdate"]), Has.Some.EqualTo("user_message_chunk"));
        Assert.That(await PromptAsync(another, key, "say [[gone on]]"), Is.EqualTo("end_turn"));
        Assert.That(Said(another, key), Does.EndWith("gone on"));
    }

    [TestCase("agent:main:main")]
    [TestCase("agent:main:by-name")]
    public async Task A_conversation_is_loaded_by_its_key_and_answers_there(string key)
    {
        await using var bridge = StdioProgram.Start(Home, "acp");
        await BeginAsync(bridge);
        await bridge.CallAsync("session/load", Open(key));

        Assert.That(await PromptAsync(bridge, key, "say [[under this name]]"), Is.EqualTo("end_turn"));
        Assert.That(Said(bridge, key), Does.EndWith("under this name"));
    }

    private static Task<JsonNode> BeginAsync(StdioProgram bridge) => bridge.CallAsync("initialize", new JsonObject { ["protocolVersion"] = 1, ["clientCapabilities"] = new JsonObject() });

    private async Task<string> NewAsync(StdioProgram bridge) => (string)(await bridge.CallAsync("session/new", new JsonObject { ["cwd"] = Home.Place, ["mcpServers"] = new JsonArray() }))["sessionId"]!;

    private static async Task<string> PromptAsync(StdioProgram bridge, string session, string text) => (string)(await bridge.CallAsync(
        "session/prompt", new JsonObject { ["sessionId"] = session, ["prompt"] = new JsonArray(new JsonObject { ["type"] = "text", ["text"] = text }) }))["stopReason"]!;

    private JsonObject Open(string session) => new() { ["sessionId"] = session, ["cwd"] = Home.Place, ["mcpServers"] = new JsonArray() };

    private static string? Option(JsonNode options, string id) =>
        (string?)options["configOptions"]!.AsArray().Single(option => (string?)option!["id"] == id)!["currentValue"];

    private static IEnumerable<JsonNode> Chunks(StdioProgram bridge, string session) => bridge.Told
        .Where(told => (string?)told["params"]!["sessionId"] == session && (string?)told["params"]!["update"]!["sessionUpdate"] == "agent_message_chunk");

    private static string Said(StdioProgram bridge, string session) => string.Concat(Chunks(bridge, session).Select(told => (string?)told["params"]!["update"]!["content"]!["text"]));
}
