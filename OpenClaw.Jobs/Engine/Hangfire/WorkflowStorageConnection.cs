using Hangfire.PostgreSql;
using Hangfire.Storage;

namespace OpenClaw.Jobs.Engine.Hangfire;

/// <summary>
/// A connection of Hangfire's whose locks are held by the process's session for locks. So it holds no connection of the pool
/// while it holds a lock, and a change of a job's state joins an ambient transaction instead of opening a second connection in it.
/// </summary>
internal sealed class WorkflowStorageConnection(PostgreSqlStorage storage, SessionLocks? locks) : PostgreSqlConnection(storage)
{
    private readonly Dictionary<string, (IDisposable Lock, int Times)> _held = [];

    public override IDisposable AcquireDistributedLock(string resource, TimeSpan timeout)
    {
        if (locks is null)
        {
            return base.AcquireDistributedLock(resource, timeout);
        }

        // Hangfire may take a lock again that the same connection holds.
        if (_held.TryGetValue(resource, out var held))
        {
            _held[resource] = held with { Times = held.Times + 1 };
        }
        else
        {
            _held[resource] = (locks.TryAcquire(resource, timeout) ?? throw new DistributedLockTimeoutException(resource), 1);
        }

        return new Handle(this, resource);
    }

    public override void Dispose()
    {
        foreach (var (held, _) in _held.Values)
        {
            held.Dispose();
        }

        _held.Clear();
        base.Dispose();
    }

    private void Release(string resource)
    {
        if (!_held.TryGetValue(resource, out var held))
        {
            return;
        }

        if (held.Times > 1)
        {
            _held[resource] = held with { Times = held.Times - 1 };
            return;
        }

        _held.Remove(resource);
        held.Lock.Dispose();
    }

    private sealed class Handle(WorkflowStorageConnection owner, string resource) : IDisposable
    {
        private WorkflowStorageConnection? _owner = owner;

        public void Dispose() => Interlocked.Exchange(ref _owner, null)?.Release(resource);
    }
}
