using System.Collections.Concurrent;
using System.Data;
using Npgsql;
using OpenClaw.Data;
using OpenClaw.Jobs.Engine.Execution;

namespace OpenClaw.Jobs.Engine.Hangfire;

/// <summary>
/// Locks that end with the process that holds them: advisory locks of one session of its own, on the direct connection.
/// Within the process they are handed on in memory, so a waiter holds no connection and is woken at once.
/// </summary>
/// <remarks>
/// Hangfire's own are rows that a killed process leaves behind, and whoever waits for one sleeps up to a second. If the
/// session breaks its locks are gone; what they guarded is fenced by the ledger.
/// </remarks>
public sealed class SessionLocks : IDisposable
{
    /// <summary>Function of SQL from a text and a seed to the key of an advisory lock.</summary>
    internal const string KeySql = "hashtextextended";

    /// <summary>What the session is called at the server.</summary>
    internal const string ApplicationName = "openclaw locks";

    /// <summary>Followed by an executor's id: the lock that it holds as long as it lives.</summary>
    internal const string OfExecutors = "executor:";

    // Other processes hold one of Hangfire's for milliseconds.
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(20);

    private readonly ConcurrentDictionary<string, Turnstile> _turnstiles = new();
    private readonly Lock _session = new();
    private readonly string _connectionString;
    private readonly string _ownName;
    private NpgsqlConnection? _connection;
    private bool _holdsOwnName;

    /// <param name="connectionString">Of the database itself, not of a pooler in transaction mode.</param>
    /// <param name="executor">Whose name is locked while the session lasts.</param>
    public SessionLocks(string connectionString, ExecutorIdentity executor)
    {
        _connectionString = new NpgsqlConnectionStringBuilder(connectionString)
        {
            ApplicationName = ApplicationName,
            Pooling = false,
            Enlist = false,
            MaxAutoPrepare = 4,
            AutoPrepareMinUsages = 1,
            KeepAlive = 10,
            CommandTimeout = 10,
        }.ConnectionString;
        _ownName = OfExecutors + executor.Id;
    }

    /// <summary>The lock, or null when it could not be had in time.</summary>
    public IDisposable? TryAcquire(string resource, TimeSpan timeout)
    {
        var until = Environment.TickCount64 + (long)Math.Min(timeout.TotalMilliseconds, int.MaxValue);
        var turnstile = Enter(resource);
        if (!turnstile.Gate.Wait(Left(until)))
        {
            Leave(resource, turnstile);
            return null;
        }

        try
        {
            while (!Ask("SELECT pg_try_advisory_lock(hashtextextended($1, 0))", resource))
            {
                if (Left(until) == 0)
                {
                    turnstile.Gate.Release();
                    Leave(resource, turnstile);
                    return null;
                }

                // Hangfire asks for locks on a thread of its own, and waits for the answer.
#pragma warning disable RS0030
                Thread.Sleep(LookAgain);
#pragma warning restore RS0030
            }

            return new Held(this, resource, turnstile);
        }
        catch
        {
            turnstile.Gate.Release();
            Leave(resource, turnstile);
            throw;
        }
    }

    /// <summary>Holds the lock that says that this process lives, again if its session had broken. False when it cannot.</summary>
    public bool HoldOwnName()
    {
        using var outside = AmbientTransaction.Suppress();
        lock (_session)
        {
            try
            {
                // What keeps it alive has found that it is gone.
                if (_connection is { FullState: not ConnectionState.Open })
                {
                    Break();
                }

                if (_connection is null || !_holdsOwnName)
                {
                    _holdsOwnName = Execute("SELECT pg_try_advisory_lock(hashtextextended($1, 0))", _ownName);
                }

                return _holdsOwnName;
            }
            catch (Exception exception) when (exception is NpgsqlException or InvalidOperationException or TimeoutException)
            {
                Break();
                return false;
            }
        }
    }

    public void Dispose()
    {
        lock (_session)
        {
            Break();
        }
    }

    private static int Left(long until) => (int)Math.Max(0, until - Environment.TickCount64);

    private Turnstile Enter(string resource)
    {
        while (true)
        {
            var turnstile = _turnstiles.GetOrAdd(resource, _ => new Turnstile());
            lock (turnstile)
            {
                if (!turnstile.Closed)
                {
                    turnstile.Waiting++;
                    return turnstile;
                }
            }
        }
    }

    private void Leave(string resource, Turnstile turnstile)
    {
        lock (turnstile)
        {
            if (--turnstile.Waiting == 0)
            {
                turnstile.Closed = true;
                _turnstiles.TryRemove(new(resource, turnstile));
            }
        }
    }

    private void Release(string resource, Turnstile turnstile)
    {
        try
        {
            Ask("SELECT pg_advisory_unlock(hashtextextended($1, 0))", resource);
        }
        catch (Exception exception) when (exception is NpgsqlException or InvalidOperationException or TimeoutException)
        {
            // The session is gone, and the lock with it.
        }
        finally
        {
            turnstile.Gate.Release();
            Leave(resource, turnstile);
        }
    }

    private bool Ask(string sql, string resource)
    {
        using var outside = AmbientTransaction.Suppress();
        lock (_session)
        {
            try
            {
                return Execute(sql, resource);
            }
            catch (Exception exception) when (exception is NpgsqlException or InvalidOperationException or TimeoutException)
            {
                Break();
                throw;
            }
        }
    }

    private bool Execute(string sql, string resource)
    {
        if (_connection is null)
        {
            _connection = new NpgsqlConnection(_connectionString);
            _connection.Open();

            // Who holds locks on a standby holds them against nobody.
            WritableSessions.Check(_connection);
        }

        using var command = new NpgsqlCommand(sql, _connection) { Parameters = { new NpgsqlParameter<string> { TypedValue = resource } } };
        return command.ExecuteScalar() is true;
    }

    private void Break()
    {
        _connection?.Dispose();
        _connection = null;
        _holdsOwnName = false;
    }

    private sealed class Turnstile
    {
        public SemaphoreSlim Gate { get; } = new(1, 1);

        public int Waiting { get; set; }

        public bool Closed { get; set; }
    }

    private sealed class Held(SessionLocks owner, string resource, Turnstile turnstile) : IDisposable
    {
        private SessionLocks? _owner = owner;

        public void Dispose() => Interlocked.Exchange(ref _owner, null)?.Release(resource, turnstile);
    }
}
