using Microsoft.Extensions.Time.Testing;

namespace OpenClaw.Tests.Support;

/// <summary>A clock that stands until a test moves it, and knows how many of its timers will fire.</summary>
internal sealed class CountedTime : FakeTimeProvider
{
    private int _waiting;

    /// <summary>Timers that will fire.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new CountedTimer(this, () => callback(state));
        timer.Begin(base.CreateTimer(_ => timer.Fire(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan));
        timer.Change(dueTime, period);
        return timer;
    }

    // Once each: no timer of ours repeats.
    private sealed class CountedTimer(CountedTime time, Action fire) : ITimer
    {
        private ITimer _timer = null!;
        private int _counts;

        public void Begin(ITimer timer) => _timer = timer;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Count(dueTime != Timeout.InfiniteTimeSpan);
            return _timer.Change(dueTime, period);
        }

        public void Fire()
        {
            Count(false);
            fire();
        }

        public void Dispose()
        {
            Count(false);
            _timer.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Count(bool counts) => Interlocked.Add(ref time._waiting, (counts ? 1 : 0) - Interlocked.Exchange(ref _counts, counts ? 1 : 0));
    }
}
