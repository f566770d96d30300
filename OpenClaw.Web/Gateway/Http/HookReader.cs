using System.Text.Json;
using OpenClaw.Jobs.Messages;
using OpenClaw.Web.Gateway.Methods;

namespace OpenClaw.Web.Gateway.Http;

/// <summary>Reads the bodies of <c>/hooks/wake</c> and <c>/hooks/agent</c>. A field that nothing would come of is refused.</summary>
internal static class HookReader
{
    private static readonly TimeSpan DefaultWait = TimeSpan.FromMinutes(10);

    private static readonly string[] Modes = ["now", "next-heartbeat"];

    public static HookCall Wake(JsonElement body)
    {
        var given = Object("hooks/wake", body, "text", "mode", "agentId", "sessionKey", "idempotencyKey");
        return new HookCall("wake", Words(given, "text"))
        {
            AgentId = given.OptionalText("agentId"),
            SessionKey = given.OptionalText("sessionKey"),
            Mode = Mode(given, "mode"),
            Key = given.OptionalText("idempotencyKey"),
        };
    }

    public static HookCall Agent(JsonElement body)
    {
        var given = Object(
            "hooks/agent", body, "message", "name", "agentId", "sessionKey", "wakeMode", "deliver", "channel", "to", "model", "thinking", "timeoutSeconds", "waitForCompletion", "idempotencyKey");
        Mode(given, "wakeMode");
        if (given.Flag("deliver", false) || given.Has("channel") || given.Has("to"))
        {
            throw given.Wrong("deliver, channel and to: the answer stays in the agent's conversation; leave them out, or deliver false. POST /messages and the agent's owner's notices go out by WhatsApp");
        }

        if (given.Has("thinking"))
        {
            throw given.Wrong("at /thinking: how an agent thinks belongs to its model; leave it out");
        }

        var waits = given.Flag("waitForCompletion", false);
        if (given.Has("timeoutSeconds") && !waits)
        {
            throw given.Wrong("at /timeoutSeconds: bounds waitForCompletion; without that a run takes its time");
        }

        return new HookCall("agent", Words(given, "message"))
        {
            AgentId = given.OptionalText("agentId"),
            SessionKey = given.OptionalText("sessionKey"),
            IsApart = true,
            Name = given.OptionalText("name"),
            Model = given.OptionalText("model"),
            Key = given.OptionalText("idempotencyKey"),
            WaitsFor = waits ? given.Limit("timeoutSeconds", DefaultWait, TimeSpan.FromSeconds(1)) : null,
        };
    }

    // Who sends by hand or from a template writes null for what it does not have.
    private static GatewayParams Object(string method, JsonElement body, params string[] known) => body.ValueKind is JsonValueKind.Object
        ? new GatewayParams(method, body, known, nullIsAbsent: true)
        : throw GatewayException.Invalid($"invalid {method} params: must be object");

    private static string Words(GatewayParams given, string name) =>
        given.Text(name, MessageRules.MaxContentLength) is { } text && !string.IsNullOrWhiteSpace(text) ? text : throw given.Wrong($"at /{name}: must say something");

    private static string Mode(GatewayParams given, string name) =>
        given.OptionalText(name) is not { } mode ? Modes[0] : Modes.Contains(mode) ? mode : throw given.Wrong($"at /{name}: must be {string.Join(" or ", Modes)}");
}
