using System.Diagnostics;

namespace OpenClaw.Bench.Engine;

/// <summary>Runs a piece of work again and again, and tells how that went.</summary>
internal static class Load
{
    /// <summary>Pieces per second with so many under way at any time, after a warm-up that is not counted.</summary>
    public static async Task<double> FullAsync(Func<Task> piece, int inFlight, TimeSpan warmup, TimeSpan duration)
    {
        var (done, counting) = (0, false);
        using var over = new CancellationTokenSource();
        var lanes = Enumerable.Range(0, inFlight).Select(_ => Task.Run(async () =>
        {
            while (!over.IsCancellationRequested)
            {
                await piece();
                if (Volatile.Read(ref counting))
                {
                    Interlocked.Increment(ref done);
                }
            }
        })).ToArray();

        await Task.Delay(warmup);
        Volatile.Write(ref counting, true);
        var clock = Stopwatch.StartNew();
        await Task.Delay(duration);
        var pieces = Volatile.Read(ref done);
        var seconds = clock.Elapsed.TotalSeconds;
        await over.CancelAsync();
        await Task.WhenAll(lanes);
        return pieces / seconds;
    }

    /// <summary>How long pieces take that begin at a fixed rate, whatever becomes of those before; from when each was to begin.</summary>
    public static async Task<Latency> SteadyAsync(Func<Task> piece, int perSecond, TimeSpan duration)
    {
        var began = Stopwatch.GetTimestamp();
        var pieces = new List<Task<double>>();
        for (var at = TimeSpan.Zero; at < duration; at += TimeSpan.FromSeconds(1.0 / perSecond))
        {
            if (at - Stopwatch.GetElapsedTime(began) is { Ticks: > 0 } early)
            {
                await Task.Delay(early);
            }

            pieces.Add(TimeAsync(at));
        }

        return Latency.Of(await Task.WhenAll(pieces));

        async Task<double> TimeAsync(TimeSpan at)
        {
            await piece();
            return (Stopwatch.GetElapsedTime(began) - at).TotalMilliseconds;
        }
    }

    /// <summary>How long a piece takes when it is alone, after a few that are not counted.</summary>
    /// <param name="piece">What is timed.</param>
    /// <param name="count">How often.</param>
    /// <param name="prepare">Done before each, and not timed.</param>
    public static async Task<Latency> OneAtATimeAsync(Func<Task> piece, int count, Func<Task>? prepare = null)
    {
        var times = new List<double>(count);
        for (var i = -count / 5; i < count; i++)
        {
            if (prepare is not null)
            {
                await prepare();
            }

            var start = Stopwatch.GetTimestamp();
            await piece();
            if (i >= 0)
            {
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        }

        return Latency.Of([.. times]);
    }

    /// <summary>How long each address takes to answer in full, in turns, after a few that are not counted; and all of them together.</summary>
    public static async Task<(Dictionary<string, Latency> Each, Latency All)> AddressesAsync(HttpClient http, IReadOnlyList<string> addresses, int count)
    {
        var times = addresses.ToDictionary(address => address, _ => new List<double>(count));
        for (var i = -count / 5; i < count; i++)
        {
            foreach (var address in addresses)
            {
                var start = Stopwatch.GetTimestamp();
                using var answer = await http.GetAsync(new Uri(address, UriKind.Relative));
                answer.EnsureSuccessStatusCode();
                if (i >= 0)
                {
                    times[address].Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                }
            }
        }

        return (times.ToDictionary(address => address.Key, address => Latency.Of([.. address.Value])), Latency.Of([.. times.Values.SelectMany(its => its)]));
    }
}

/// <summary>Milliseconds.</summary>
internal sealed record Latency(double Mean, double P50, double P95, double P99)
{
    public static Latency Of(double[] times)
    {
        Array.Sort(times);
        return new Latency(times.Average(), At(0.50), At(0.95), At(0.99));

        double At(double rank) => times[Math.Min(times.Length - 1, (int)(times.Length * rank))];
    }
}
