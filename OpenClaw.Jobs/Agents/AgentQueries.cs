using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Agents;
using OpenClaw.Data.Heartbeats;
using OpenClaw.Data.Messages;
using OpenClaw.Data.Workflows;
using OpenClaw.Jobs.Requests;

namespace OpenClaw.Jobs.Agents;

/// <summary>Reads agents and what belongs to them.</summary>
public sealed class AgentQueries(IDbContextFactory<OpenClawDbContext> contexts)
{
    /// <summary>Null when each of them is the owner's; else the refusal of what names them. None is named twice.</summary>
    public Task<Refusal.NotFound?> WhyNotOfAsync(string owner, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) => ReadAsync(
        async db => await db.Agents.CountAsync(agent => agent.UserId == owner && ids.Contains(agent.Id), cancellationToken) == ids.Count
            ? null
            : new Refusal.NotFound("agent_not_found", "One of the agents does not exist."),
        cancellationToken);

    /// <summary>Null for an unknown agent and for somebody else's.</summary>
    public Task<Agent?> FindAsync(Guid id, Caller caller, CancellationToken cancellationToken) =>
        ReadAsync(db => db.FindAgentAsync(id, caller, cancellationToken), cancellationToken);

    /// <summary>Those of them that are there and the caller's, by id.</summary>
    public Task<Dictionary<Guid, Agent>> FindAsync(IReadOnlyCollection<Guid> ids, Caller caller, CancellationToken cancellationToken) => ReadAsync(
        db => db.Agents.AsNoTracking().Where(agent => agent.UserId == caller.Owner && ids.Contains(agent.Id) && (caller.Agents.Count == 0 || caller.Agents.Contains(agent.Id))).ToDictionaryAsync(agent => agent.Id, cancellationToken),
        cancellationToken);

    /// <summary>Newest first, with how many there are in all.</summary>
    public Task<(IReadOnlyList<Agent> Agents, int Total)> ListAsync(
        AgentStatus? status, int limit, int offset, Caller caller, CancellationToken cancellationToken) => ReadAsync(
        async db =>
        {
            var agents = db.Agents.AsNoTracking().Where(agent => agent.UserId == caller.Owner && (status == null || agent.Status == status) && (caller.Agents.Count == 0 || caller.Agents.Contains(agent.Id)));
            var page = await agents.OrderByDescending(agent => agent.Id).Skip(offset).Take(limit).ToListAsync(cancellationToken);
            return ((IReadOnlyList<Agent>)page, await agents.CountAsync(cancellationToken));
        },
        cancellationToken);

    /// <summary>Those that are not stopped, newest first.</summary>
    public Task<List<Agent>> NotStoppedAsync(int limit, Caller caller, CancellationToken cancellationToken) => ReadAsync(
        db => db.Agents.AsNoTracking().Where(agent => agent.UserId == caller.Owner && agent.Status != AgentStatus.Stopped && (caller.Agents.Count == 0 || caller.Agents.Contains(agent.Id)))
            .OrderByDescending(agent => agent.Id).Take(limit).ToListAsync(cancellationToken),
        cancellationToken);

    /// <summary>Newest first. The id of a page's last beat is the cursor of the next page.</summary>
    public Task<List<HeartbeatExecution>> HeartbeatsAsync(Guid id, Guid? before, int limit, CancellationToken cancellationToken) => ReadAsync(
        db => db.HeartbeatExecutions.AsNoTracking().Where(execution => execution.AgentId == id && (before == null || execution.Id < before))
            .OrderByDescending(execution => execution.Id).Take(limit).ToListAsync(cancellationToken),
        cancellationToken);

    /// <summary>Newest first, with how many there are in all; only the one of a workflow, if that is given.</summary>
    public Task<(List<HeartbeatExecution> Page, int Total)> HeartbeatsAsync(Guid id, Guid? workflow, int limit, int offset, CancellationToken cancellationToken) => ReadAsync(
        async db =>
        {
            var beats = db.HeartbeatExecutions.AsNoTracking().Where(execution => execution.AgentId == id && (workflow == null || execution.WorkflowUuid == workflow));
            return (await beats.OrderByDescending(execution => execution.Id).Skip(offset).Take(limit).ToListAsync(cancellationToken), await beats.CountAsync(cancellationToken));
        },
        cancellationToken);

    /// <summary>Newest first.</summary>
    public Task<List<AgentCheckpoint>> CheckpointsAsync(Guid id, int limit, CancellationToken cancellationToken) => ReadAsync(
        db => db.AgentCheckpoints.AsNoTracking().Where(checkpoint => checkpoint.AgentId == id)
            .OrderByDescending(checkpoint => checkpoint.Number).Take(limit).ToListAsync(cancellationToken),
        cancellationToken);

    /// <summary>When it was paused last, even if it runs again; null for never. The newest checkpoint is never removed.</summary>
    public Task<DateTimeOffset?> LastPausedAtAsync(Guid id, CancellationToken cancellationToken) => ReadAsync(
        db => db.AgentCheckpoints.Where(checkpoint => checkpoint.AgentId == id).OrderByDescending(checkpoint => checkpoint.Number)
            .Select(checkpoint => (DateTimeOffset?)checkpoint.CreatedAt).FirstOrDefaultAsync(cancellationToken),
        cancellationToken);

    /// <summary>What was said to and by the agent, and told its owner of it, newest first.</summary>
    public Task<List<Message>> MessagesAsync(Guid id, int limit, CancellationToken cancellationToken) => ReadAsync(
        db => db.Messages.AsNoTracking().Where(message => message.AgentId == id)
            .OrderByDescending(message => message.Sequence).Take(limit).ToListAsync(cancellationToken),
        cancellationToken);

    /// <summary>A message that was accepted, and what came back last, if it is there already.</summary>
    public Task<(Message Message, Message? Reply)> ExchangeAsync(Guid messageId, CancellationToken cancellationToken) => ReadAsync(
        async db =>
        {
            var both = await db.Messages.AsNoTracking().Where(message => message.Id == messageId || message.ReplyTo == messageId)
                .OrderBy(message => message.Sequence).ToListAsync(cancellationToken);
            var message = both.Single(message => message.Id == messageId);
            return message.AnsweredWith is { } first
                ? (message, await db.Messages.AsNoTracking().Where(reply => reply.ReplyTo == first).OrderByDescending(reply => reply.Sequence).FirstOrDefaultAsync(cancellationToken))
                : (message, both.FindLast(message => message.ReplyTo == messageId));
        },
        cancellationToken);

    /// <summary>How a workflow stands in the ledger; null for one that is kept no more.</summary>
    public Task<WorkflowStatus?> StatusOfAsync(Guid workflowUuid, CancellationToken cancellationToken) => ReadAsync(
        db => db.Workflows.Where(workflow => workflow.WorkflowUuid == workflowUuid).Select(workflow => (WorkflowStatus?)workflow.Status).SingleOrDefaultAsync(cancellationToken),
        cancellationToken);

    private async Task<T> ReadAsync<T>(Func<OpenClawDbContext, Task<T>> read, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await read(db);
    }
}
