namespace OpenClaw.Web.Gateway.Connections;

/// <summary>
/// How much one connection may have under way: so many requests, and so many bytes of them. A request that is larger than
/// all of the room is taken when nothing else is under way.
/// </summary>
internal sealed class RequestRoom(GatewayLimits limits)
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _changed = New();
    private int _requests;
    private long _bytes;

    /// <summary>Returns when there is room; what it returns gives the room back.</summary>
    public async Task<IDisposable> EnterAsync(int bytes, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (_requests == 0 || (_requests < limits.MaxRequests && _bytes + bytes <= limits.MaxUnderWay))
                {
                    _requests++;
                    _bytes += bytes;
                    return new Place(this, bytes);
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    private void Leave(int bytes)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            _requests--;
            _bytes -= bytes;
            (changed, _changed) = (_changed, New());
        }

        changed.TrySetResult();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed class Place(RequestRoom room, int bytes) : IDisposable
    {
        public void Dispose() => room.Leave(bytes);
    }
}
