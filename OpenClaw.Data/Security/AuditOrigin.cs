using System.Diagnostics;
using System.Text.Json;

namespace OpenClaw.Data.Security;

/// <summary>Where the request under way comes from. It is ambient, so that no entry of the audit log can be made without it.</summary>
/// <param name="Address">The client's, past trusted proxies; null when nobody knows.</param>
/// <param name="Credential">What it has shown: <c>token</c>, <c>key:ID</c>, <c>session:PREFIX</c> or <c>device:PREFIX</c>.</param>
public sealed record AuditOrigin(string? Address, string? Credential)
{
    private static readonly AsyncLocal<AuditOrigin?> Ambient = new();

    /// <summary>Null for what the service does by itself.</summary>
    public static AuditOrigin? Current
    {
        get => Ambient.Value;
        set => Ambient.Value = value;
    }

    /// <summary>The trace that the request belongs to; null without one.</summary>
    public static string? TraceId => Activity.Current?.TraceId.ToString();

    /// <summary>For entries that a statement writes: <c>address</c>, <c>credential</c> and <c>trace_id</c>.</summary>
    public static string ToJson() => JsonSerializer.Serialize(new Dictionary<string, string?> { ["address"] = Current?.Address, ["credential"] = Current?.Credential, ["trace_id"] = TraceId });
}
