namespace OpenClaw.Jobs.Monitoring.Routing;

/// <param name="Owner">Who sees the checks among the workflows.</param>
/// <param name="AsksPaid">Whether runtimes are asked for which each question costs money.</param>
public sealed record RoutingSettings(string Owner, bool AsksPaid);
