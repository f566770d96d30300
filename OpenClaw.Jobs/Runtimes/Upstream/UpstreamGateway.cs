using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenClaw.Jobs.Engine.Execution;
using OpenClaw.Jobs.ForeignInput;
using OpenClaw.Jobs.Protocol;

namespace OpenClaw.Jobs.Runtimes.Upstream;

/// <summary>Keeps this process connected to the OpenClaw gateway. One connection carries all requests and all runs.</summary>
public sealed partial class UpstreamGateway(UpstreamSettings settings, UpstreamDevice device, IPairingNotifier notifier, UpstreamLimits limits, ExecutorIdentity executor, TimeProvider time, ILogger<UpstreamGateway> logger) : BackgroundService
{
    private const string NotConfigured = "No OpenClaw gateway is configured. Set OPENCLAW_GATEWAY_URL to have one.";

    private const int MaxToken = 1_000;

    // Of what the other side says.
    private const int MaxReason = 500;

    private readonly ConcurrentDictionary<string, Action<AgentEvent>> _followers = new();
    private readonly string _version = typeof(UpstreamGateway).Assembly.GetName().Version!.ToString(3);
    private volatile UpstreamStatus _status = settings.Gateway is null ? new(BridgeState.Disconnected, NotConfigured) : new(BridgeState.Connecting, $"Connecting to {settings.Address}.");
    private TaskCompletionSource<UpstreamConnection> _link = New();

    public UpstreamStatus Status => _status;

    /// <summary>The connection that there is, or will be in a moment. Whoever must not ask a gateway that has forgotten keeps it.</summary>
    /// <exception cref="GatewayUnreachableException">There is none within the limit.</exception>
    internal async Task<UpstreamConnection> LinkAsync(CancellationToken cancellationToken)
    {
        var status = _status;
        if (status.State is BridgeState.Connecting or BridgeState.Connected or BridgeState.Reconnecting)
        {
            try
            {
                return await Volatile.Read(ref _link).Task.WaitAsync(limits.Patience, time, cancellationToken);
            }
            catch (TimeoutException)
            {
                status = _status;
            }
        }

        throw new GatewayUnreachableException(status.Detail);
    }

    /// <summary>Calls with each event of a run, until it is disposed.</summary>
    internal IDisposable Follow(string runId, Action<AgentEvent> heard)
    {
        _followers[runId] = heard;
        return new Following(_followers, runId);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.Gateway is null)
        {
            return;
        }

        for (var failures = 0; !stoppingToken.IsCancellationRequested;)
        {
            var (pause, connected) = await ConnectAsync(failures, stoppingToken);
            failures = connected ? 1 : failures + 1;
            await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _status = new UpstreamStatus(BridgeState.Disconnected, "The process stops.");
    }

    // Returns when the connection has ended, or could not be made.
    private async Task<(TimeSpan Pause, bool Connected)> ConnectAsync(int failures, CancellationToken stopping)
    {
        var connected = false;
        try
        {
            await using var link = await UpstreamConnection.OpenAsync(settings, device, Client(), limits, time, stopping);
            connected = true;
            if (link.Hello.Auth?.DeviceToken is { Length: > 0 and <= MaxToken } token && ForeignText.IsLine(token))
            {
                device.Keep(token);
            }

            Note(BridgeState.Connected, $"Connected to {settings.Address}, OpenClaw {link.Hello.Version}, protocol {link.Hello.Protocol}.", WhatsAppSession.Of(link.Hello.Snapshot?.Health));
            LogConnected(logger, settings.Address!, link.Hello.Version, link.Hello.Protocol);
            var why = await RunAsync(link, stopping);
            Note(BridgeState.Reconnecting, $"The connection to {settings.Address} was lost: {why}.");
            LogLost(logger, settings.Address!, why);
            return (Pause(failures: 0), connected);
        }
        catch (GatewayRefusedException refusal) when (refusal.NeedsPairing)
        {
            await WaitForPairingAsync(refusal, stopping);
            return (limits.PairingPause, connected);
        }
        catch (GatewayRefusedException refusal) when (refusal.SpoilsToken && device.Token is not null)
        {
            // The next attempt is without it: as somebody new, who has to be let in.
            device.Keep(null);
            Note(BridgeState.Reconnecting, $"The OpenClaw gateway at {settings.Address} takes this node's device token no more: {refusal.Error.Message}.");
            LogRefused(logger, settings.Address!, refusal.Error.Message);
            return (limits.FirstPause, connected);
        }
        catch (GatewayRefusedException refusal) when (refusal.NeedsPerson)
        {
            Note(BridgeState.Failed, $"The OpenClaw gateway at {settings.Address} refuses us: {refusal.Error.Message}. {Advice(refusal)}");
            LogRefused(logger, settings.Address!, refusal.Error.Message);
            return (limits.RefusedPause, connected);
        }
        catch (BridgeDeviceException broken)
        {
            Note(BridgeState.Failed, broken.Message);
            LogRefused(logger, settings.Address!, broken.Message);
            return (limits.RefusedPause, connected);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return (TimeSpan.Zero, connected);
        }
        catch (Exception exception)
        {
            // Whatever it is: the bridge goes on trying, and the service does without it.
            Note(BridgeState.Reconnecting, $"The OpenClaw gateway at {settings.Address} cannot be reached: {ForeignText.OneLine(exception.Message, MaxReason)}. Start it, or correct OPENCLAW_GATEWAY_URL.");
            LogUnreachable(logger, failures == 0 ? LogLevel.Warning : LogLevel.Debug, settings.Address!, exception.Message);
            return (Pause(failures), connected);
        }
    }

    private async Task WaitForPairingAsync(GatewayRefusedException refusal, CancellationToken stopping)
    {
        var advice = refusal.RequestId is { } id
            ? $"On its host, type: openclaw devices approve {id}"
            : "On its host, type: openclaw devices list, and then: openclaw devices approve <the request of OpenClaw Backend>";
        var waits = $"The OpenClaw gateway at {settings.Address} waits for its owner to let this node in. {advice}";
        if (_status.Detail != waits)
        {
            LogPairing(logger, settings.Address!, advice);
        }

        Note(BridgeState.Pairing, waits);
        try
        {
            await notifier.TellAsync(waits, refusal.RequestId ?? executor.Node, stopping);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The status says it too, and the next attempt tells it again.
            LogUntold(logger, exception);
        }
    }

    // However it ends, nobody is given it any more.
    private async Task<string> RunAsync(UpstreamConnection link, CancellationToken stopping)
    {
        Volatile.Read(ref _link).TrySetResult(link);
        try
        {
            return await link.RunAsync(Heard, problem => LogUnread(logger, settings.Address!, problem.Message), stopping);
        }
        finally
        {
            Volatile.Write(ref _link, New());
        }
    }

    private static TaskCompletionSource<UpstreamConnection> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static string Advice(GatewayRefusedException refusal) => refusal.DetailCode switch
    {
        "PROTOCOL_MISMATCH" => $"This build speaks protocol {ProtocolVersion.Oldest} to {ProtocolVersion.Newest}: install a gateway that does.",
        "DEVICE_IDENTITY_REQUIRED" or "MISSING_SCOPE" => "Run the gateway on this host, or reach it through a tunnel that ends there.",
        _ => "Set OPENCLAW_AUTH_TOKEN to the gateway's token and restart.",
    };

    // Exponential, with up to a quarter on top, so that many do not come back at once.
    private TimeSpan Pause(int failures)
    {
        var exponential = limits.FirstPause * Math.Pow(2, Math.Min(failures, 30));
        return (exponential < limits.LongestPause ? exponential : limits.LongestPause) * (1 + Random.Shared.NextDouble() / 4);
    }

    // With its mode and id a gateway on this host asks for no device. The instance is the node: it is the same one after a restart.
    private ConnectClient Client() => new("gateway-client", _version, OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "darwin" : "linux", "backend", "OpenClaw Backend", executor.Node);

    private void Note(BridgeState state, string detail, string? whatsApp = null) => _status = new UpstreamStatus(state, detail, whatsApp);

    private void Heard(string name, JsonElement payload)
    {
        if (name == "health")
        {
            _status = _status with { WhatsAppSession = WhatsAppSession.Of(payload) };
        }
        else if (name == "agent" && payload.ValueKind is JsonValueKind.Object && payload.TryGetProperty("runId", out var run) && _followers.TryGetValue(run.ToString(), out var heard))
        {
            heard(ProtocolJson.Read<AgentEvent>(payload));
        }
    }

    [LoggerMessage(EventId = 1401, Level = LogLevel.Information, Message = "Connected to the OpenClaw gateway at {Gateway}, version {Version}, protocol {Protocol}.")]
    private static partial void LogConnected(ILogger logger, string gateway, string version, int protocol);

    [LoggerMessage(EventId = 1402, Level = LogLevel.Warning, Message = "The connection to the OpenClaw gateway at {Gateway} was lost: {Reason}. It is made again.")]
    private static partial void LogLost(ILogger logger, string gateway, string reason);

    [LoggerMessage(EventId = 1403, Message = "The OpenClaw gateway at {Gateway} cannot be reached: {Reason}.")]
    private static partial void LogUnreachable(ILogger logger, LogLevel level, string gateway, string reason);

    [LoggerMessage(EventId = 1404, Level = LogLevel.Error, Message = "The OpenClaw gateway at {Gateway} refuses us: {Reason}. It is tried again every minute.")]
    private static partial void LogRefused(ILogger logger, string gateway, string reason);

    [LoggerMessage(EventId = 1406, Level = LogLevel.Debug, Message = "A frame of the OpenClaw gateway at {Gateway} was passed over: {Reason}")]
    private static partial void LogUnread(ILogger logger, string gateway, string reason);

    [LoggerMessage(EventId = 1407, Level = LogLevel.Warning, Message = "The OpenClaw gateway at {Gateway} waits for its owner to let this node in. {Advice}")]
    private static partial void LogPairing(ILogger logger, string gateway, string advice);

    [LoggerMessage(EventId = 1408, Level = LogLevel.Warning, Message = "The owner could not be told that the OpenClaw gateway waits; it is tried again.")]
    private static partial void LogUntold(ILogger logger, Exception exception);

    private sealed class Following(ConcurrentDictionary<string, Action<AgentEvent>> followers, string runId) : IDisposable
    {
        public void Dispose() => followers.TryRemove(runId, out _);
    }
}
