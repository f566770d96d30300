using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Threading.Channels;
using OpenClaw.Bench.Engine;

namespace OpenClaw.Bench.Gateway;

/// <summary>
/// Clients that write to each other at a fixed rate, whatever comes back, and acknowledge what they get. A message's time
/// is from when it was to be sent until its recipient has it, so a service that falls behind cannot hide it.
/// </summary>
internal sealed class MessageLoad(Uri address, int clients, int perSecond)
{
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(30);

    private readonly ConcurrentQueue<double> _times = new();
    private readonly ConcurrentDictionary<(int Recipient, int Sender), int> _last = new();
    private readonly ConcurrentDictionary<string, bool> _seen = new();
    private long _start;
    private int _delivered;
    private int _again;
    private int _early;
    private bool _counting;

    public async Task<MessageFigures> RunAsync(TimeSpan warmup, TimeSpan duration)
    {
        var people = await Task.WhenAll(Enumerable.Range(0, clients).Select(ConnectAsync));
        _start = Stopwatch.GetTimestamp();
        var until = warmup + duration;
        var sending = people.Select((person, index) => Task.Run(() => SendAllAsync(person, index, until))).ToArray();
        await Task.Delay(warmup);
        Volatile.Write(ref _counting, true);
        var accepted = (await Task.WhenAll(sending)).Sum();
        await Until.ItHoldsAsync(() => Task.FromResult(Volatile.Read(ref _delivered) >= accepted), DrainLimit);
        await Task.WhenAll(people.Select(person => person.Acknowledger.StopAsync()));
        foreach (var person in people)
        {
            await person.Client.DisposeAsync();
        }

        return new MessageFigures(accepted / until.TotalSeconds, accepted - _delivered, _again, _early, Latency.Of([.. _times]));
    }

    private async Task<Person> ConnectAsync(int index)
    {
        var acknowledger = new Acknowledger();
        var client = await BenchClient.ConnectAsync(address, $"load-{index}", (name, payload) =>
        {
            if (name == "message")
            {
                Receive(index, acknowledger, payload);
            }
        });
        acknowledger.Start(client);
        return new Person(client, acknowledger);
    }

    private async Task<int> SendAllAsync(Person person, int index, TimeSpan until)
    {
        var pause = TimeSpan.FromSeconds((double)clients / perSecond);
        var answers = new List<Task>();
        for (var number = 0; ; number++)
        {
            // All begin at another moment, and each keeps its own.
            var at = (pause * number) + (pause * index / clients);
            if (at >= until)
            {
                break;
            }

            if (at - Stopwatch.GetElapsedTime(_start) is { Ticks: > 0 } early)
            {
                await Task.Delay(early);
            }

            var to = (index + 1 + (number % (clients - 1))) % clients;
            answers.Add(person.Client.AskAsync("messages.send", new { to = $"client:load-{to}", content = string.Create(CultureInfo.InvariantCulture, $"{index} {number} {at.Ticks}") }));
        }

        await Task.WhenAll(answers);
        return answers.Count;
    }

    private void Receive(int recipient, Acknowledger acknowledger, JsonElement message)
    {
        var id = message.GetProperty("id").GetString()!;
        acknowledger.Add(id);
        if (!_seen.TryAdd(id, true))
        {
            Interlocked.Increment(ref _again);
            return;
        }

        Interlocked.Increment(ref _delivered);
        var parts = message.GetProperty("content").GetString()!.Split(' ');
        var (sender, number) = (int.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture));
        var key = (recipient, sender);
        if (_last.TryGetValue(key, out var last) && last > number)
        {
            Interlocked.Increment(ref _early);
        }

        _last[key] = number;
        if (Volatile.Read(ref _counting))
        {
            _times.Enqueue((Stopwatch.GetElapsedTime(_start) - TimeSpan.FromTicks(long.Parse(parts[2], CultureInfo.InvariantCulture))).TotalMilliseconds);
        }
    }

    private sealed record Person(BenchClient Client, Acknowledger Acknowledger);

    /// <summary>Acknowledges whatever has come while the last acknowledgement was under way.</summary>
    private sealed class Acknowledger
    {
        private readonly Channel<string> _waiting = Channel.CreateUnbounded<string>();
        private Task _running = Task.CompletedTask;

        public void Start(BenchClient client) => _running = Task.Run(async () =>
        {
            while (await _waiting.Reader.WaitToReadAsync())
            {
                var ids = new List<string>();
                while (_waiting.Reader.TryRead(out var id))
                {
                    ids.Add(id);
                }

                await client.AskAsync("messages.ack", new { ids });
            }
        });

        public void Add(string id) => _waiting.Writer.TryWrite(id);

        public Task StopAsync()
        {
            _waiting.Writer.TryComplete();
            return _running;
        }
    }
}

/// <param name="PerSecond">Messages accepted.</param>
/// <param name="Lost">Accepted and not delivered.</param>
/// <param name="Again">Delivered more than once.</param>
/// <param name="Early">Delivered before one that the same sender had sent earlier.</param>
/// <param name="Times">Milliseconds to delivery.</param>
internal sealed record MessageFigures(double PerSecond, int Lost, int Again, int Early, Latency Times);
