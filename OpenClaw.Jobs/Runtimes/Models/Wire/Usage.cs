using System.Text.Json;

namespace OpenClaw.Jobs.Runtimes.Models.Wire;

/// <summary>Numbers of tokens, as servers write them.</summary>
internal static class Usage
{
    /// <summary>What a turn took; null when the document does not say.</summary>
    public static TurnUsage? Of(JsonElement usage, string input, string output) =>
        Number(usage, input) is { } read && Number(usage, output) is { } written ? new TurnUsage(read, written) : null;

    /// <summary>Null for what cannot be a number of tokens.</summary>
    public static long? Number(JsonElement usage, string name) =>
        usage.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Number && value.TryGetDouble(out var number) && number is >= 0 and <= int.MaxValue ? (long)number : null;
}
