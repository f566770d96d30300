using System.Diagnostics;
using NUnit.Framework.Constraints;

namespace OpenClaw.Tests.Support;

/// <summary>Waits for what another process or job brings about, by looking again until it holds or time is up.</summary>
public static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // Four fixtures look at once, and each look takes time from what it waits for.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// Returns the first observed value that meets the constraint; fails as an assertion on the last one observed.
    /// An observation that throws counts as not there yet.
    /// </summary>
    public static async Task<T> That<T>(Func<Task<T>> observe, IResolveConstraint expression, TimeSpan? within = null)
    {
        var constraint = expression.Resolve();
        var patience = within ?? Patience;
        var clock = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                var value = await observe();
                if (constraint.ApplyTo(value).IsSuccess)
                {
                    return value;
                }

                if (clock.Elapsed > patience)
                {
                    Assert.That(value, constraint, $"Last value observed in {patience}.");
                    return value;
                }
            }
            catch (Exception exception) when (exception is not ResultStateException && clock.Elapsed <= patience)
            {
                // Looked at too early, as with a service that is not up yet: look again.
            }

            await Task.Delay(Pause);
        }
    }

    public static Task<T> That<T>(Func<T> observe, IResolveConstraint expression, TimeSpan? within = null) =>
        That(() => Task.FromResult(observe()), expression, within);
}
