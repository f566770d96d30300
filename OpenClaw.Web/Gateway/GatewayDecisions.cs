using OpenClaw.Jobs.Decisions;

namespace OpenClaw.Web.Gateway;

internal static class GatewayDecisions
{
    /// <summary>What was accepted.</summary>
    /// <exception cref="GatewayException">It was refused.</exception>
    public static T OrThrow<T>(this Decision<T> decision) => decision switch
    {
        Decision<T>.Accepted { Value: var value } => value,
        Decision<T>.Refused { Refusal: var refusal } => throw GatewayException.Of(refusal),
        _ => throw new InvalidOperationException("A decision is accepted or refused."),
    };
}
