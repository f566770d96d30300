using System.Text.Json.Nodes;
using OpenClaw.Tests.Gateway.Support;
using OpenClaw.Tests.Interop.Support;
using OpenClaw.Tests.Support;

namespace OpenClaw.Tests.Interop.Clients;

/// <summary><c>openclaw mcp serve</c>, the tools for assistants: with ours behind it each answers as with the real gateway.</summary>
[TestFixture(Side.Real)]
[TestFixture(Side.Ours)]
[Explicit("scripts/test interop brings the real OpenClaw, a gigabyte of it.")]
public sealed class AssistantTests(Side side) : ClientFixture(side)
{
    private const string Conversation = "agent:main:main";

    [Test]
    public async Task Each_tool_answers_as_it_does_at_the_real_gateway()
    {
        await using var server = StdioProgram.Start(Home, "mcp", "serve");
        await server.CallAsync("initialize", new JsonObject { ["protocolVersion"] = "2025-06-18", ["capabilities"] = new JsonObject(), ["clientInfo"] = new JsonObject { ["name"] = "test", ["version"] = "1" } });
        await server.NotifyAsync("notifications/initialized", new JsonObject());
        var tools = (await server.CallAsync("tools/list", new JsonObject()))["tools"]!.AsArray().Select(tool => (string)tool!["name"]!);
        await using var client = await Gateway.TalkAsync();
        await client.CallAsync("chat.send", new JsonObject { ["message"] = "say [[to be read]]", ["sessionKey"] = Conversation, ["idempotencyKey"] = Guid.NewGuid().ToString() });
        var messages = await Eventually.That(
            async () => (await ToolAsync(server, "messages_read", ("session_key", Conversation)))["structuredContent"]!["messages"]!.AsArray(), Has.Count.EqualTo(2), TimeSpan.FromSeconds(90));

        Assert.That(tools, Is.EquivalentTo(new[]
        {
            "attachments_fetch", "conversation_get", "conversations_list", "events_poll", "events_wait", "messages_read", "messages_send", "permissions_list_open", "permissions_respond",
        }));
        Assert.That(messages.Select(message => (string?)message!["role"]), Is.EqualTo(new[] { "user", "assistant" }));
        Assert.That(MemberPaths.Of(messages[1]), Is.SupersetOf(new[] { "*.id", "*.seq", "content", "content[].text", "content[].type", "role", "timestamp" }), "* is what OpenClaw itself says of a message.");
        Assert.That((string?)messages[1]!["content"]![0]!["text"], Is.EqualTo("to be read"));

        // A conversation is one that a channel leads to; without a plugin there is none, on either.
        Assert.That((await ToolAsync(server, "conversations_list"))["structuredContent"]!.ToJsonString(), Is.EqualTo("""{"conversations":[]}"""));
        Assert.That(Refusal(await ToolAsync(server, "conversation_get", ("session_key", Conversation))), Is.EqualTo($"conversation not found: {Conversation}"));
        Assert.That(Refusal(await ToolAsync(server, "messages_send", ("session_key", Conversation), ("text", "hi"))), Is.EqualTo($"Conversation not found for session {Conversation}"));
        Assert.That(Refusal(await ToolAsync(server, "attachments_fetch", ("session_key", Conversation), ("message_id", "none"))), Is.EqualTo("message not found: none"));
        Assert.That((await ToolAsync(server, "events_wait", ("after_cursor", 1_000_000), ("timeout_ms", 500)))["structuredContent"]!.ToJsonString(), Is.EqualTo("""{"event":null}"""));
        Assert.That((await ToolAsync(server, "permissions_list_open"))["structuredContent"]!.ToJsonString(), Is.EqualTo("""{"approvals":[]}"""));
        Assert.That(Refusal(await ToolAsync(server, "permissions_respond", ("kind", "exec"), ("id", "none"), ("decision", "deny"))), Is.EqualTo("unknown or expired approval id"));
    }

    private static Task<JsonNode> ToolAsync(StdioProgram server, string tool, params (string Name, JsonNode Value)[] arguments) => server.CallAsync(
        "tools/call", new JsonObject { ["name"] = tool, ["arguments"] = new JsonObject(arguments.Select(argument => KeyValuePair.Create(argument.Name, (JsonNode?)argument.Value))) });

    private static string? Refusal(JsonNode answer) => (bool?)answer["isError"] == true ? (string?)answer["content"]![0]!["text"] : null;
}
