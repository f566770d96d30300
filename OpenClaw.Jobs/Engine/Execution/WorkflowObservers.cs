using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenClaw.Jobs.Engine.Ledger;

namespace OpenClaw.Jobs.Engine.Execution;

/// <summary>Tells who wants to know how runs go. What one of them makes of it is no matter of the run's, and keeps it from nobody else.</summary>
/// <param name="services">Has the observers, which are asked for with the first move: they may themselves begin and wait for runs.</param>
/// <param name="logger">Hears of an observer that fails.</param>
public sealed partial class WorkflowObservers(IServiceProvider services, ILogger<WorkflowObservers> logger)
{
    private readonly Lazy<IWorkflowObserver[]> _observers = new(() => [.. services.GetServices<IWorkflowObserver>()]);

    public void Tell(StepMoment moment, StepClaim claim)
    {
        foreach (var observer in _observers.Value)
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
