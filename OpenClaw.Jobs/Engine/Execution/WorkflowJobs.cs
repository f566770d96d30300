using Hangfire;
using Hangfire.Common;
using Hangfire.Server;
using OpenClaw.Jobs.Engine.Runners;

namespace OpenClaw.Jobs.Engine.Execution;

/// <summary>
/// What Hangfire calls. The names and arguments of these methods are stored in jobs that outlive a deploy: they are
/// frozen, and carry ids only.
/// </summary>
/// <remarks>The runner owns the retries of a step; Hangfire's own are for a database that is away.</remarks>
[AutomaticRetry(Attempts = 20, DelaysInSeconds = [1, 2, 5, 5, 10], ExceptOn = [typeof(StepOutcomeException)])]
public sealed class WorkflowJobs(StepRunner runner, InlineRunners runners)
{
    /// <summary>Runs one step of a chained workflow.</summary>
    [JobDisplayName("{1} · {0}")]
    public Task RunStepAsync(Guid workflowUuid, string step, PerformContext context, CancellationToken cancellationToken) =>
        runner.RunStepAsync(workflowUuid, step, context.BackgroundJob.Id, cancellationToken);

    /// <summary>Of builds before, which had a job for every inline run. Such a run is in the ledger, and a runner takes it.</summary>
    [JobDisplayName("workflow · {0}")]
    public Task RunAsync(Guid workflowUuid, PerformContext context, CancellationToken cancellationToken) => runners.StartOverdueAsync(cancellationToken);

    internal static Guid WorkflowOf(Job job) => job.Args[0] switch
    {
        Guid uuid => uuid,
        var other => Guid.Parse($"{other}"),
    };
}
