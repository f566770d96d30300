using System.Text.Json;

namespace OpenClaw.Jobs.Runtimes.Upstream;

/// <summary>What a gateway's health says about its own WhatsApp.</summary>
internal static class WhatsAppSession
{
    /// <summary><c>linked</c> or <c>unlinked</c>; null when the gateway has no WhatsApp.</summary>
    public static string? Of(JsonElement? health) =>
        Member(Member(health, "channels"), "whatsapp") is { ValueKind: JsonValueKind.Object } whatsApp
            ? Member(whatsApp, "linked") is { ValueKind: JsonValueKind.True } ? "linked" : "unlinked"
            : null;

    private static JsonElement? Member(JsonElement? element, string name) =>
        element is { ValueKind: JsonValueKind.Object } parent && parent.TryGetProperty(name, out var member) ? member : null;
}
