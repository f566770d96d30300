using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using OpenClaw.Jobs.Protocol;

namespace OpenClaw.Jobs.Runtimes.Upstream;

/// <summary>The requests of one connection that wait for their answers, which come in any order; a run has two.</summary>
internal sealed class UpstreamRequests(UpstreamLimits limits, TimeProvider time, Func<RequestFrame, bool> send)
{
    private const string Accepted = "accepted";

    private readonly ConcurrentDictionary<string, Waiting> _waiting = new();
    private readonly Lock _taking = new();
    private long _ids;
    private volatile string? _ended;

    /// <exception cref="GatewayRefusedException">The answer was an error.</exception>
    /// <exception cref="GatewayUnreachableException">None came in time, or the connection was lost.</exception>
    public async Task<GatewayAnswer> AskAsync(string method, JsonElement parameters, bool isRun, CancellationToken cancellationToken)
    {
        var waiting = new Waiting(method, isRun);
        var id = Take(waiting);
        var hasMore = false;
        try
        {
            if (!send(new RequestFrame(id, method, parameters)))
            {
                throw Lost(_ended ?? "it does not read what we send");
            }

            // The connection may have ended between the two: what came late is not told any more.
            if (_ended is { } why)
            {
                throw Lost(why);
            }

            var first = await waiting.First.Task.WaitAsync(limits.Request, time, cancellationToken);
            hasMore = isRun && StatusOf(first.Payload) == Accepted;
            return hasMore ? new GatewayAnswer(first.Payload, waiting.Last.Task) : first;
        }
        catch (TimeoutException exception)
        {
            throw new GatewayUnreachableException($"The OpenClaw gateway did not answer {method} within {limits.Request.TotalSeconds:0} s.", exception);
        }
        finally
        {
            if (!hasMore)
            {
                _waiting.TryRemove(id, out _);
            }
        }
    }

    /// <summary>Counts and takes at once: two that ask at the same moment do not both get the last place.</summary>
    private string Take(Waiting waiting)
    {
        lock (_taking)
        {
            if (_waiting.Count >= limits.MaxRequests)
            {
                throw new GatewayUnreachableException($"{limits.MaxRequests} requests wait for the OpenClaw gateway's answer already.");
            }

            var id = (++_ids).ToString(CultureInfo.InvariantCulture);
            _waiting[id] = waiting;
            return id;
        }
    }

    public void Answer(IncomingFrame frame)
    {
        if (!_waiting.TryGetValue(frame.Id!, out var waiting))
        {
            return;
        }

        if (waiting.IsRun && frame.Ok && StatusOf(frame.Payload ?? default) == Accepted)
        {
            waiting.First.TrySetResult(new GatewayAnswer(frame.Payload!.Value, Last: null));
            return;
        }

        _waiting.TryRemove(frame.Id!, out _);
        if (frame.Ok)
        {
            waiting.End(new GatewayAnswer(frame.Payload ?? ProtocolJson.EmptyObject, Last: null));
        }
        else
        {
            waiting.Fail(new GatewayRefusedException(waiting.Method, frame.Error ?? new GatewayError(ErrorCodes.Unavailable, "refused without a reason"), frame.Payload));
        }
    }

    /// <summary>The connection has ended.</summary>
    public void Fail(string why)
    {
        _ended = why;
        foreach (var id in _waiting.Keys)
        {
            if (_waiting.TryRemove(id, out var waiting))
            {
                waiting.Fail(Lost(why));
            }
        }
    }

    public static string? StatusOf(JsonElement payload) =>
        payload.ValueKind is JsonValueKind.Object && payload.TryGetProperty("status", out var status) && status.ValueKind is JsonValueKind.String ? status.GetString() : null;

    private static GatewayUnreachableException Lost(string why) => new($"The connection to the OpenClaw gateway was lost: {why}.");

    private sealed record Waiting(string Method, bool IsRun)
    {
        public TaskCompletionSource<GatewayAnswer> First { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Of a run that was accepted.</summary>
        public TaskCompletionSource<JsonElement> Last { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void End(GatewayAnswer answer)
        {
            if (!First.TrySetResult(answer))
            {
                Last.TrySetResult(answer.Payload);
            }
        }

        public void Fail(Exception exception)
        {
            if (!First.TrySetException(exception) && Last.TrySetException(exception))
            {
                _ = Last.Task.Exception; // Who asked may have gone.
            }
        }
    }
}

/// <summary>An answer.</summary>
/// <param name="Payload">What it says.</param>
/// <param name="Last">Of a run that was accepted: how it ends. Null when nothing more comes.</param>
internal sealed record GatewayAnswer(JsonElement Payload, Task<JsonElement>? Last);
