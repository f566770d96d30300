using System.Diagnostics;

namespace OpenClaw.Jobs.Engine.Execution;

/// <summary>Who this process is in the ledger, and in Hangfire's list of servers.</summary>
public sealed class ExecutorIdentity
{
    /// <summary>
    /// A process that has served for so long since its start has shown that it can, and may start what was under way when
    /// others died: twice; twice as long for three times, and so on.
    /// </summary>
    public static readonly TimeSpan Probation = TimeSpan.FromSeconds(5);

    private long? _serving;

    /// <param name="node">The place that only one process can have at a time: machine and port.</param>
    public ExecutorIdentity(string node)
    {
        Node = node;
        Id = $"{node}/{Environment.ProcessId}-{Guid.NewGuid().ToString("N")[..8]}";
    }

    public string Node { get; }

    /// <summary>Unique for each start of a process. Hangfire's server ids begin with it.</summary>
    public string Id { get; }

    /// <summary>How long it has served.</summary>
    public TimeSpan Served => _serving is { } since ? Stopwatch.GetElapsedTime(since) : TimeSpan.Zero;

    /// <summary>The process serves from now on.</summary>
    public void Serve() => _serving = Stopwatch.GetTimestamp();

    /// <summary>Whether a Hangfire server id (<c>name:pid:guid</c>) is one of the executor's. Hangfire writes it in lower case, a machine its name as it likes.</summary>
    public static bool Owns(string executorId, string serverId) => serverId.StartsWith(executorId + ":", StringComparison.OrdinalIgnoreCase);
}
