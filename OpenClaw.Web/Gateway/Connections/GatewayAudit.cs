using OpenClaw.Data.Security;
using OpenClaw.Jobs.ForeignInput;
using OpenClaw.Jobs.Protocol;
using OpenClaw.Jobs.Requests;

namespace OpenClaw.Web.Gateway.Connections;

/// <summary>What of the gateway stands in the audit log beside what the services behind it write there themselves.</summary>
internal static class GatewayAudit
{
    // Each with what it is about, and the member that names it.
    private static readonly Dictionary<string, (string Kind, string Member)> Audited = new()
    {
        ["messages.resend"] = ("message", "id"),
        ["runtime.release"] = ("agent", "agentId"),
        ["runtime.serve"] = ("agent", "agentId"),
        ["sessions.compact"] = ("conversation", "key"),
        ["sessions.delete"] = ("conversation", "key"),
        ["sessions.patch"] = ("conversation", "key"),
        ["sessions.reset"] = ("conversation", "key"),
    };

    /// <summary>Null for what is not audited here.</summary>
    public static AuditEntry? EntryOf(RequestFrame request, Caller caller) => Audited.TryGetValue(request.Method, out var about)
        ? new AuditEntry { Actor = caller.Actor, Action = request.Method, Subject = $"{about.Kind}:{NameOf(request, about.Member)}" }
        : null;

    private static string NameOf(RequestFrame request, string member) =>
        request.Params.ValueKind is System.Text.Json.JsonValueKind.Object && request.Params.TryGetProperty(member, out var value) && ForeignJson.Text(value) is { } name ? ForeignText.Clean(name, 255) : "";
}
