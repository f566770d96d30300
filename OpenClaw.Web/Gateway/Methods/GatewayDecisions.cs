using OpenClaw.Jobs.Requests;

namespace OpenClaw.Web.Gateway.Methods;

internal static class GatewayDecisions
{
    /// <summary>What was accepted.</summary>
    /// <exception cref="GatewayException">It was refused.</exception>
    public static T OrThrow<T>(this Decision<T> decision) => decision.Match(value => value, refusal => throw GatewayException.Of(refusal));
}
