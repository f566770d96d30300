using OpenClaw.Jobs.Engine.Execution;
using OpenClaw.Jobs.Monitoring;

namespace OpenClaw.Web.Health;

/// <summary>How the service and what it depends on are, looked at once a second at most, however many ask.</summary>
internal sealed class HealthReports
{
    private const int ShownTransitions = 20;

    private readonly EngineProbe _engine;
    private readonly HealthLedger _ledger;
    private readonly ExecutorIdentity _executor;
    private readonly Uptime _uptime;
    private readonly ShortMemory<DatabaseHealth> _database;
    private readonly ShortMemory<HealthResponse> _all;

    public HealthReports(DatabaseLook database, EngineProbe engine, HealthLedger ledger, ExecutorIdentity executor, Uptime uptime, TimeProvider time)
    {
        (_engine, _ledger, _executor, _uptime) = (engine, ledger, executor, uptime);
        _database = new ShortMemory<DatabaseHealth>(database.LookAsync, time);
        _all = new ShortMemory<HealthResponse>(LookAsync, time);
    }

    public Task<DatabaseHealth> DatabaseAsync(CancellationToken cancellationToken) => _database.ReadAsync(cancellationToken);

    public Task<HealthResponse> AllAsync(CancellationToken cancellationToken) => _all.ReadAsync(cancellationToken);

    private async Task<HealthResponse> LookAsync(CancellationToken cancellationToken)
    {
        var database = await DatabaseAsync(cancellationToken);
        var engine = database.Status is CheckStatus.Ok
            ? await _engine.LookAsync(cancellationToken)
            : new EngineHealth(CheckStatus.Failed, Servers: 0, database.Error);
        var (checks, transitions) = database.Status is CheckStatus.Ok
            ? (await _ledger.ReadAsync(cancellationToken), await _ledger.TransitionsAsync(ShownTransitions, cancellationToken))
            : ([], []);
        var worst = checks.Select(check => (CheckStatus)check.Status).Append(engine.Status).Append(database.Status).Max();
        return new HealthResponse(
            worst, ServiceVersion.Service, ServiceVersion.Engine, _executor.Id, _uptime.Seconds, new HealthChecks(database, engine),
            checks.ToDictionary(check => StoredCheckResponse.Key(check, _executor.Node), StoredCheckResponse.From), [.. transitions.Select(TransitionResponse.From)]);
    }
}
