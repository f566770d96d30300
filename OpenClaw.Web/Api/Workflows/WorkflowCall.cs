using System.Security.Claims;
using OpenClaw.Data.Workflows;
using OpenClaw.Jobs.Decisions;
using OpenClaw.Jobs.Workflows;
using OpenClaw.Web.Api.Binding;
using OpenClaw.Web.Api.Problems;
using OpenClaw.Web.Security;

namespace OpenClaw.Web.Api.Workflows;

/// <summary>What every request about a workflow comes with.</summary>
internal sealed record WorkflowCall(WorkflowQueries Workflows, DecisionMaker Decisions, IdempotencyHeader Idempotency, ClaimsPrincipal User, HttpContext Context)
{
    public string Actor => User.ToCaller().Actor;

    public CancellationToken Cancelled => Context.RequestAborted;

    /// <summary>Answers about a run of the caller's; somebody else's is not there.</summary>
    public async Task<IResult> WithAsync(Guid uuid, Func<Workflow, Task<IResult>> answer) =>
        await Workflows.FindAsync(uuid, User.ToCaller().Owner, Cancelled) is { } workflow
            ? await answer(workflow)
            : ProblemResult.Of(new Refusal.NotFound("workflow_not_found", $"There is no workflow {uuid}."));

    /// <summary>Carries out once what was asked about a run of the caller's; <paramref name="act"/> returns null or why not.</summary>
    public Task<IResult> DecideAsync(Guid uuid, Func<Workflow, Task<Refusal?>> act) => WithAsync(uuid, async workflow =>
    {
        var decision = await Decisions.DecideAsync<Guid>(
            Idempotency.Key, async _ => await act(workflow) is { } refusal ? refusal : uuid, Cancelled);
        return decision is Decision<Guid>.Refused { Refusal: var refused } ? ProblemResult.Of(refused) : await AcceptedAsync(uuid);
    });

    private Task<IResult> AcceptedAsync(Guid uuid) => WithAsync(
        uuid, workflow => Task.FromResult<IResult>(TypedResults.Accepted(ApiComposition.WorkflowAddress(uuid), WorkflowResponse.From(workflow))));
}
