using OpenClaw.Data.Workflows;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Messages;
using OpenClaw.Jobs.Requests;
using OpenClaw.Web.Api.Agents;
using OpenClaw.Web.Api.Problems;

namespace OpenClaw.Web.Api.Operations;

/// <summary>Answers for a message: with the agent's reply if it comes soon, else with the message, which is stored and on its way.</summary>
internal sealed class MessageAnswers(WorkflowWaiter waiter, AgentQueries agents)
{
    /// <param name="decision">What became of the message.</param>
    /// <param name="context">The request that brought it.</param>
    /// <param name="patience">How long the reply is waited for; null for a few seconds.</param>
    public Task<IResult> AnswerAsync(Decision<AcceptedMessage> decision, HttpContext context, TimeSpan? patience = null) =>
        decision.Match(accepted => AnswerAsync(accepted, context, patience), refusal => Task.FromResult<IResult>(ProblemResult.Of(refusal)));

    private async Task<IResult> AnswerAsync(AcceptedMessage accepted, HttpContext context, TimeSpan? patience)
    {
        var status = accepted.WorkflowUuid is { } uuid ? await waiter.WaitAsync(uuid, context, patience) : WorkflowStatus.Pending;
        if (status is not (WorkflowStatus.Success or WorkflowStatus.Enqueued or WorkflowStatus.Pending))
        {
            return await waiter.DescribeFailureAsync(accepted.WorkflowUuid!.Value, accepted.AgentId, context);
        }

        var (message, reply) = await agents.ExchangeAsync(accepted.MessageId, context.RequestAborted);
        var response = new MessageExchangeResponse(MessageResponse.FromMessage(message), reply is null ? null : MessageResponse.FromMessage(reply));
        if (status is WorkflowStatus.Success)
        {
            return TypedResults.Ok(response);
        }

        var address = accepted.WorkflowUuid is { } workflow ? ApiComposition.WorkflowAddress(workflow) : $"{ApiComposition.AgentAddress(accepted.AgentId)}/messages";
        return TypedResults.Accepted(address, response);
    }
}
