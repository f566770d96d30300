using System.Text.Json;
using OpenClaw.Jobs.Protocol;
using OpenClaw.Web.Gateway.Methods;

namespace OpenClaw.Web.Gateway.Nodes;

/// <summary>Why a node host did not do what it was asked, in the real gateway's words and codes.</summary>
internal static class NodeRefusals
{
    public static GatewayException NotConnected() => Unavailable("node not connected", "NOT_CONNECTED");

    /// <summary>It was not even asked.</summary>
    public static GatewayException Unavailable(string message, string code) =>
        new(new GatewayError(ErrorCodes.Unavailable, message, Details(code, code, message, dispatched: false)));

    /// <summary>It was asked, and says no.</summary>
    public static GatewayException Of(NodeAnswer answer) => new(new GatewayError(
        ErrorCodes.Unavailable,
        answer.ErrorCode is { Length: > 0 } code ? $"{code}: {answer.ErrorMessage}" : answer.ErrorMessage ?? "node invoke failed",
        Details("NODE_INVOKE_FAILED", answer.ErrorCode, answer.ErrorMessage, dispatched: true)));

    private static JsonElement Details(string code, string? errorCode, string? message, bool dispatched) => GatewayException.Details(
        code, ("nodeError", new { code = errorCode ?? "", message = message ?? "node invoke failed" }), ("nodeCommandDispatched", dispatched));
}
