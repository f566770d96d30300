using System.Security.Claims;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Requests;
using OpenClaw.Web.Api.Binding;
using OpenClaw.Web.Api.Operations;
using OpenClaw.Web.Security;

namespace OpenClaw.Web.Api.Agents;

/// <summary>What every request about an agent comes with.</summary>
internal sealed record AgentCall(AgentService Agents, OperationAnswers Answers, ClaimsPrincipal User, IdempotencyHeader Idempotency, HttpContext Context)
{
    public Caller Caller => User.ToCaller();

    public RequestKey? Key => Idempotency.Key;

    public CancellationToken Cancelled => Context.RequestAborted;

    public Task<IResult> AnswerAsync(Decision<StartedOperation> decision, Func<AgentResponse, IResult> done) =>
        Answers.AnswerAsync(decision, done, Context);
}
