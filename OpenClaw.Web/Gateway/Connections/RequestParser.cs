using System.Text.Json;
using OpenClaw.Jobs.ForeignInput;
using OpenClaw.Jobs.Protocol;
using OpenClaw.Web.Gateway.Methods;

namespace OpenClaw.Web.Gateway.Connections;

/// <summary>Tells requests from what is none.</summary>
internal static class RequestParser
{
    public const string InvalidFrame = "invalid request frame";

    // Comes back with each answer, and with the connection in front it is the key of a request that has none.
    private const int MaxId = 200;
    private const int MaxMethod = 255;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = ProtocolJson.MaxDepth };
    private static readonly string[] Fields = ["type", "id", "method", "params", "traceparent", "expectedProfileId"];

    /// <summary>The request, or the answer to a malformed one; neither when it is no JSON object or has no readable id.</summary>
    public static (RequestFrame? Request, ResponseFrame? Malformed) Parse(ReadOnlyMemory<byte> frame)
    {
        try
        {
            using var document = JsonDocument.Parse(frame, Options);
            return Read(document.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return default;
        }
    }

    /// <summary>It is JSON, whatever it says: who sends that means something, and is told that it was not understood.</summary>
    public static bool IsJson(ReadOnlyMemory<byte> frame)
    {
        try
        {
            using var document = JsonDocument.Parse(frame, Options);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    public static ResponseFrame Error(string id, string message) =>
        new(id, false, null, new GatewayError(ErrorCodes.InvalidRequest, message));

    private static (RequestFrame?, ResponseFrame?) Read(JsonElement frame)
    {
        if (frame.ValueKind is not JsonValueKind.Object || !frame.TryGetProperty("id", out var id))
        {
            return default;
        }

        if (id.ValueKind is not JsonValueKind.String)
        {
            return id.ValueKind is JsonValueKind.Number ? (null, Error(ForeignText.Clean(id.GetRawText(), MaxId), $"{InvalidFrame}: at /id: must be string")) : default;
        }

        var key = ForeignJson.Text(id)!;
        if (Problem(frame, id, key) is { } problem)
        {
            return (null, Error(ForeignText.Clean(key, MaxId), $"{InvalidFrame}: {problem}"));
        }

        var given = frame.TryGetProperty("params", out var found) ? found.Clone() : default;
        return (new RequestFrame(key, frame.GetProperty("method").GetString()!, given), null);
    }

    private static string? Problem(JsonElement frame, JsonElement given, string id)
    {
        if (id.Length == 0)
        {
            return "at /id: must NOT have fewer than 1 characters";
        }

        if (id.Length > MaxId)
        {
            return $"at /id: must NOT have more than {MaxId} characters";
        }

        if (!ForeignJson.TryText(given, out _) || !ForeignText.IsLine(id))
        {
            return "at /id: must be valid Unicode without control characters";
        }

        if (!frame.TryGetProperty("type", out var type) || ForeignJson.Text(type) != FrameTypes.Request)
        {
            return "at /type: must be equal to constant";
        }

        if (!frame.TryGetProperty("method", out var method))
        {
            return "must have required property 'method'";
        }

        if (method.ValueKind is not JsonValueKind.String || ForeignJson.Text(method) is not { Length: > 0 } name)
        {
            return "at /method: must be string";
        }

        if (name.Length > MaxMethod || !ForeignJson.TryText(method, out _) || !ForeignText.IsLine(name))
        {
            return $"at /method: must have up to {MaxMethod} characters of valid Unicode without control characters";
        }

        return frame.EnumerateObject().Select(GatewayParams.NameOf).FirstOrDefault(field => !Fields.Contains(field)) is { } unknown
            ? $"at root: unexpected property '{ForeignText.Quote(unknown)}'"
            : null;
    }
}
