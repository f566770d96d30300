using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using OpenClaw.Bench.Engine;
using OpenClaw.Bench.Gateway;
using OpenClaw.Bench.Soak;
using Spectre.Console;

namespace OpenClaw.Bench.Strangers;

/// <summary>
/// A client that is signed in sends itself messages, first alone and then while a crowd of strangers comes from the same address.
/// It must lose nothing, and hardly wait longer; the crowd must be let in nowhere, and the service's memory must come back.
/// </summary>
internal sealed class StrangerSoak(StrangerOptions options)
{
    private const int Strangers = 200;
    private const int PerSecond = 50;
    private const double MostGrown = 200;
    private const double MostLeft = 50;
    private const double MostSlower = 2;

    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    /// <summary>False when something that must hold does not.</summary>
    public async Task<bool> RunAsync()
    {
        var database = await BenchDatabase.CreateAsync(options.Server, StrangerOptions.Database);
        await using var service = await ServiceProcess.StartAsync(database);
        var waiting = new ConcurrentDictionary<string, TaskCompletionSource<string>>();
        await using var client = await BenchClient.ConnectAsync(service.Address, "known", (name, payload) => Hear(name, payload, waiting));

        // The compiler comes to rest, for strangers as well.
        await CrowdAsync(service, TimeSpan.FromSeconds(5));
        await Load.SteadyAsync(RoundTripAsync, PerSecond, TimeSpan.FromSeconds(10));
        var calm = await Load.SteadyAsync(RoundTripAsync, PerSecond, options.Duration / 2);
        var (held, memory) = (await service.HeldMemoryAsync(), service.Memory);
        var cpu = service.Cpu;
        using var over = new CancellationTokenSource();
        var highest = WatchAsync(service, over.Token);
        var crowding = CrowdAsync(service, options.Duration);
        var meanwhile = await Load.SteadyAsync(RoundTripAsync, PerSecond, options.Duration);
        var crowd = await crowding;
        await over.CancelAsync();
        cpu = service.Cpu - cpu;
        await Until.ItHoldsAsync(() => Task.FromResult(waiting.IsEmpty), DrainLimit);
        var newcomer = Stopwatch.StartNew();
        await using (await BenchClient.ConnectAsync(service.Address, "another", (_, _) => { }))
        {
        }

        var left = (await service.HeldMemoryAsync() - held) / 1024.0 / 1024.0;
        AnsiConsole.MarkupLineInterpolated(
            $"{Strangers} strangers for {options.Duration.TotalSeconds:N0} s: {crowd.Sent:N0} of their frames, {crowd.TurnedAway:N0} connections without a place, {cpu.TotalSeconds / options.Duration.TotalSeconds:P0} of a core. A message to delivery: p50 {calm.P50:F1} ms alone, {meanwhile.P50:F1} ms meanwhile; p99 {calm.P99:F1} ms and {meanwhile.P99:F1} ms. Somebody with the token was in after {newcomer.ElapsedMilliseconds:N0} ms afterwards.");
        var judgement = new Judgement();
        judgement.Count("messages of the client that were lost", waiting.Count, 0);
        judgement.Count("strangers let in", crowd.LetIn, 0);
        judgement.Amount("physical memory grown by, at most", (await highest - memory) / 1024.0 / 1024.0, MostGrown, "MiB");
        judgement.Amount("memory held more than before", left, MostLeft, "MiB");
        if (options.JudgesSpeed)
        {
            judgement.Amount("a message's p99, meanwhile / alone", meanwhile.P99 / calm.P99, MostSlower, "x");
        }

        judgement.Print();
        return judgement.Holds;

        async Task RoundTripAsync()
        {
            var text = $"{Guid.NewGuid()}";
            var arrived = waiting[text] = new(TaskCreationOptions.RunContinuationsAsynchronously);
            await client.AskAsync("messages.send", new { to = "client:known", content = text });
            var id = await Task.WhenAny(arrived.Task, Task.Delay(DrainLimit)) == arrived.Task ? await arrived.Task : null;
            if (id is not null)
            {
                await client.AskAsync("messages.ack", new { ids = new[] { id } });
                waiting.TryRemove(text, out _);
            }
        }
    }

    private static async Task<StrangerCrowd> CrowdAsync(ServiceProcess service, TimeSpan duration)
    {
        var crowd = new StrangerCrowd(service.Address, Strangers);
        using var over = new CancellationTokenSource(duration);
        await crowd.RunAsync(over.Token);
        return crowd;
    }

    private static async Task<long> WatchAsync(ServiceProcess service, CancellationToken over)
    {
        var highest = 0L;
        while (!over.IsCancellationRequested)
        {
            highest = Math.Max(highest, service.Memory);
            await Task.Delay(Look, CancellationToken.None);
        }

        return highest;
    }

    private static void Hear(string name, JsonElement payload, ConcurrentDictionary<string, TaskCompletionSource<string>> waiting)
    {
        if (name == "message" && waiting.TryGetValue(payload.GetProperty("content").GetString()!, out var arrived))
        {
            arrived.TrySetResult(payload.GetProperty("id").GetString()!);
        }
    }
}
