using OpenClaw.Data.Monitoring;

namespace OpenClaw.Jobs.Monitoring;

/// <summary>Room on the disk that holds our data directory, and with it the private cluster.</summary>
/// <param name="directory">The data directory.</param>
public sealed class DiskProbe(string directory) : IHealthProbe
{
    private const double Gibibyte = 1024 * 1024 * 1024;

    public string Name => "disk";

    public Task<HealthFinding> LookAsync(CancellationToken cancellationToken)
    {
        // The directory is made when something is first kept in it.
        var existing = new DirectoryInfo(directory);
        while (!existing.Exists && existing.Parent is { } parent)
        {
            existing = parent;
        }

        var free = new DriveInfo(existing.FullName).AvailableFreeSpace / Gibibyte;
        return Task.FromResult(free switch
        {
            < 1 => new HealthFinding(HealthStatus.Failed, $"Only {free:0.0} GiB are free. PostgreSQL stops when there is none: make room now."),
            < 5 => new HealthFinding(HealthStatus.Degraded, $"Only {free:0.0} GiB are free. Make room, or shorten retention."),
            _ => new HealthFinding(HealthStatus.Ok, $"{free:0} GiB are free."),
        });
    }
}
