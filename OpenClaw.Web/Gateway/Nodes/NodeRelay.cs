using System.Collections.Concurrent;
using System.Text.Json;
using OpenClaw.Jobs.Devices;
using OpenClaw.Jobs.Engine.Execution;
using OpenClaw.Jobs.Loops;
using OpenClaw.Jobs.Protocol;
using OpenClaw.Web.Gateway.Methods;

namespace OpenClaw.Web.Gateway.Nodes;

/// <summary>Asks node hosts that are connected to other processes of the service, and those that are connected here for them.</summary>
internal sealed partial class NodeRelay(NodeInvocations invocations, NodeInvoker invoker, ExecutorIdentity executor, TimeProvider time, ILogger<NodeRelay> logger)
    : PeriodicService(LookAgain, time, logger)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    // The other process says that the time is up; without its word it is up a little later.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<Guid, TaskCompletionSource> _waiting = new();
    private readonly ConcurrentDictionary<Guid, CancellationTokenSource> _underWay = new();
    private readonly SemaphoreSlim _one = new(1);

    /// <summary>The answer of a node host that is connected to another process.</summary>
    /// <exception cref="GatewayException">It is connected to none, or was not approved to be asked that.</exception>
    public async Task<NodeAnswer> AskAsync(NodeAsk ask, CancellationToken cancellationToken)
    {
        var (id, limit, began) = (Guid.NewGuid(), ask.Patience + Grace, Time.GetTimestamp());
        if (!await invocations.AskAsync(id, ask.NodeId, JsonSerializer.Serialize(ask), limit, cancellationToken))
        {
            throw NodeRefusals.NotConnected();
        }

        try
        {
            while (true)
            {
                var told = _waiting.GetOrAdd(id, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
                var state = await invocations.ReadAsync(id, cancellationToken);
                if (state.Answer is { } answer)
                {
                    return Relayed.Read(answer);
                }

                if (!state.IsHeld)
                {
                    return state.IsTaken ? NodeAnswer.Disconnected : throw NodeRefusals.NotConnected();
                }

                if (Time.GetElapsedTime(began) >= limit)
                {
                    return NodeAnswer.TimedOut;
                }

                await Task.WhenAny(told, Task.Delay(LookAgain, Time, cancellationToken));
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            _waiting.TryRemove(id, out _);
            await invocations.WithdrawAsync(id);
        }
    }

    /// <summary>What a process has told of an invocation.</summary>
    public void Heard(string news)
    {
        if (Guid.TryParse(news, out var id))
        {
            if (_waiting.TryRemove(id, out var waiting))
            {
                waiting.TrySetResult();
            }
        }
        else if (news == executor.Id)
        {
            // What goes wrong is seen to by the next look.
            _ = LookAsync(CancellationToken.None).ContinueWith(look => look.Exception, TaskScheduler.Default);
        }
    }

    public override void Dispose()
    {
        _one.Dispose();
        base.Dispose();
    }

    protected override Task RunOnceAsync(CancellationToken cancellationToken) => LookAsync(cancellationToken);

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            foreach (var (id, request) in await invocations.TakeAsync(cancellationToken))
            {
                _ = AnswerAsync(id, JsonSerializer.Deserialize<NodeAsk>(request)!);
            }

            if (!_underWay.IsEmpty)
            {
                var wanted = await invocations.WantedAsync([.. _underWay.Keys], cancellationToken);
                foreach (var (_, stop) in _underWay.Where(each => !wanted.Contains(each.Key)))
                {
                    await stop.CancelAsync();
                }
            }
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task AnswerAsync(Guid id, NodeAsk ask)
    {
        using var stop = new CancellationTokenSource();
        _underWay[id] = stop;
        try
        {
            await invocations.AnswerAsync(id, await AskHereAsync(ask, stop.Token), stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Nobody waits any more, and the node host has been told.
        }
        catch (Exception exception)
        {
            // Whoever waits hears nothing, and in the end that the time is up.
            LogLost(logger, id, exception);
        }
        finally
        {
            _underWay.TryRemove(id, out _);
        }
    }

    private async Task<string> AskHereAsync(NodeAsk ask, CancellationToken cancellationToken)
    {
        try
        {
            return Relayed.Write(await invoker.AskAsync(ask, cancellationToken) ?? throw NodeRefusals.NotConnected());
        }
        catch (GatewayException refusal)
        {
            return Relayed.Write(refusal);
        }
    }

    [LoggerMessage(EventId = 2221, Level = LogLevel.Warning, Message = "The answer of a node host to {Invocation} did not reach the process that waits for it.")]
    private static partial void LogLost(ILogger logger, Guid invocation, Exception exception);

    /// <summary>What one process tells another: the node host's answer, or why it was not asked.</summary>
    private sealed record Relayed(NodeAnswer? Answer, GatewayError? Refusal)
    {
        public static string Write(NodeAnswer answer) => JsonSerializer.Serialize(new Relayed(answer, null));

        public static string Write(GatewayException refusal) => JsonSerializer.Serialize(new Relayed(null, refusal.Error));

        public static NodeAnswer Read(string text)
        {
            var told = JsonSerializer.Deserialize<Relayed>(text)!;
            return told.Answer ?? throw new GatewayException(told.Refusal!);
        }
    }
}
