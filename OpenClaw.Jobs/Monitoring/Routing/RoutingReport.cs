namespace OpenClaw.Jobs.Monitoring.Routing;

/// <summary>What came of one look; output of the step.</summary>
public sealed record RoutingReport(IReadOnlyList<RoutingResult> Runtimes);

/// <param name="Runtime">The provider.</param>
/// <param name="CameBack">Whether the message did.</param>
/// <param name="Milliseconds">How long that took.</param>
/// <param name="Detail">What came back, or why nothing did.</param>
public sealed record RoutingResult(string Runtime, bool CameBack, double Milliseconds, string Detail);
