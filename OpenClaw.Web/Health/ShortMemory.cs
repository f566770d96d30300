using OpenClaw.Data;

namespace OpenClaw.Web.Health;

/// <summary>Answers for a second from one look, so that what strangers may ask cannot take the database from what works.</summary>
internal sealed class ShortMemory<T>(Func<CancellationToken, Task<T>> look, TimeProvider time) where T : class
{
    private static readonly TimeSpan GoodFor = TimeSpan.FromSeconds(1);

    // A look that hangs is given up, or everybody would wait for it for ever.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private Task<T>? _latest;
    private long _from;

    /// <param name="cancellationToken">Ends the wait of this caller alone.</param>
    public Task<T> ReadAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_latest is null || (_latest.IsCompleted && (!_latest.IsCompletedSuccessfully || time.GetElapsedTime(_from) >= GoodFor)))
            {
                _from = time.GetTimestamp();
                _latest = LookAsync();
            }

            return _latest.WaitAsync(cancellationToken);
        }
    }

    private async Task<T> LookAsync()
    {
        TeamScope.Leave();

        // Not on the thread of whoever asks first: a look may begin with work.
        await Task.Yield();
        using var deadline = new CancellationTokenSource(Patience, time);
        return await look(deadline.Token);
    }
}
