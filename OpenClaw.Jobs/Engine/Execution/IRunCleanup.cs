namespace OpenClaw.Jobs.Engine.Execution;

/// <summary>
/// Puts in order what a run leaves behind that has ended and whose definition's hooks failed at it: nothing waits for the run any
/// more, and its owner hears of it.
/// </summary>
public interface IRunCleanup
{
    /// <summary>In the ambient transaction, after the ledger's end.</summary>
    /// <param name="workflowUuid">The run.</param>
    /// <param name="reason">Why it ended, cleaned of what cannot be kept.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task WriteAsync(Guid workflowUuid, string reason, CancellationToken cancellationToken);
}
