using Hangfire;
using OpenClaw.Jobs.Workflows;
using OpenClaw.Jobs.Workflows.Execution;

namespace OpenClaw.Web.Health;

/// <summary>Whether job servers are alive, this process's own among them.</summary>
internal sealed class EngineProbe(JobStorage storage, ExecutorIdentity executor, TimeProvider time)
{
    // Servers beat every ten seconds.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(35);

    public async Task<EngineHealth> LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            // Hangfire's monitoring is synchronous.
            var servers = await Task.Run(() => storage.GetMonitoringApi().Servers(), cancellationToken);
            var now = time.GetUtcNow().UtcDateTime;
            var alive = servers.Where(server => server.Heartbeat is { } beat && now - beat < Silence).ToList();
            return alive.Any(server => ExecutorIdentity.Owns(executor.Id, server.Name))
                ? new EngineHealth(CheckStatus.Ok, alive.Count, Error: null)
                : new EngineHealth(CheckStatus.Failed, alive.Count, "This process's job server has not reported yet, or has gone silent.");
        }
        catch (Exception exception) when (DatabaseOutage.Caused(exception))
        {
            return new EngineHealth(CheckStatus.Failed, Servers: 0, exception.GetBaseException().Message);
        }
    }
}
