using System.Text;
using System.Text.Json;

namespace OpenClaw.Jobs.Decisions;

/// <summary>What a caller's own JSON may be, so that PostgreSQL can keep it.</summary>
internal static class JsonRules
{
    private const int MaxBytes = 65_536;

    public static string ObjectRule(string field) => $"{field} must be a JSON object of up to {MaxBytes / 1024} KiB of valid Unicode, without NUL characters.";

    // jsonb refuses NUL and lone surrogates, which JSON itself may spell with escapes.
    public static bool IsStorableObject(JsonElement json)
    {
        if (json.ValueKind is not JsonValueKind.Object || Encoding.UTF8.GetByteCount(json.GetRawText()) > MaxBytes)
        {
            return false;
        }

        try
        {
            return !JsonSerializer.Serialize(json).Contains("\\u0000", StringComparison.Ordinal);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
