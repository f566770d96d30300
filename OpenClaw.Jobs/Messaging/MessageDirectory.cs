using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Conventions;
using OpenClaw.Data.Messaging;
using OpenClaw.Jobs.Decisions;

namespace OpenClaw.Jobs.Messaging;

/// <summary>Finds messages among many, newest first. What waits has an index of its own; what is given up is looked for in a week.</summary>
public sealed class MessageDirectory(IDbContextFactory<OpenClawDbContext> contexts, TimeProvider time)
{
    private static readonly TimeSpan DeadShownFor = TimeSpan.FromDays(7);

    /// <param name="state">Null for all.</param>
    /// <param name="recipient">An address; null for all.</param>
    /// <param name="before">The last one of the page before; null for the first page.</param>
    /// <param name="limit">The page's size.</param>
    /// <param name="caller">Whose messages.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<List<Message>> ListAsync(MessageState? state, string? recipient, Guid? before, int limit, Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var messages = Of(db, caller);
        if (state is { } wanted)
            messages = messages.Where(message => message.State == EF.Constant(wanted));
        if (state is MessageState.Dead && Uuid7.Floor(time.GetUtcNow() - DeadShownFor) is var first)
            messages = messages.Where(message => message.Id >= first);
        if (recipient is not null)
            messages = messages.Where(message => message.Recipient == recipient);
        if (before is { } last)
            messages = messages.Where(message => message.Id < last);

        return await messages.OrderByDescending(message => message.Id).Take(limit).ToListAsync(cancellationToken);
    }

    /// <summary>Null for an unknown message and for one of somebody else's agent.</summary>
    public async Task<Message?> FindAsync(Guid id, Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Of(db, caller).SingleOrDefaultAsync(message => message.Id == id, cancellationToken);
    }

    private static IQueryable<Message> Of(OpenClawDbContext db, Caller caller) => db.Messages.AsNoTracking().Where(message => message.Owner == caller.Owner);
}
