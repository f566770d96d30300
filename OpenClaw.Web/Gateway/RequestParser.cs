using System.Text.Json;
using OpenClaw.Jobs.Protocol;

namespace OpenClaw.Web.Gateway;

/// <summary>Tells requests from what is none.</summary>
internal static class RequestParser
{
    private const string InvalidFrame = "invalid request frame";

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

    public static ResponseFrame Error(string id, string message) =>
        new(id, false, null, new GatewayError(ErrorCodes.InvalidRequest, message));

    private static (RequestFrame?, ResponseFrame?) Read(JsonElement frame)
    {
        if (frame.ValueKind is not JsonValueKind.Object || !frame.TryGetProperty("id", out var id))
            return default;
        if (id.ValueKind is not JsonValueKind.String)
            return id.ValueKind is JsonValueKind.Number ? (null, Error(id.GetRawText(), $"{InvalidFrame}: at /id: must be string")) : default;

        var key = id.GetString()!;
        if (Problem(frame, key) is { } problem)
            return (null, Error(key, $"{InvalidFrame}: {problem}"));

        var given = frame.TryGetProperty("params", out var found) ? found.Clone() : default;
        return (new RequestFrame(key, frame.GetProperty("method").GetString()!, given), null);
    }

    private static string? Problem(JsonElement frame, string id)
    {
        if (id.Length == 0)
            return "at /id: must NOT have fewer than 1 characters";
        if (!frame.TryGetProperty("type", out var type) || type.ValueKind is not JsonValueKind.String || type.GetString() != FrameTypes.Request)
            return "at /type: must be equal to constant";
        if (!frame.TryGetProperty("method", out var method))
            return "must have required property 'method'";
        if (method.ValueKind is not JsonValueKind.String || method.GetString()!.Length == 0)
            return "at /method: must be string";

        return frame.EnumerateObject().Select(property => property.Name).FirstOrDefault(name => !Fields.Contains(name)) is { } unknown
            ? $"at root: unexpected property '{unknown}'"
            : null;
    }
}
