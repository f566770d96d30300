namespace OpenClaw.Web.Gateway.Nodes;

/// <summary>What a node host is to do.</summary>
/// <param name="NodeId">The node host.</param>
/// <param name="Command">One that was approved.</param>
/// <param name="Parameters">JSON; null for none.</param>
/// <param name="Patience">So long its answer is waited for.</param>
/// <param name="IdempotencyKey">The caller's.</param>
internal sealed record NodeAsk(string NodeId, string Command, string? Parameters, TimeSpan Patience, string IdempotencyKey);
