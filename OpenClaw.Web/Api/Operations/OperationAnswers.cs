using System.Diagnostics.CodeAnalysis;
using OpenClaw.Data.Workflows;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Requests;
using OpenClaw.Web.Api.Agents;
using OpenClaw.Web.Api.Problems;
using OpenClaw.Web.Security;

namespace OpenClaw.Web.Api.Operations;

/// <summary>
/// Answers for an operation that a workflow carries out: with the agent when it is done within a few seconds, with where
/// to look when it takes longer, and with the workflow's own error when it ended without success. Nothing is undone by
/// an answer: the workflow goes on, and the agent stays.
/// </summary>
internal sealed class OperationAnswers(WorkflowWaiter waiter, AgentQueries agents)
{
    public Task<IResult> AnswerAsync(Decision<StartedOperation> decision, Func<AgentResponse, IResult> done, HttpContext context) =>
        decision.Match(started => AnswerAsync(started, done, context), refusal => Task.FromResult<IResult>(ProblemResult.Of(refusal)));

    private async Task<IResult> AnswerAsync(StartedOperation started, Func<AgentResponse, IResult> done, HttpContext context)
    {
        var status = started.WorkflowUuid is { } uuid ? await waiter.WaitAsync(uuid, context) : WorkflowStatus.Success;
        var agent = await agents.FindAsync(started.AgentId, context.User.ToCaller(), context.RequestAborted)
            ?? throw new InvalidOperationException($"Agent {started.AgentId} was accepted and is gone.");
        var response = AgentResponse.From(agent);
        return status switch
        {
            WorkflowStatus.Success => done(response),
            WorkflowStatus.Enqueued or WorkflowStatus.Pending => TypedResults.Accepted(
                ApiComposition.WorkflowAddress(started.WorkflowUuid!.Value), new OperationResponse(started.WorkflowUuid.Value, response)),
            _ => await waiter.DescribeFailureAsync(started.WorkflowUuid!.Value, agent.Id, context),
        };
    }
}

/// <summary>An operation that is still under way. The agent's members are here too, as in the answer when it is done.</summary>
public sealed record OperationResponse : AgentResponse
{
    [SetsRequiredMembers]
    internal OperationResponse(Guid workflowUuid, AgentResponse agent) : base(agent) => (WorkflowUuid, Agent) = (workflowUuid, agent);

    /// <summary>The workflow that carries the operation out.</summary>
    public required Guid WorkflowUuid { get; init; }

    /// <summary>The agent as it is now.</summary>
    public required AgentResponse Agent { get; init; }

    /// <summary>The same for people.</summary>
    public string Message => $"It is under way; workflow {WorkflowUuid} tells what becomes of it.";
}
