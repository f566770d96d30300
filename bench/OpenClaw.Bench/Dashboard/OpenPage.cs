using System.Diagnostics;
using System.Net.ServerSentEvents;

namespace OpenClaw.Bench.Dashboard;

/// <summary>A page that somebody has open: it listens to its stream and asks for itself again when it is told to, as the dashboard's script does.</summary>
internal sealed class OpenPage(HttpClient http, string address)
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);

    private readonly List<double> _times = [];
    private bool _changed;

    /// <summary>How often it was told that something has changed.</summary>
    public int Told { get; private set; }

    /// <summary>What it was sent, uncompressed.</summary>
    public long Bytes { get; private set; }

    /// <summary>How long each look took, ms.</summary>
    public IReadOnlyList<double> Times => _times;

    public async Task FollowAsync(CancellationToken closed)
    {
        try
        {
            using var stream = await http.GetAsync("/dashboard/live", HttpCompletionOption.ResponseHeadersRead, closed);
            var looking = LookAsync(closed);
            await foreach (var item in SseParser.Create(await stream.EnsureSuccessStatusCode().Content.ReadAsStreamAsync(closed)).EnumerateAsync(closed))
            {
                if (item.EventType is not "changed")
                {
                    continue;
                }

                Told++;
                Volatile.Write(ref _changed, true);
            }

            await looking;
        }
        catch (OperationCanceledException)
        {
            // Closed.
        }
    }

    private async Task LookAsync(CancellationToken closed)
    {
        while (true)
        {
            await Task.Delay(ShortestPause, closed);
            if (!Interlocked.Exchange(ref _changed, false))
            {
                continue;
            }

            var start = Stopwatch.GetTimestamp();
            using var request = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { { "X-Live", "1" } } };
            using var answer = await http.SendAsync(request, closed);
            Bytes += (await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(closed)).Length;
            _times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
    }
}
