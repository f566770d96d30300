using System.Diagnostics;
using Hangfire;
using Npgsql;
using OpenClaw.Data.Monitoring;
using OpenClaw.Jobs.Engine.Execution;
using OpenClaw.Jobs.Monitoring;
using OpenClaw.Jobs.Outages;

namespace OpenClaw.Web.Health;

/// <summary>Whether job servers are alive, this process's own among them.</summary>
internal sealed class EngineProbe(JobStorage storage, NpgsqlDataSource dataSource, ExecutorIdentity executor) : IHealthProbe
{
    // Servers beat every ten seconds.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(35);

    private readonly long _started = Stopwatch.GetTimestamp();

    public string Name => "engine";

    public bool IsOfNode => true;

    async Task<HealthFinding> IHealthProbe.LookAsync(CancellationToken cancellationToken) => await LookAsync(cancellationToken) switch
    {
        { Error: null } => new HealthFinding(HealthStatus.Ok, "This process's job server is alive."),
        { Error: { } error } when Stopwatch.GetElapsedTime(_started) > Silence => new HealthFinding(HealthStatus.Failed, error),
        _ => new HealthFinding(HealthStatus.Ok, "This process's job server is starting."),
    };

    public async Task<EngineHealth> LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            // Hangfire's monitoring is synchronous.
            var servers = await Task.Run(() => storage.GetMonitoringApi().Servers(), cancellationToken);
            var now = await NowAsync(cancellationToken);
            var alive = servers.Where(server => server.Heartbeat is { } beat && now - beat < Silence).ToList();
            return alive.Exists(server => ExecutorIdentity.Owns(executor.Id, server.Name))
                ? new EngineHealth(CheckStatus.Ok, alive.Count, Error: null)
                : new EngineHealth(CheckStatus.Failed, alive.Count, "The job server of this process has not reported yet, or has gone silent.");
        }
        catch (Exception exception) when (DatabaseOutage.Caused(exception))
        {
            return new EngineHealth(CheckStatus.Failed, Servers: 0, exception.GetBaseException().Message);
        }
    }

    // Servers beat by the database's clock, which this node's may differ from.
    private async Task<DateTime> NowAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("SELECT now()");
        return (DateTime)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
