using System.Security.Claims;
using OpenClaw.Data.Workflows;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Requests;
using OpenClaw.Web.Api.Binding;
using OpenClaw.Web.Api.Problems;
using OpenClaw.Web.Security;

namespace OpenClaw.Web.Api.Workflows;

/// <summary>What every request about a workflow comes with.</summary>
internal sealed record WorkflowCall(WorkflowQueries Workflows, IdempotencyHeader Idempotency, ClaimsPrincipal User, HttpContext Context)
{
    public Caller Caller => User.ToCaller();

    public RequestKey? Key => Idempotency.Key;

    public CancellationToken Cancelled => Context.RequestAborted;

    /// <summary>Answers about a run of the caller's; somebody else's is not there.</summary>
    public async Task<IResult> WithAsync(Guid uuid, Func<Workflow, Task<IResult>> answer) =>
        await Workflows.FindAsync(uuid, Caller.Owner, Cancelled) is { } workflow
            ? await answer(workflow)
            : ProblemResult.Of(new Refusal.NotFound("workflow_not_found", $"There is no workflow {uuid}."));

    /// <summary>Has done what was asked about a run of the caller's, and answers with the run that <paramref name="act"/> names.</summary>
    public Task<IResult> DecideAsync(Guid uuid, Func<Workflow, Task<Decision<Guid>>> act) => WithAsync(uuid, async workflow =>
        await (await act(workflow)).Match(AcceptedAsync, refusal => Task.FromResult<IResult>(ProblemResult.Of(refusal))));

    private Task<IResult> AcceptedAsync(Guid uuid) => WithAsync(
        uuid, workflow => Task.FromResult<IResult>(TypedResults.Accepted(ApiComposition.WorkflowAddress(uuid), WorkflowResponse.From(workflow))));
}
