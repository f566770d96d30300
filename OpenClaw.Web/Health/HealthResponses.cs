namespace OpenClaw.Web.Health;

public enum CheckStatus
{
    Ok,
    Failed,
}

/// <param name="Status">ok, or failed when one of the checks has failed.</param>
/// <param name="Version">Version of the service.</param>
/// <param name="Engine">The job engine it runs on.</param>
/// <param name="ExecutorId">This process in the ledger and in the list of job servers.</param>
/// <param name="UptimeSeconds">How long this process has run.</param>
/// <param name="Checks">What the service depends on.</param>
public sealed record HealthResponse(CheckStatus Status, string Version, string Engine, string ExecutorId, double UptimeSeconds, HealthChecks Checks);

/// <param name="Database">Whether the database answers.</param>
/// <param name="Engine">Whether this process's job server is alive.</param>
public sealed record HealthChecks(DatabaseHealth Database, EngineHealth Engine);

public sealed record DatabaseHealth(CheckStatus Status, double LatencyMs, string? Error);

/// <param name="Status">Failed when this process's own server is not among the servers.</param>
/// <param name="Servers">Job servers that are alive, on all nodes.</param>
/// <param name="Error">Why it is not known.</param>
public sealed record EngineHealth(CheckStatus Status, int Servers, string? Error);

/// <param name="Status">ready or not_ready.</param>
/// <param name="Reason">Why it is not.</param>
public sealed record ReadinessResponse(string Status, string? Reason);

public sealed record LivenessResponse(string Status);
