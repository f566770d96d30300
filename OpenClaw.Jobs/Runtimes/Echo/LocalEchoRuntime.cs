using System.Text.Json;
using OpenClaw.Jobs.Heartbeats;

namespace OpenClaw.Jobs.Runtimes.Echo;

/// <summary>
/// <c>local/echo</c>: embedded and offline, for a first run and for tests. It thinks nothing and says so. It can pretend
/// to be slow: <c>configuration.connect_delay_ms</c> and <c>configuration.turn_delay_ms</c>, each up to one minute.
/// </summary>
public sealed class LocalEchoRuntime(TimeProvider time) : IAgentRuntime
{
    /// <summary>What an agent runs on when nobody says.</summary>
    public const string Model = "local/echo";

    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(1);

    public string Provider => "local";

    public IReadOnlyList<string> Models => [Model];

    /// <summary>There is no model that any of it could change; pictures alone would be lost in what is repeated.</summary>
    public TurnExtras Takes => TurnExtras.Conversation | TurnExtras.Limits | TurnExtras.Sampling;

    public bool CanStandIn => true;

    public string? WhyUnavailable(string model) =>
        model == Model ? null : $"The runtime 'local' has one model, '{Model}'; '{model}' is not it. Change the agent's model.";

    public async Task<string> ConnectAsync(RuntimeAgent agent, string idempotencyKey, CancellationToken cancellationToken)
    {
        await DelayAsync(agent, "connect_delay_ms", TurnLimits.Default, cancellationToken);
        return $"echo-{agent.Id:N}";
    }

    public async Task<TurnReply> RunTurnAsync(RuntimeAgent agent, Turn turn, CancellationToken cancellationToken)
    {
        await DelayAsync(agent, "turn_delay_ms", turn.Limits, cancellationToken);
        return new TurnReply(turn.Kind is TurnKind.Heartbeat ? HeartbeatReply.AllWell : $"echo (no model behind this): {turn.Message}");
    }

    public Task DisconnectAsync(RuntimeAgent agent, string idempotencyKey, CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task DelayAsync(RuntimeAgent agent, string setting, TurnLimits limits, CancellationToken cancellationToken)
    {
        if (agent.Configuration.ValueKind is JsonValueKind.Object
            && agent.Configuration.TryGetProperty(setting, out var value)
            && value.ValueKind is JsonValueKind.Number && value.TryGetDouble(out var milliseconds) && milliseconds > 0)
        {
            var delay = TimeSpan.FromMilliseconds(Math.Min(milliseconds, LongestDelay.TotalMilliseconds));
            await TurnClock.RunAsync(
                limits, time,
                async within =>
                {
                    await Task.Delay(delay, time, within);
                    return true;
                },
                cancellationToken);
        }
    }
}
