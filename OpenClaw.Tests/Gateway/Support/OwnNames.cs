namespace OpenClaw.Tests.Gateway.Support;

/// <summary>What our gateway announces and the official protocol does not have; docs/gateway.md tells what it is for.</summary>
internal static class OwnNames
{
    public static readonly IReadOnlyList<string> Methods =
    [
        "agents.checkpoints", "agents.heartbeat", "agents.pause", "agents.resume", "agents.stop",
        "commands.log", "commands.run",
        "messages.ack", "messages.list", "messages.resend", "messages.send",
        "runtime.progress", "runtime.release", "runtime.reply", "runtime.serve",
        "workflows.cancel", "workflows.fork", "workflows.get", "workflows.list", "workflows.recover", "workflows.resume",
    ];

    /// <summary>Methods that the recorded release does not have (any more), for clients that call them all the same.</summary>
    public static readonly IReadOnlyList<string> Former = ["agent.send", "sessions.unsubscribe"];

    public static readonly IReadOnlyList<string> Events = ["message", "runtime.cancel", "runtime.turn"];
}
