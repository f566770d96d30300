using System.Text.Json;
using OpenClaw.Jobs.ForeignInput;

namespace OpenClaw.Jobs.Protocol;

/// <summary>What a gateway sends: an answer or an event, by its type.</summary>
/// <param name="Type">One of <see cref="FrameTypes"/>.</param>
/// <param name="Id">Of the request that is answered.</param>
/// <param name="Ok">Whether the request succeeded.</param>
/// <param name="Payload">Of both kinds; a failed run has one beside its error.</param>
/// <param name="Error">Why the request was refused.</param>
/// <param name="Event">The event's name.</param>
public sealed record IncomingFrame(string? Type, string? Id, bool Ok, JsonElement? Payload, GatewayError? Error, string? Event)
{
    // Of an error's words, which are told, logged and kept.
    private const int MaxMessage = 2_000;
    private const int MaxCode = 64;

    /// <summary>Reads a frame, whose bytes are mended in place: what it says can be kept, told and logged.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static IncomingFrame Read(Span<byte> bytes)
    {
        if (!System.Text.Unicode.Utf8.IsValid(bytes))
        {
            throw new JsonException("It is not UTF-8.");
        }

        ForeignJson.Mend(bytes);
        try
        {
            var frame = ProtocolJson.Read<IncomingFrame>(bytes);
            return frame.Error is { } error ? frame with { Error = Clean(error) } : frame;
        }
        catch (JsonException exception) when (AnswerTo(bytes) is { } id)
        {
            return new IncomingFrame(FrameTypes.Response, id, Ok: false, Payload: null, new GatewayError(ErrorCodes.Unavailable, $"the answer could not be read: {ForeignText.OneLine(exception.Message, MaxMessage)}"), Event: null);
        }
    }

    private static GatewayError Clean(GatewayError error) => error with
    {
        Code = ForeignText.OneLine(error.Code ?? ErrorCodes.Unavailable, MaxCode),
        Message = error.Message is { Length: > 0 } message ? ForeignText.Clean(message, MaxMessage) : "refused without a reason",
    };

    // Who waits for an answer that is of another shape is told so now, and does not wait until its time is over.
    private static string? AnswerTo(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var frame = JsonSerializer.Deserialize<JsonElement>(bytes);
            return frame.ValueKind is JsonValueKind.Object && Member(frame, "type") == FrameTypes.Response ? Member(frame, "id") : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Member(JsonElement frame, string name) => frame.TryGetProperty(name, out var value) ? ForeignJson.Text(value) : null;
}
