using OpenClaw.Data;
using OpenClaw.Data.Agents;
using OpenClaw.Data.Questions;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Messages;

namespace OpenClaw.Jobs.Questions;

/// <summary>Agents that ask: each is sent the answer as a message of its owner's, in the transaction that takes it.</summary>
public sealed class AgentQuestions(MessageRouter router) : IQuestionAsker
{
    public QuestionAsker Kind => QuestionAsker.Agent;

    public async Task<DateTimeOffset?> EndedAsync(Question question, string by, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        if (question is { TellsAgent: true, AgentId: { } id } && await db.HoldAgentAsync(id, cancellationToken) is { Status: not AgentStatus.Stopped } agent)
        {
            await router.AcceptAsync(agent, new NewMessage($"question:{question.Id}", Addresses.OfOwner(question.Owner), QuestionTexts.ForAgent(question), Metadata: null), db, cancellationToken);
        }

        return null;
    }
}
