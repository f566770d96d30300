using OpenClaw.Data.Monitoring;

namespace OpenClaw.Web.Health;

/// <summary>In the order of badness.</summary>
public enum CheckStatus
{
    Ok,

    /// <summary>It works, and somebody should look.</summary>
    Degraded,

    Failed,
}

/// <param name="Status">That of the worst check. The answer's code is 503 only if the database or a job server of this process has failed.</param>
/// <param name="Version">Version of the service.</param>
/// <param name="Engine">The job engine it runs on.</param>
/// <param name="ExecutorId">This process in the ledger and in the list of job servers.</param>
/// <param name="UptimeSeconds">How long this process has run.</param>
/// <param name="Checks">What the service cannot do without, looked at now.</param>
/// <param name="Monitored">What is looked at every HEALTH_CHECK_INTERVAL, by name; what is of another node has @ and its name behind.</param>
/// <param name="Transitions">The last changes of these, newest first.</param>
public sealed record HealthResponse(
    CheckStatus Status, string Version, string Engine, string ExecutorId, double UptimeSeconds, HealthChecks Checks,
    IReadOnlyDictionary<string, StoredCheckResponse> Monitored, IReadOnlyList<TransitionResponse> Transitions);

/// <param name="Status">ok, degraded or failed.</param>
/// <param name="Detail">What was seen, and what to do if it is not well.</param>
/// <param name="Since">When it got this status.</param>
/// <param name="CheckedAt">When it was looked at last; after three intervals without a look it has failed.</param>
/// <param name="Measured">The figure that it is judged by, where there is one.</param>
public sealed record StoredCheckResponse(HealthStatus Status, string Detail, DateTimeOffset Since, DateTimeOffset CheckedAt, MeasuredResponse? Measured)
{
    internal static string Key(HealthCheck check, string ownNode) => check.Node == "" || check.Node == ownNode ? check.Name : $"{check.Name}@{check.Node}";

    internal static StoredCheckResponse From(HealthCheck check) => new(
        check.Status, check.Detail, check.Since, check.CheckedAt,
        check.Value is { } value ? new MeasuredResponse(value, check.DegradedFrom ?? 0, check.FailedFrom ?? 0, check.Unit ?? "") : null);
}

/// <summary>A figure and from where on it is degraded or failed; less is worse where failed_from is the lower one.</summary>
public sealed record MeasuredResponse(double Value, double DegradedFrom, double FailedFrom, string Unit);

/// <summary>All that a stranger is told.</summary>
/// <param name="Status">That of the worst check.</param>
public sealed record HealthStatusResponse(CheckStatus Status);

/// <summary>A check's change from one status to another; the first has no from_status.</summary>
public sealed record TransitionResponse(string Name, HealthStatus? FromStatus, HealthStatus ToStatus, string Detail, DateTimeOffset At)
{
    internal static TransitionResponse From(HealthTransition transition) =>
        new(transition.Name, transition.FromStatus, transition.ToStatus, transition.Detail, transition.At);
}

/// <param name="Database">Whether the database answers.</param>
/// <param name="Engine">Whether this process's job server is alive.</param>
public sealed record HealthChecks(DatabaseHealth Database, EngineHealth Engine);

public sealed record DatabaseHealth(CheckStatus Status, double LatencyMs, string? Error);

/// <param name="Status">Failed when this process's own server is not among them.</param>
/// <param name="Servers">Job servers that are alive, on all nodes: one a process.</param>
/// <param name="Error">Why it is not known.</param>
public sealed record EngineHealth(CheckStatus Status, int Servers, string? Error);

/// <param name="Status">ready or not_ready.</param>
/// <param name="Reason">Why it is not.</param>
public sealed record ReadinessResponse(string Status, string? Reason);

public sealed record LivenessResponse(string Status);
