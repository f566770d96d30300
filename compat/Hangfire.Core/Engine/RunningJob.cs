using System.Diagnostics;

namespace Hangfire.Engine;

/// <summary>A job being performed, and the ways in which it can be told to stop.</summary>
internal sealed class RunningJob(StartedJob started, CancellationToken serverShutdown) : IJobCancellationToken, IDisposable
{
    private readonly CancellationTokenSource _cancellation = CancellationTokenSource.CreateLinkedTokenSource(serverShutdown);
    private volatile bool _isAborted;
    private long _abortedAt;

    public StartedJob Started { get; } = started;

    /// <summary>The job was moved to another state, or another worker has it: nothing that it still does counts.</summary>
    public bool IsAborted => _isAborted;

    public bool IsAbortedFor(TimeSpan time) => _isAborted && Stopwatch.GetElapsedTime(_abortedAt) >= time;

    public CancellationToken ShutdownToken => _cancellation.Token;

    public void ThrowIfCancellationRequested()
    {
        if (_isAborted)
            throw new Server.JobAbortedException();
        ShutdownToken.ThrowIfCancellationRequested();
    }

    public void Abort()
    {
        if (!_isAborted)
            _abortedAt = Stopwatch.GetTimestamp();
        _isAborted = true;
        try
        {
            _cancellation.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It finished at this very moment.
        }
    }

    public void Dispose() => _cancellation.Dispose();
}
