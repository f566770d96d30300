using OpenClaw.Data.Workflows;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Requests;

namespace OpenClaw.Web.Api.Workflows;

/// <summary>What a person can do to a run, each once for a key; answers with the run to look at, or why not.</summary>
internal sealed class WorkflowOperations(RequestDecider decisions, WorkflowClient client)
{
    public Task<Decision<Guid>> CancelAsync(Workflow workflow, string? reason, Caller caller, RequestKey? key, CancellationToken cancellationToken)
    {
        var uuid = workflow.WorkflowUuid;
        return decisions.DecideAsync<Guid>(
            key,
            async _ => await client.CancelAsync(uuid, caller.Actor, reason, cancellationToken) || workflow.Status is WorkflowStatus.Cancelled
                ? uuid
                : new Refusal.Conflict("workflow_ended", $"Workflow {uuid} has ended; there is nothing to cancel."),
            cancellationToken);
    }

    public Task<Decision<Guid>> ResumeAsync(Guid uuid, Caller caller, RequestKey? key, CancellationToken cancellationToken) => decisions.DecideAsync<Guid>(
        key,
        async _ => await client.ResumeAsync(uuid, caller.Actor, cancellationToken) is { } refusal ? new Refusal.Conflict("not_resumable", refusal) : uuid,
        cancellationToken);

    public Task<Decision<Guid>> RecoverAsync(Guid uuid, Caller caller, RequestKey? key, CancellationToken cancellationToken) => decisions.DecideAsync<Guid>(
        key,
        async _ => await client.RecoverAsync(uuid, caller.Actor, cancellationToken) is { } refusal ? new Refusal.Conflict("not_recoverable", refusal) : uuid,
        cancellationToken);

    /// <returns>The new run.</returns>
    public Task<Decision<Guid>> ForkAsync(Guid uuid, string? step, Caller caller, RequestKey? key, CancellationToken cancellationToken) => string.IsNullOrWhiteSpace(step)
        ? Task.FromResult<Decision<Guid>>(Refusal.Invalid.Of("step", "step must name a step of the workflow; GET its /steps."))
        : decisions.DecideAsync<Guid>(
            key,
            async _ => await client.ForkAsync(uuid, step, caller.Actor, cancellationToken) is var (refusal, fork) && refusal is null
                ? fork
                : new Refusal.Conflict("not_forkable", refusal!),
            cancellationToken);
}
