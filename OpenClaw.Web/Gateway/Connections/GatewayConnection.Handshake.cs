using System.Net.WebSockets;
using OpenClaw.Jobs.Outages;
using OpenClaw.Jobs.Protocol;
using OpenClaw.Web.Gateway.Devices;
using OpenClaw.Web.Gateway.Methods;

namespace OpenClaw.Web.Gateway.Connections;

internal sealed partial class GatewayConnection
{
    private async Task<bool> HandshakeAsync(CancellationToken cancellationToken)
    {
        // Cancelling a read would abort the socket, and the client would not be told.
        var reading = _reader.ReadAsync(limits.MaxFirstFrame, cancellationToken);
        using var timer = new CancellationTokenSource();
        if (await Task.WhenAny(reading, pass.Hurried, Task.Delay(limits.Handshake, time, timer.Token)) != reading)
        {
            Close(WebSocketCloseStatus.NormalClosure, "");
            _ = reading.ContinueWith(late => late.Exception, TaskScheduler.Default);
            return false;
        }

        await timer.CancelAsync();
        using var frame = await reading;
        if (frame is null)
        {
            return false;
        }

        var (request, malformed) = RequestParser.Parse(frame.Bytes);
        if (request is null)
        {
            if (malformed is null && RequestParser.IsJson(frame.Bytes))
            {
                await CountStrangerAsync(cancellationToken);
                Close(WebSocketCloseStatus.PolicyViolation, RequestParser.InvalidFrame);
            }
            else
            {
                await RefuseStrangerAsync(malformed, WebSocketCloseStatus.PolicyViolation, cancellationToken);
            }

            return false;
        }

        if (request.Method != "connect")
        {
            await RefuseStrangerAsync(RequestParser.Error(request.Id, "invalid handshake: first request must be connect"), WebSocketCloseStatus.PolicyViolation, cancellationToken);
            return false;
        }

        return await ConnectAsync(request, cancellationToken);
    }

    private async Task<bool> ConnectAsync(RequestFrame request, CancellationToken cancellationToken)
    {
        try
        {
            Connected = await door.AdmitAsync(ConnectRequest.Read(request.Params), peer, _nonce, cancellationToken);
            _share = door.ShareOf(Connected);
            Send(new ResponseFrame(request.Id, true, ProtocolJson.Element(await hello.ToAsync(this, cancellationToken)), null));
            Connected = Connected.Settled();
            pass.Known();
            hub.Join(this);
            return true;
        }
        catch (GatewayException refusal)
        {
            Connected = null;
            var mismatch = refusal.Error.Message == "protocol mismatch";
            await RefuseStrangerAsync(
                new ResponseFrame(request.Id, false, null, refusal.Error), mismatch ? WebSocketCloseStatus.ProtocolError : WebSocketCloseStatus.PolicyViolation, cancellationToken, refusal.CloseReason);
            return false;
        }
        catch (Exception exception) when (DatabaseOutage.Caused(exception))
        {
            Connected = null;
            var error = new GatewayError(ErrorCodes.Unavailable, "gateway starting; retry shortly", Retryable: true, RetryAfterMs: 1000);
            Refuse(new ResponseFrame(request.Id, false, null, error), (WebSocketCloseStatus)1013, "gateway starting");
            return false;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Connected = null;
            LogBroken(logger, exception);
            Refuse(new ResponseFrame(request.Id, false, null, new GatewayError(ErrorCodes.Unavailable, "connect failed; the log of the service says why.")), WebSocketCloseStatus.InternalServerError);
            return false;
        }
    }

    private async Task RefuseStrangerAsync(ResponseFrame? answer, WebSocketCloseStatus status, CancellationToken cancellationToken, string? reason = null)
    {
        if (await CountStrangerAsync(cancellationToken) is var wait && wait > TimeSpan.Zero)
        {
            (answer, reason) = (answer is null ? null : answer with { Error = ConnectRefusals.TooMany(wait).Error }, null);
        }

        Refuse(answer, status, reason);
    }

    // Whoever is refused again and again, or in a crowd, waits for it, and keeps its place meanwhile, so that many of them cost
    // little: some each second, and not all in the same moment.
    private async Task<TimeSpan> CountStrangerAsync(CancellationToken cancellationToken)
    {
        var wait = door.WaitOfStranger(peer);
        if (wait > TimeSpan.Zero || pass.IsCrowded)
        {
            await Task.Delay(limits.StrangerPenance * (1 + Random.Shared.NextDouble()), time, cancellationToken);
        }

        return wait;
    }

    // Without a readable frame there is nobody to answer: the connection ends without a word.
    private void Refuse(ResponseFrame? answer, WebSocketCloseStatus status, string? reason = null)
    {
        if (answer is null)
        {
            Close(WebSocketCloseStatus.NormalClosure, "");
            return;
        }

        Send(answer);
        Close(status, reason ?? answer.Error!.Message);
    }
}
