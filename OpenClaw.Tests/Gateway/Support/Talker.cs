using System.Collections.Concurrent;
using System.Globalization;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace OpenClaw.Tests.Gateway.Support;

/// <summary>
/// A client that goes on whatever happens to the service: it sends each message again and again, with its id, until the
/// gateway has said that it has it; acknowledges what it receives; and connects anew when the connection breaks.
/// </summary>
/// <param name="index">Which of them it is.</param>
/// <param name="of">How many there are; each writes to the next one.</param>
/// <param name="agent">Gets every tenth message.</param>
/// <param name="address">Of the service, when it is up.</param>
/// <param name="cancelled">Gives up.</param>
internal sealed class Talker(int index, int of, string agent, Func<Task<Uri>> address, CancellationToken cancelled)
{
    private const int ToAgentEvery = 10;

    // Something is always under way; as fast as it can, it would only take the cores from whatever else is tested.
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _silent = CancellationTokenSource.CreateLinkedTokenSource(cancelled);
    private readonly CancellationTokenSource _over = CancellationTokenSource.CreateLinkedTokenSource(cancelled);
    private readonly TaskCompletionSource _fellSilent = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _living = Task.CompletedTask;
    private int _number;

    public ConcurrentQueue<(string Id, string To)> Accepted { get; } = new();

    public ConcurrentQueue<(string Id, string From, int Number)> Received { get; } = new();

    public void Start() => _living = Task.Run(LiveAsync);

    /// <summary>Returns when its last message is accepted; it goes on receiving.</summary>
    public async Task FallSilentAsync()
    {
        await _silent.CancelAsync();
        await _fellSilent.Task.WaitAsync(cancelled);
    }

    public async Task StopAsync()
    {
        await _over.CancelAsync();
        await _living;
        _silent.Dispose();
        _over.Dispose();
    }

    private async Task LiveAsync()
    {
        while (!_over.IsCancellationRequested)
        {
            try
            {
                await TalkAsync();
            }
            catch (Exception exception) when (exception is WebSocketException or InvalidOperationException or OperationCanceledException or TimeoutException)
            {
                // The service was killed, or is not there yet.
            }
        }
    }

    private async Task TalkAsync()
    {
        var arrived = Channel.CreateUnbounded<string>();
        var client = await GatewayClient.ConnectAsAsync(await address(), $"talker-{index}", heard: frame => Hear(frame, arrived.Writer));
        _ = client.Ended.ContinueWith(_ => arrived.Writer.TryComplete(), TaskScheduler.Default);
        Task[] talking = [SendAsync(client), AcknowledgeAsync(client, arrived.Reader)];
        try
        {
            await foreach (var ended in Task.WhenEach(talking))
            {
                await ended;
            }
        }
        finally
        {
            await client.DisposeAsync();
            await Task.WhenAll(talking).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Hear(JsonNode frame, ChannelWriter<string> arrived)
    {
        if ((string?)frame["event"] != "message" || frame["payload"] is not { } message || !((string)message["from"]!).StartsWith("client:", StringComparison.Ordinal))
        {
            return;
        }

        Received.Enqueue(((string)message["id"]!, (string)message["from"]!, int.Parse((string)message["content"]!, CultureInfo.InvariantCulture)));
        arrived.TryWrite((string)message["id"]!);
    }

    private async Task SendAsync(GatewayClient client)
    {
        while (!_silent.IsCancellationRequested || _number % 2 == 1)
        {
            // Odd while one is not accepted yet.
            if (_number % 2 == 0)
            {
                _number++;
            }

            var number = (_number + 1) / 2;
            var to = number % ToAgentEvery == 0 ? agent : $"client:talker-{(index + 1) % of}";
            var answer = await client.RequestAsync("messages.send", new JsonObject { ["id"] = $"m{number}", ["to"] = to, ["content"] = $"{number}" });
            if (!(bool)answer["ok"]!)
            {
                continue;
            }

            Accepted.Enqueue(((string)answer["payload"]!["id"]!, to));
            _number++;
            await Task.Delay(Pace, _silent.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _fellSilent.TrySetResult();
    }

    private async Task AcknowledgeAsync(GatewayClient client, ChannelReader<string> arrived)
    {
        while (await arrived.WaitToReadAsync(_over.Token))
        {
            var ids = new JsonArray();
            while (arrived.TryRead(out var id))
            {
                ids.Add((JsonNode)id);
            }

            await client.RequestAsync("messages.ack", new JsonObject { ["ids"] = ids });
        }
    }
}
