using System.Collections.Concurrent;

namespace OpenClaw.Jobs.Workflows.Execution;

/// <summary>What this process runs at the moment. At most one job of it at a time may run a workflow.</summary>
public sealed class RunningWorkflows
{
    private readonly ConcurrentDictionary<Guid, CancellationTokenSource> _running = new();

    /// <summary>Null when this process runs the workflow already.</summary>
    public Entry? TryEnter(Guid workflowUuid)
    {
        var cancellation = new CancellationTokenSource();
        if (_running.TryAdd(workflowUuid, cancellation))
        {
            return new Entry(this, workflowUuid, cancellation);
        }

        cancellation.Dispose();
        return null;
    }

    public bool Contains(Guid workflowUuid) => _running.ContainsKey(workflowUuid);

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
        /// <summary>Fires when the workflow is to be cancelled.</summary>
        public CancellationToken Cancelled => cancellation.Token;

        public void Dispose()
        {
            owner._running.TryRemove(new(workflowUuid, cancellation));
            cancellation.Dispose();
        }
    }
}
