using Microsoft.EntityFrameworkCore;
using OpenClaw.Data.Messages;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Messages;
using OpenClaw.Jobs.Requests;

namespace OpenClaw.Jobs.IssueWork;

/// <summary>Takes messages of the kind <c>progress</c>, by which agents say how far they are.</summary>
public sealed class ProgressHandler(RequestDecider decisions, WorkProgress progress, TimeProvider time)
{
    /// <summary>Stores the report and tells the owner, in one transaction. The same agent and message id are one report.</summary>
    /// <param name="agentId">Who reports.</param>
    /// <param name="to">The address that it wrote to; kept with the message.</param>
    /// <param name="report">What it says.</param>
    /// <param name="message">The message that says it.</param>
    /// <param name="caller">Whose agent it is.</param>
    /// <param name="cancellationToken">Gives up; nothing has changed then.</param>
    /// <returns>Our id of the stored message.</returns>
    public async Task<Decision<Guid>> AcceptAsync(Guid agentId, string to, ProgressReport report, NewMessage message, Caller caller, CancellationToken cancellationToken) =>
        MessageRules.Check(message) is { } invalid
            ? invalid
            : await decisions.DecideAsync<Guid>(
                key: null,
                async db =>
                {
                    if (await db.LockAgentAsync(agentId, caller, cancellationToken) is not { } agent)
                    {
                        return new Refusal.NotFound("agent_not_found", $"There is no agent {agentId}.");
                    }

                    var now = time.GetUtcNow();
                    var row = (message with { From = MessageRouter.AddressOf(agent) }).ToMessage(caller.Owner, to, agent, parked: null, now);
                    var known = await db.Messages.AsNoTracking().SingleOrDefaultAsync(other => other.Sender == row.Sender && other.MessageId == row.MessageId, cancellationToken);
                    if (known is not null)
                    {
                        return row.Repeats(known) ? known.Id : new Refusal.IdReused(row.MessageId);
                    }

                    if (await progress.ReportAsync(agent, report, $"report:{row.MessageId}", db, cancellationToken) is { } refusal)
                    {
                        return new Refusal.Conflict("no_work", refusal);
                    }

                    (row.State, row.DeliveredAt) = (MessageState.Delivered, now);
                    db.Messages.Add(row);
                    return row.Id;
                },
                cancellationToken);
}
