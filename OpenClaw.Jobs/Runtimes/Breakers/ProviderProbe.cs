using OpenClaw.Data.Monitoring;
using OpenClaw.Jobs.Monitoring;

namespace OpenClaw.Jobs.Runtimes.Breakers;

/// <summary>Tells which providers of models are left alone because they failed.</summary>
public sealed class ProviderProbe(ProviderBreakers breakers) : IHealthProbe
{
    public string Name => "providers";

    public async Task<HealthFinding> LookAsync(CancellationToken cancellationToken)
    {
        await breakers.RefreshAsync(cancellationToken);
        var resting = breakers.All.Where(standing => standing.IsOpen).ToList();
        return resting.Count == 0
            ? new HealthFinding(HealthStatus.Ok, "No provider of models is left alone.")
            : new HealthFinding(HealthStatus.Degraded, string.Join(" ", resting.Select(standing => $"{standing.Which}: left alone after {standing.Failures} outages in a row; one question at a time finds out when it is back. {standing.Reason}")));
    }
}
