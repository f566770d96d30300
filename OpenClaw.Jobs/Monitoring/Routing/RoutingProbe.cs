using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Monitoring;
using OpenClaw.Jobs.Engine;

namespace OpenClaw.Jobs.Monitoring.Routing;

/// <summary>Tells what the last look at the runtimes found, whichever node it was.</summary>
public sealed class RoutingProbe(CheckedRuntimes runtimes, IDbContextFactory<OpenClawDbContext> contexts, TimeProvider time) : IHealthProbe
{
    private static readonly TimeSpan Stale = 3 * TimeSpan.FromMinutes(5);

    public string Name => "routing";

    public bool IsOfNode => false;

    public async Task<HealthFinding> LookAsync(CancellationToken cancellationToken)
    {
        // What was asked by an earlier configuration, or of processes that are gone, says nothing of now.
        if (await runtimes.AskableSinceAsync(cancellationToken) is not { } since)
        {
            return new HealthFinding(HealthStatus.Ok, "No runtime that could be asked is connected.");
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var last = await db.Workflows.AsNoTracking()
            .Where(workflow => workflow.Name == RoutingWorkflow.Name && workflow.Output != null)
            .OrderByDescending(workflow => workflow.WorkflowUuid)
            .Select(workflow => new { workflow.Output, workflow.CompletedAt })
            .FirstOrDefaultAsync(cancellationToken);
        if (last is null || last.CompletedAt < since && time.GetUtcNow() - since < Stale)
        {
            return new HealthFinding(HealthStatus.Ok, "The runtimes have not been asked yet.");
        }

        return time.GetUtcNow() - last.CompletedAt > Stale
            ? new HealthFinding(HealthStatus.Degraded, $"The runtimes were last asked at {last.CompletedAt:u}. Look whether routing-check runs (/hangfire/recurring).")
            : Judge(WorkflowJson.Read<RoutingReport>(last.Output!));
    }

    private static HealthFinding Judge(RoutingReport report)
    {
        var silent = report.Runtimes.Where(runtime => !runtime.CameBack).Select(runtime => $"{runtime.Runtime}: {runtime.Detail}").ToList();
        return silent.Count > 0 ? new HealthFinding(HealthStatus.Failed, string.Join(' ', silent))
            : report.Runtimes.Count == 0 ? new HealthFinding(HealthStatus.Ok, "No runtime beyond this process is connected.")
            : new HealthFinding(HealthStatus.Ok, $"A message comes back from {string.Join(", ", report.Runtimes.Select(runtime => $"{runtime.Runtime} within {runtime.Milliseconds} ms"))}.");
    }
}
