using System.Net.WebSockets;

namespace OpenClaw.Bench.Strangers;

/// <summary>Connections that each send the worst they may, go on after they were refused, and come again.</summary>
internal sealed class StrangerCrowd(Uri address, int connections)
{
    private static readonly byte[] After = new byte[64 * 1024];

    private int _sent;
    private int _refused;
    private int _letIn;

    /// <summary>First frames.</summary>
    public int Sent => _sent;

    /// <summary>Connections for which there was no place.</summary>
    public int TurnedAway => _refused;

    /// <summary>Must be none.</summary>
    public int LetIn => _letIn;

    public Task RunAsync(CancellationToken over) => Task.WhenAll(Enumerable.Range(0, connections).Select(number => Task.Run(() => ComeAsync(number, over), CancellationToken.None)));

    private async Task ComeAsync(int number, CancellationToken over)
    {
        for (var visit = number; !over.IsCancellationRequested; visit++)
        {
            using var socket = new ClientWebSocket();
            try
            {
                await socket.ConnectAsync(address, over);
                await socket.SendAsync(WorstFrames.All[visit % WorstFrames.All.Count], WebSocketMessageType.Text, endOfMessage: true, over);
                Interlocked.Increment(ref _sent);
                await StayAsync(socket, over);
            }
            catch (Exception exception) when (exception is WebSocketException or HttpRequestException)
            {
                Interlocked.Increment(ref _refused);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    // It does not heed that it was sent away, until the service hangs up.
    private async Task StayAsync(ClientWebSocket socket, CancellationToken over)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            WebSocketReceiveResult received;
            do
            {
                received = await socket.ReceiveAsync(buffer, over);
                if (received.MessageType is WebSocketMessageType.Text && buffer.AsSpan(0, received.Count).IndexOf("\"ok\":true"u8) >= 0)
                {
                    Interlocked.Increment(ref _letIn);
                }
            }
            while (received.MessageType is not WebSocketMessageType.Close);

            while (socket.State is WebSocketState.CloseReceived)
            {
                await socket.SendAsync(After, WebSocketMessageType.Text, endOfMessage: false, over);
            }
        }
        catch (WebSocketException)
        {
            // It was hung up on.
        }
    }
}
