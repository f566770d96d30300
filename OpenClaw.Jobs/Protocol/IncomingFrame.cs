using System.Text.Json;

namespace OpenClaw.Jobs.Protocol;

/// <summary>What a gateway sends: an answer or an event, by its type.</summary>
/// <param name="Type">One of <see cref="FrameTypes"/>.</param>
/// <param name="Id">Of the request that is answered.</param>
/// <param name="Ok">Whether the request succeeded.</param>
/// <param name="Payload">Of both kinds; a failed run has one beside its error.</param>
/// <param name="Error">Why the request was refused.</param>
/// <param name="Event">The event's name.</param>
public sealed record IncomingFrame(string? Type, string? Id, bool Ok, JsonElement? Payload, GatewayError? Error, string? Event);
