using OpenClaw.Jobs.Monitoring;

namespace OpenClaw.Web.Gateway.Connections;

/// <summary>Whether this node's gateway keeps its clients up to date.</summary>
internal sealed class GatewayProbe(GatewayHub hub) : IHealthProbe
{
    public string Name => "gateway";

    public bool IsOfNode => true;

    public Task<HealthFinding> LookAsync(CancellationToken cancellationToken)
    {
        var silent = hub.SinceLastRound.TotalSeconds;
        return Task.FromResult(HealthFinding.Of(silent, 5, 30, "s", $"{hub.Connections.Count()} clients are connected; they were told what is new {silent:0} s ago."));
    }
}
