using Hangfire;
using Hangfire.Common;
using Hangfire.Server;

namespace OpenClaw.Jobs.Workflows.Execution;

/// <summary>
/// What Hangfire calls. The names and arguments of these methods are stored in jobs that outlive a deploy: they are
/// frozen, and carry ids only.
/// </summary>
/// <remarks>The runner owns the retries of a step; Hangfire's own are for a database that is away.</remarks>
[AutomaticRetry(Attempts = 20, DelaysInSeconds = [1, 2, 5, 5, 10], ExceptOn = [typeof(StepOutcomeException)])]
public sealed class WorkflowJobs(StepRunner runner)
{
    /// <summary>Runs one step of a chained workflow.</summary>
    [JobDisplayName("{1} · {0}")]
    public Task RunStepAsync(Guid workflowUuid, string step, PerformContext context, CancellationToken cancellationToken) =>
        runner.RunStepAsync(workflowUuid, step, context.BackgroundJob.Id, cancellationToken);

    /// <summary>Runs an inline workflow from its next step to its end.</summary>
    [JobDisplayName("workflow · {0}")]
    public Task RunAsync(Guid workflowUuid, PerformContext context, CancellationToken cancellationToken) =>
        runner.RunAsync(workflowUuid, context.BackgroundJob.Id, cancellationToken);

    internal static Guid WorkflowOf(Job job) => job.Args[0] switch
    {
        Guid uuid => uuid,
        var other => Guid.Parse($"{other}"),
    };
}
