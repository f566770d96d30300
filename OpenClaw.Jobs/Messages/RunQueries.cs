using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Messages;
using OpenClaw.Data.Workflows;
using OpenClaw.Jobs.Requests;

namespace OpenClaw.Jobs.Messages;

/// <summary>Reads the runs of agents, newest first: each is a message with the workflow that delivers it.</summary>
public sealed class RunQueries(IDbContextFactory<OpenClawDbContext> contexts)
{
    /// <summary>What an agent was told, by our id or by its sender's; null when there is no such message.</summary>
    /// <param name="id">Our id of the message or, of <paramref name="sender"/>'s, its own.</param>
    /// <param name="sender">Whose own ids are known here.</param>
    /// <param name="caller">Whose agents.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Message?> FindAsync(string id, string sender, Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var ours = Guid.TryParse(id, out var given) ? given : Guid.Empty;
        var found = await db.Messages.AsNoTracking()
            .Where(message => (message.Id == ours || (message.Sender == sender && message.MessageId == id)) && message.Owner == caller.Owner && message.ReplyTo == null && message.AgentId != null && message.Recipient.StartsWith("agent:"))
            .Where(message => caller.Agents.Count == 0 || caller.Agents.Contains(message.AgentId!.Value))
            .Take(2).ToListAsync(cancellationToken);
        return found.Find(message => message.Id == ours) ?? found.FirstOrDefault();
    }

    /// <param name="filter">Which ones.</param>
    /// <param name="limit">So many at most.</param>
    /// <param name="caller">Whose agents.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<List<AgentRun>> ListAsync(RunFilter filter, int limit, Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var messages = db.Messages.AsNoTracking().Where(message => message.Owner == caller.Owner && message.WorkflowUuid != null && message.ReplyTo == null && message.Recipient.StartsWith("agent:"));
        if (filter.AgentId is { } agent)
        {
            messages = messages.Where(message => message.AgentId == agent);
        }

        if (filter.SessionKey is { } key)
        {
            messages = messages.Where(message => message.SessionKey == key);
        }

        if (filter.RunId is { } run)
        {
            messages = messages.Where(message => message.MessageId == run);
        }

        if (filter.After is { } after)
        {
            messages = messages.Where(message => message.CreatedAt >= after);
        }

        if (filter.Before is { } before)
        {
            messages = messages.Where(message => message.CreatedAt <= before);
        }

        if (filter.Cursor is { } cursor)
        {
            messages = messages.Where(message => message.Id < cursor);
        }

        return await (
            from message in messages
            join workflow in db.Workflows.AsNoTracking() on message.WorkflowUuid equals (Guid?)workflow.WorkflowUuid into delivering
            from workflow in delivering.DefaultIfEmpty()
            where filter.Status == null || (workflow == null ? (WorkflowStatus?)null : workflow.Status) == filter.Status
            orderby message.Id descending
            select new AgentRun(message, workflow == null ? (WorkflowStatus?)null : workflow.Status, workflow == null ? (DateTimeOffset?)null : workflow.CompletedAt)).Take(limit).ToListAsync(cancellationToken);
    }
}

/// <summary>Which runs; null for any.</summary>
public sealed record RunFilter
{
    public Guid? AgentId { get; init; }

    public string? SessionKey { get; init; }

    public string? RunId { get; init; }

    public WorkflowStatus? Status { get; init; }

    public DateTimeOffset? After { get; init; }

    public DateTimeOffset? Before { get; init; }

    /// <summary>The id of the last message of the page before.</summary>
    public Guid? Cursor { get; init; }
}

/// <param name="Message">What the agent was told.</param>
/// <param name="Status">How its delivery stands; null when that is kept no more.</param>
/// <param name="EndedAt">Null while it has not ended.</param>
public sealed record AgentRun(Message Message, WorkflowStatus? Status, DateTimeOffset? EndedAt);
