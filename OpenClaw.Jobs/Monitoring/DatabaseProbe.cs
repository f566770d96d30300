using System.Diagnostics;
using Npgsql;

namespace OpenClaw.Jobs.Monitoring;

/// <summary>How long the database takes to answer, a connection of the pool included.</summary>
public sealed class DatabaseProbe(NpgsqlDataSource dataSource) : IHealthProbe
{
    internal const string Check = "database";

    public string Name => Check;

    public bool IsOfNode => true;

    public async Task<HealthFinding> LookAsync(CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        await using var command = dataSource.CreateCommand("SELECT 1");
        await command.ExecuteScalarAsync(cancellationToken);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return HealthFinding.Of(seconds, 0.5, 5, "s", $"The database answers within {seconds * 1000:0} ms.");
    }
}
