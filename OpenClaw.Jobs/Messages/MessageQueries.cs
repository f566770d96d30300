using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Conventions;
using OpenClaw.Data.Messages;
using OpenClaw.Jobs.Requests;

namespace OpenClaw.Jobs.Messages;

/// <summary>Finds messages among many, newest first. What waits has an index of its own; what is given up is looked for in a week.</summary>
public sealed class MessageQueries(IDbContextFactory<OpenClawDbContext> contexts, TimeProvider time)
{
    /// <summary>Newest first.</summary>
    public async Task<List<Message>> ListAsync(MessageSearch search, Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var messages = search.WithNotices ? Of(db, caller) : Of(db, caller).Where(MessageKinds.IsMessage);
        if (search.State is { } wanted)
        {
            messages = messages.Where(message => message.State == EF.Constant(wanted));
        }

        if (search.State is MessageState.Dead && Uuid7.Floor(time.GetUtcNow() - MessageKinds.DeadShownFor) is var first)
        {
            messages = messages.Where(message => message.Id >= first);
        }

        if (search.Recipient is { } recipient)
        {
            messages = messages.Where(message => message.Recipient == recipient);
        }

        if (search.Before is { } last)
        {
            messages = messages.Where(message => message.Id < last);
        }

        return await messages.OrderByDescending(message => message.Id).Take(search.Limit).ToListAsync(cancellationToken);
    }

    /// <summary>Null for an unknown message and for one of somebody else's agent.</summary>
    public async Task<Message?> FindAsync(Guid id, Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Of(db, caller).SingleOrDefaultAsync(message => message.Id == id, cancellationToken);
    }

    private static IQueryable<Message> Of(OpenClawDbContext db, Caller caller) => db.Messages.AsNoTracking()
        .Where(message => message.Owner == caller.Owner && (caller.Agents.Count == 0 || (message.AgentId != null && caller.Agents.Contains(message.AgentId.Value))));
}

/// <param name="State">Null for all.</param>
/// <param name="Recipient">An address; null for all.</param>
/// <param name="WithNotices">Whether what the owner is told is among them.</param>
/// <param name="Before">The last one of the page before; null for the first page.</param>
/// <param name="Limit">The page's size.</param>
public sealed record MessageSearch(MessageState? State, string? Recipient, bool WithNotices, Guid? Before, int Limit);
