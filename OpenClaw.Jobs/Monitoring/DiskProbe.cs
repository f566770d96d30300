namespace OpenClaw.Jobs.Monitoring;

/// <summary>Room on the disk that holds our data directory, and with it the private cluster.</summary>
/// <param name="directory">The data directory.</param>
public sealed class DiskProbe(string directory) : IHealthProbe
{
    private const double Gibibyte = 1024 * 1024 * 1024;

    public string Name => "disk";

    public bool IsOfNode => true;

    public Task<HealthFinding> LookAsync(CancellationToken cancellationToken)
    {
        // The directory is made when something is first kept in it.
        var existing = new DirectoryInfo(directory);
        while (!existing.Exists && existing.Parent is { } parent)
        {
            existing = parent;
        }

        var free = new DriveInfo(existing.FullName).AvailableFreeSpace / Gibibyte;
        return Task.FromResult(HealthFinding.Of(free, 5, 1, "GiB", free switch
        {
            <= 1 => $"Only {free:0.0} GiB are free. PostgreSQL stops when there is none: make room now.",
            <= 5 => $"Only {free:0.0} GiB are free. Make room, or shorten retention.",
            _ => $"{free:0} GiB are free.",
        }));
    }
}
