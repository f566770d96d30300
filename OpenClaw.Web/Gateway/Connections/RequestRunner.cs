using System.Text.Json;
using OpenClaw.Data;
using OpenClaw.Data.Security;
using OpenClaw.Jobs.Monitoring.Auditing;
using OpenClaw.Jobs.Outages;
using OpenClaw.Jobs.Protocol;
using OpenClaw.Jobs.Telemetry;
using OpenClaw.Web.Gateway.Methods;
using OpenClaw.Web.Security;
using OpenClaw.Web.Security.Keys;

namespace OpenClaw.Web.Gateway.Connections;

/// <summary>Runs requests at the same time, so that answers may come in any order, but not more than so many of a connection.</summary>
internal sealed partial class RequestRunner(GatewayMethods methods, KeyPace pace, KeyRoom room, AuditWriter audit, SpoiledSessions spoiled, ILogger<RequestRunner> logger)
{
    // Methods that say which agent they are about, which is looked up as what the caller may have to do with.
    private static readonly string[] OfOneAgent =
        ["agent", "agent.identity.get", "agents.list", "chat.history", "chat.send", "health", "messages.ack", "runtime.release", "runtime.reply", "runtime.serve", "sessions.send"];

    // What is of the whole service: who is let in, its log, who did what, and its going on.
    private static readonly string[] OfHouse =
        ["attach.", "audit.", "device.", "diagnostics.", "gateway.suspend.", "logs.", "node.", "secrets."];

    /// <summary>Whether a method is for those who run the service alone.</summary>
    public static bool IsOfHouseAlone(string method) => OfHouse.Any(start => method.StartsWith(start, StringComparison.Ordinal));

    /// <summary>Begins the request, and answers it when it is done.</summary>
    /// <param name="connection">Whose request it is.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="place">Given back when the request has been answered.</param>
    /// <param name="cancellationToken">The connection is gone.</param>
    public void Start(GatewayConnection connection, RequestFrame request, IDisposable place, CancellationToken cancellationToken) =>
        _ = RunAsync(connection, request, place, cancellationToken);

    /// <summary>Answers what is no request; null when it cannot be answered. It counts like one.</summary>
    public void Refuse(GatewayConnection connection, ResponseFrame? malformed)
    {
        if (connection.Connected!.Key is { } key && pace.Take(key) is var wait && wait > TimeSpan.Zero)
        {
            malformed = malformed is null ? null : malformed with { Error = KeyShare.Limited(pace.Says(key), wait).Error };
            connection.CountRefused();
        }

        if (malformed is not null)
        {
            connection.Send(malformed);
        }
    }

    private async Task RunAsync(GatewayConnection connection, RequestFrame request, IDisposable place, CancellationToken cancellationToken)
    {
        using var _ = place;
        try
        {
            var call = new GatewayCall(connection, request, cancellationToken);
            connection.Send(await AnswerAsync(call, connection, request, cancellationToken));
            call.Answered?.Invoke();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Nobody is there to hear the answer.
        }
    }

    private async Task<ResponseFrame> AnswerAsync(GatewayCall call, GatewayConnection connection, RequestFrame request, CancellationToken cancellationToken)
    {
        AuditOrigin.Current = connection.Origin;
        using var scope = connection.Caller.IsOfHouse ? null : TeamScope.Enter(connection.Caller.Owner, reads: methods.Find(request.Method)?.Scope == Scopes.Read);
        using var activity = OpenClawTelemetry.StartRequest(methods.Find(request.Method) is null ? "unknown" : request.Method);
        try
        {
            var payload = await HandleAsync(call, connection, request);
            if (GatewayAudit.EntryOf(request, connection.Caller) is { } entry)
            {
                await audit.WriteAsync(entry, CancellationToken.None);
            }

            return new ResponseFrame(request.Id, true, payload, null);
        }
        catch (GatewayException refusal)
        {
            return new ResponseFrame(request.Id, false, refusal.Payload, refusal.Error);
        }
        catch (Exception exception) when (DatabaseOutage.Of(exception) is { } trouble)
        {
            spoiled.Heed(trouble);
            return new ResponseFrame(
                request.Id, false, null, new GatewayError(ErrorCodes.Unavailable, $"{trouble.Name()}; try again shortly.", Retryable: true, RetryAfterMs: (int)trouble.RetryAfter().TotalMilliseconds));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogFailed(logger, request.Method, exception);
            return new ResponseFrame(request.Id, false, null, new GatewayError(ErrorCodes.Unavailable, $"{request.Method} failed; the log of the service says why."));
        }
    }

    private async Task<JsonElement> HandleAsync(GatewayCall call, GatewayConnection connection, RequestFrame request)
    {
        var key = connection.Connected!.Key;
        using var place = key is null ? null : Enter(key, call);
        if (request.Method == "connect")
        {
            throw GatewayException.Invalid("connect is only valid as the first request");
        }

        var method = methods.Find(request.Method) ?? throw GatewayException.Invalid($"unknown method: {request.Method}");
        var (role, isOfNodes) = (connection.Connected!.Role, method.Scope == Scopes.Node);
        if (isOfNodes ? role != Scopes.Node : role == Scopes.Node && method.Scope is not null)
        {
            throw GatewayException.Invalid($"unauthorized role: {role}");
        }

        if (!isOfNodes && method.Scope is { } scope && !Scopes.Allows(connection.Connected!.Scopes, scope))
        {
            throw Scopes.Missing(scope);
        }

        if (!call.Caller.IsOfHouse && IsOfHouseAlone(method.Name))
        {
            throw new GatewayException(new GatewayError(ErrorCodes.Forbidden, HouseGuard.Says(call.Caller.Owner), GatewayException.Details("OF_THE_SERVICE")));
        }

        if (key is { Agents.Count: > 0 } && !OfOneAgent.Contains(method.Name))
        {
            throw new GatewayException(new GatewayError(ErrorCodes.Forbidden, $"the key \"{key.Name}\" is for some agents alone, and {method.Name} is not", GatewayException.Details("KEY_FOR_AGENTS")));
        }

        return await method.HandleAsync(call);
    }

    /// <exception cref="GatewayException">The key sends too many requests, or has too many under way.</exception>
    private IDisposable Enter(KeyGrant key, GatewayCall call)
    {
        var wait = pace.Take(key);
        if (wait > TimeSpan.Zero || room.Enter(key) is not { } place)
        {
            call.Answered = call.Connection.CountRefused;
            throw wait > TimeSpan.Zero ? KeyShare.Limited(pace.Says(key), wait) : KeyShare.Limited(room.Says(key), KeyRoom.RetryAfter);
        }

        return place;
    }

    [LoggerMessage(EventId = 2201, Level = LogLevel.Error, Message = "The gateway method {Method} failed.")]
    private static partial void LogFailed(ILogger logger, string method, Exception exception);
}
