using System.Collections.Concurrent;
using OpenClaw.Jobs.Engine.Runners;

namespace OpenClaw.Jobs.Engine.Execution;

/// <summary>What this process runs at the moment. It runs a workflow once at a time.</summary>
public sealed class RunningWorkflows
{
    private readonly ConcurrentDictionary<Guid, CancellationTokenSource> _running = new();

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
