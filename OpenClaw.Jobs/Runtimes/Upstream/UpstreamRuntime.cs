using System.Text.Json;
using Microsoft.Extensions.Hosting;
using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Jobs.Protocol;

namespace OpenClaw.Jobs.Runtimes.Upstream;

/// <summary><c>openclaw/…</c>: agents of the OpenClaw gateway that the bridge is connected to.</summary>
public sealed class UpstreamRuntime(
    UpstreamSettings settings, UpstreamGateway bridge, UpstreamCommands commands, UpstreamLimits limits, IHostApplicationLifetime lifetime, TimeProvider time) : ICheckedRuntime, IDisposable
{
    // A gateway that restarts is back within a minute or two, and an attempt waits a little by itself.
    private static readonly TimeSpan ComesBack = TimeSpan.FromSeconds(20);

    // The other side may not put a turn off for longer.
    private const int MaxRetryAfterMs = 10 * 60_000;

    // Apart, so that beats do not wait behind messages.
    private readonly TurnSlots _messages = new(limits.MaxTurns, time);
    private readonly TurnSlots _heartbeats = new(limits.MaxTurns, time);

    public string Provider => "openclaw";

    public IReadOnlyList<string> Models => settings.Gateway is null ? [] : ["openclaw/default"];

    /// <summary>It is not asked for a turn, for which the model behind the gateway would be paid.</summary>
    public bool IsPaid => false;

    public string? WhyUnavailable(string model) => settings.Gateway is null
        ? "No OpenClaw gateway is configured for 'openclaw/…' agents. Set OPENCLAW_GATEWAY_URL to its address, such as ws://127.0.0.1:18790, and OPENCLAW_AUTH_TOKEN to its token, and restart."
        : null;

    public Task<string> ConnectAsync(RuntimeAgent agent, string idempotencyKey, CancellationToken cancellationToken) =>
        DoAsync("agents.create", agent, link => UpstreamAgents.CreateAsync(link, agent, time, cancellationToken), cancellationToken);

    public Task DisconnectAsync(RuntimeAgent agent, string idempotencyKey, CancellationToken cancellationToken) => DoAsync(
        "agents.delete",
        agent,
        async link =>
        {
            await UpstreamAgents.DeleteAsync(link, agent, cancellationToken);
            return true;
        },
        cancellationToken);

    public Task<TurnReply> RunTurnAsync(RuntimeAgent agent, Turn turn, CancellationToken cancellationToken) =>
        (turn.Kind is TurnKind.Heartbeat ? _heartbeats : _messages).RunAsync(
            turn.Limits,
            within => DoAsync(
                "agent", agent, async link => await RunAsync(new UpstreamTurn(link, bridge, await KnownAsync(link, agent, within), turn, time), link, within), within),
            cancellationToken);

    public void Dispose()
    {
        _messages.Dispose();
        _heartbeats.Dispose();
    }

    public async Task<string?> AskAsync(string? model, CancellationToken cancellationToken)
    {
        if (settings.Gateway is null)
        {
            return null;
        }

        var link = await bridge.LinkAsync(cancellationToken);
        var agents = ProtocolJson.Read<KnownAgents>(await link.CallAsync("agents.list", ProtocolJson.EmptyObject, cancellationToken)).Agents ?? [];
        return $"The gateway at {settings.Address} has {agents.Count} agents.";
    }

    // An agent that has come from another runtime may be asked before the gateway has been told of it.
    private async Task<RuntimeAgent> KnownAsync(UpstreamConnection link, RuntimeAgent agent, CancellationToken cancellationToken) =>
        agent.RuntimeId is null ? agent with { RuntimeId = await UpstreamAgents.CreateAsync(link, agent, time, cancellationToken) } : agent;

    private async Task<TurnReply> RunAsync(UpstreamTurn turn, UpstreamConnection link, CancellationToken cancellationToken)
    {
        try
        {
            return await turn.RunAsync(cancellationToken);
        }
        catch (Exception ended) when (turn.UnderWay is not null && !lifetime.ApplicationStopping.IsCancellationRequested
            && (ended is StepFailedException { Code: TurnClock.TimedOut } || (ended is OperationCanceledException && cancellationToken.IsCancellationRequested)))
        {
            // A process that stops lets the run go on: it is picked up where the turn is tried again.
            await AbortAsync(link, new ChatAbortParams(turn.SessionKey, turn.UnderWay));
            throw;
        }
    }

    private static async Task AbortAsync(UpstreamConnection link, ChatAbortParams run)
    {
        try
        {
            await link.CallAsync("chat.abort", ProtocolJson.Element(run), CancellationToken.None);
        }
        catch (Exception exception) when (exception is GatewayUnreachableException or GatewayRefusedException)
        {
            // The turn is cancelled here all the same.
        }
    }

    private async Task<T> DoAsync<T>(string command, RuntimeAgent agent, Func<UpstreamConnection, Task<T>> run, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        string? error = null;
        try
        {
            return await run(await bridge.LinkAsync(cancellationToken));
        }
        catch (GatewayUnreachableException exception)
        {
            error = exception.Message;
            throw new StepFailedException("openclaw_unreachable", exception.Message, exception) { RetryAfter = ComesBack, IsOutage = true };
        }
        catch (GatewayRefusedException refusal)
        {
            error = refusal.Message;
            throw new StepFailedException("openclaw_refused", $"The OpenClaw gateway refused {refusal.Message}", refusal)
            {
                NonRetryable = refusal.Error.Code is ErrorCodes.Forbidden or ErrorCodes.NotPaired,
                RetryAfter = refusal.Error.RetryAfterMs is { } milliseconds ? TimeSpan.FromMilliseconds(Math.Clamp(milliseconds, 0, MaxRetryAfterMs)) : null,
            };
        }
        catch (JsonException exception)
        {
            error = $"answered {command} in a shape that this build does not read: {exception.Message}";
            throw new StepFailedException("openclaw_unreadable", $"The OpenClaw gateway {error} Compare its version with docs/bridge.md.", exception);
        }
        catch (Exception exception)
        {
            error = exception.Message;
            throw;
        }
        finally
        {
            commands.Note(command, agent.Name, time.GetElapsedTime(began), error);
        }
    }
}
