using System.Text.Json;
using OpenClaw.Jobs.Protocol;
using OpenClaw.Jobs.Requests;

namespace OpenClaw.Web.Gateway.Methods;

/// <summary>A request that is refused, with what the client is told.</summary>
internal sealed class GatewayException(GatewayError error, JsonElement? payload = null) : Exception(error.Message)
{
    public GatewayError Error { get; } = error;

    /// <summary>Goes along with the error where the protocol wants both.</summary>
    public JsonElement? Payload { get; } = payload;

    /// <summary>What a connection that it ends is closed with; null for the message.</summary>
    public string? CloseReason { get; init; }

    /// <summary>It may be granted later.</summary>
    public bool IsUnavailable => Error.Code == ErrorCodes.Unavailable;

    public bool IsUnknownAgent => Has("UNKNOWN_AGENT_ID");

    /// <summary>The request's key was used for another one.</summary>
    public bool IsReused => Has(new Refusal.IdReused("").Code);

    public static GatewayException Invalid(string message, string? code = null) =>
        new(new GatewayError(ErrorCodes.InvalidRequest, message, code is null ? null : Details(code)));

    public static GatewayException Unavailable(string message, string? code = null) =>
        new(new GatewayError(ErrorCodes.Unavailable, message, code is null ? null : Details(code)));

    /// <summary>What one of our own decisions said no to.</summary>
    public static GatewayException Of(Refusal refusal) => refusal is Refusal.Conflict
        ? Unavailable(refusal.Detail, refusal.Code)
        : Invalid(refusal.Detail, refusal.Code);

    private bool Has(string code) => Error.Details is { ValueKind: JsonValueKind.Object } details && details.TryGetProperty("code", out var given) && given.ValueEquals(code);

    /// <param name="code">Tells a program what is wrong.</param>
    /// <param name="more">What else it may want to know.</param>
    public static JsonElement Details(string code, params (string Name, object Value)[] more) => ProtocolJson.Element(
        more.Prepend((Name: "code", Value: code)).ToDictionary(field => field.Name, field => JsonSerializer.SerializeToElement(field.Value)));
}
