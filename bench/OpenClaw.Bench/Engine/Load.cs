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
                    Interlocked.Increment(ref done);
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

    /// <summary>How long a piece takes when it is alone.</summary>
    public static async Task<Latency> OneAtATimeAsync(Func<Task> piece, int count)
    {
        for (var i = 0; i < count / 5; i++)
            await piece();

        var times = new double[count];
        for (var i = 0; i < count; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await piece();
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        return Latency.Of(times);
    }
}

/// <summary>Milliseconds.</summary>
internal sealed record Latency(double P50, double P95, double P99)
{
    public static Latency Of(double[] times)
    {
        Array.Sort(times);
        return new Latency(At(0.50), At(0.95), At(0.99));

        double At(double rank) => times[Math.Min(times.Length - 1, (int)(times.Length * rank))];
    }
}
