using System.Text.Json;

namespace OpenClaw.Jobs.Protocol;

/// <summary>What a client asks for.</summary>
/// <param name="Id">Comes back with every answer.</param>
/// <param name="Method">One of the methods that hello-ok lists.</param>
/// <param name="Params">A JSON object, or absent.</param>
public sealed record RequestFrame(string Id, string Method, JsonElement Params)
{
    public string Type { get; } = FrameTypes.Request;
}

/// <summary>An answer to a request; <c>agent</c> has two.</summary>
public sealed record ResponseFrame(string Id, bool Ok, JsonElement? Payload, GatewayError? Error)
{
    public string Type { get; } = FrameTypes.Response;
}

/// <summary>What happens, told without being asked.</summary>
/// <param name="Event">Its name.</param>
/// <param name="Payload">Its content.</param>
/// <param name="Seq">Counts the events of this connection from 1; the challenge has none.</param>
/// <param name="StateVersion">With <c>presence</c> and <c>health</c>.</param>
public sealed record EventFrame(string Event, JsonElement? Payload, long? Seq = null, StateVersion? StateVersion = null)
{
    public string Type { get; } = FrameTypes.Event;
}

/// <summary>Lets a client tell an old snapshot from a newer one.</summary>
public sealed record StateVersion(int Presence, int Health);

/// <summary>Why a request was refused. Programs branch on the codes, never on the text.</summary>
public sealed record GatewayError(string Code, string Message, JsonElement? Details = null, bool? Retryable = null, int? RetryAfterMs = null);

/// <summary>The three kinds of frames.</summary>
public static class FrameTypes
{
    public const string Request = "req";
    public const string Response = "res";
    public const string Event = "event";
}

/// <summary>Top-level codes of <see cref="GatewayError"/>.</summary>
public static class ErrorCodes
{
    public const string InvalidRequest = "INVALID_REQUEST";
    public const string NotPaired = "NOT_PAIRED";
    public const string Forbidden = "FORBIDDEN";
    public const string Unavailable = "UNAVAILABLE";
}
