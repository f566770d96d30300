using System.Collections.Concurrent;
using OpenClaw.Jobs.Engine.Runners;

namespace OpenClaw.Jobs.Engine.Execution;

/// <summary>What this process runs at the moment. It runs a workflow once at a time.</summary>
public sealed class RunningWorkflows
{
    private readonly ConcurrentDictionary<Guid, CancellationTokenSource> _running = new();

    private int _doubted;

    /// <summary>Null when this process runs the workflow already.</summary>
    /// <param name="workflowUuid">The run.</param>
    /// <param name="permit">Of an inline run, which rests while the run waits for something outside.</param>
    public Entry? TryEnter(Guid workflowUuid, WorkPermit? permit = null)
    {
        var cancellation = new CancellationTokenSource();
        if (_running.TryAdd(workflowUuid, cancellation))
        {
            return new Entry(this, workflowUuid, cancellation) { Permit = permit };
        }

        cancellation.Dispose();
        return null;
    }

    public bool Contains(Guid workflowUuid) => _running.ContainsKey(workflowUuid);

    /// <summary>
    /// The ledger may say that this process holds runs that are not here: an answer to a claim, or what came of one, was lost
    /// with the connection.
    /// </summary>
    public void Doubt() => Interlocked.Exchange(ref _doubted, 1);

    /// <summary>Whether there was doubt since it was last asked for.</summary>
    internal bool TakeDoubt() => Interlocked.Exchange(ref _doubted, 0) == 1;

    /// <summary>Cancels the step under way, if this process runs the workflow.</summary>
    public void Cancel(Guid workflowUuid)
    {
        if (_running.TryGetValue(workflowUuid, out var cancellation))
        {
            try
            {
                cancellation.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // It ended in this very moment.
            }
        }
    }

    /// <summary>The workflow runs here until this is disposed.</summary>
    public sealed class Entry(RunningWorkflows owner, Guid workflowUuid, CancellationTokenSource cancellation) : IDisposable
    {
        /// <summary>Of an inline run.</summary>
        public WorkPermit? Permit { get; init; }

        /// <summary>Fires when the workflow is to be cancelled.</summary>
        public CancellationToken Cancelled => cancellation.Token;

        public void Dispose()
        {
            owner._running.TryRemove(new(workflowUuid, cancellation));
            cancellation.Dispose();
        }
    }
}
