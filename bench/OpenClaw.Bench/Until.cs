using System.Diagnostics;

namespace OpenClaw.Bench;

/// <summary>Waits for what another process brings about, by looking again.</summary>
internal static class Until
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>How long it took until it was so; null when it was not so in time.</summary>
    public static async Task<TimeSpan?> ItHoldsAsync(Func<Task<bool>> holds, TimeSpan limit)
    {
        var clock = Stopwatch.StartNew();
        while (!await holds())
        {
            if (clock.Elapsed > limit)
            {
                return null;
            }

            await Task.Delay(Pause);
        }

        return clock.Elapsed;
    }
}
