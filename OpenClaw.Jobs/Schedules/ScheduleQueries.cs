using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Messages;
using OpenClaw.Data.Schedules;
using OpenClaw.Jobs.Requests;

namespace OpenClaw.Jobs.Schedules;

/// <summary>Reads prompts and what came of them.</summary>
public sealed class ScheduleQueries(IDbContextFactory<OpenClawDbContext> contexts)
{
    /// <summary>Newest first.</summary>
    public async Task<List<AgentSchedule>> ListAsync(int limit, Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Of(db, caller).OrderByDescending(prompt => prompt.Id).Take(limit).ToListAsync(cancellationToken);
    }

    /// <summary>Null for an unknown one and for one of somebody else's agent.</summary>
    public async Task<AgentSchedule?> FindAsync(Guid id, Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Of(db, caller).SingleOrDefaultAsync(prompt => prompt.Id == id, cancellationToken);
    }

    /// <summary>The messages that a prompt has sent, newest first, also when it is there no more, and how many there are in all.</summary>
    /// <param name="id">The prompt.</param>
    /// <param name="run">Only the one with this message id; null for all.</param>
    /// <param name="limit">So many at most.</param>
    /// <param name="offset">The newest that are left out.</param>
    /// <param name="caller">Whose prompt it is.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<(List<PromptRun> Runs, int Total)> RunsAsync(Guid id, string? run, int limit, int offset, Caller caller, CancellationToken cancellationToken)
    {
        var sender = ScheduleService.SenderOf(id);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var sent = db.Messages.AsNoTracking()
            .Where(message => message.Sender == sender && message.Owner == caller.Owner && (run == null || message.MessageId == run));
        var page = await sent.OrderByDescending(message => message.Sequence).Skip(offset).Take(limit)
            .Select(message => new PromptRun(message, db.Messages.Where(reply => reply.ReplyTo == message.Id).OrderByDescending(reply => reply.Sequence).FirstOrDefault()))
            .ToListAsync(cancellationToken);
        return (page, await sent.CountAsync(cancellationToken));
    }

    private static IQueryable<AgentSchedule> Of(OpenClawDbContext db, Caller caller) => db.ScheduledPrompts.AsNoTracking()
        .Where(prompt => db.Agents.Any(agent => agent.Id == prompt.AgentId && agent.UserId == caller.Owner));
}

/// <summary>One time that a prompt was sent.</summary>
/// <param name="Message">As the agent got it, or will.</param>
/// <param name="Reply">What the agent said, and where that went; null when it has not said anything.</param>
public sealed record PromptRun(Message Message, Message? Reply);
