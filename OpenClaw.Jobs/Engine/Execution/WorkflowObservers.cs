using Microsoft.Extensions.Logging;
using OpenClaw.Jobs.Engine.Ledger;

namespace OpenClaw.Jobs.Engine.Execution;

/// <summary>Tells who wants to know how runs go. What one of them makes of it is no matter of the run's, and keeps it from nobody else.</summary>
public sealed partial class WorkflowObservers(IEnumerable<IWorkflowObserver> observers, ILogger<WorkflowObservers> logger)
{
    private readonly IWorkflowObserver[] _observers = [.. observers];

    public void Tell(StepMoment moment, StepClaim claim)
    {
        foreach (var observer in _observers)
        {
            try
            {
                observer.On(moment, claim);
            }
            catch (Exception exception)
            {
                LogFailed(logger, observer.GetType().Name, claim.WorkflowUuid, exception);
            }
        }
    }

    [LoggerMessage(EventId = 1135, Level = LogLevel.Error, Message = "{Observer} failed at what it was told of workflow {WorkflowUuid}; the workflow goes on.")]
    private static partial void LogFailed(ILogger logger, string observer, Guid workflowUuid, Exception exception);
}
