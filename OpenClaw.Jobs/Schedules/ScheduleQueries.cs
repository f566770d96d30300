using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Messages;
using OpenClaw.Data.Schedules;
using OpenClaw.Jobs.Heartbeats;
using OpenClaw.Jobs.Requests;

namespace OpenClaw.Jobs.Schedules;

/// <summary>Reads prompts and what came of them.</summary>
public sealed class ScheduleQueries(IDbContextFactory<OpenClawDbContext> contexts)
{
    /// <summary>So many are told of one prompt.</summary>
    public const int NextTimes = 10;

    // A 29th of February that is a Monday comes once in 28 years.
    private const int YearsAhead = 50;

    /// <summary>Newest first; of one agent, or of all.</summary>
    public async Task<List<AgentSchedule>> ListAsync(int limit, Caller caller, CancellationToken cancellationToken, Guid? agent = null)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Of(db, caller).Where(prompt => agent == null || prompt.AgentId == agent).OrderByDescending(prompt => prompt.Id).Take(limit).ToListAsync(cancellationToken);
    }

    /// <summary>When the prompt is due, from the next time on; nothing for one that is switched off.</summary>
    public static IEnumerable<DateTimeOffset> Next(AgentSchedule prompt, DateTimeOffset now) => prompt.Enabled ? ScheduleRules.Due(prompt.Schedule, now, now.AddYears(YearsAhead)) : [];

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

    /// <summary>The times at which a prompt was due, newest first, with what was sent and said.</summary>
    /// <param name="id">The prompt, also when it is there no more.</param>
    /// <param name="before">The last one of the page before; null for the first page.</param>
    /// <param name="limit">So many at most.</param>
    /// <param name="caller">Whose prompt it is.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<List<DueRun>> DueAsync(Guid id, Guid? before, int limit, Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.ScheduleRuns.AsNoTracking().Where(run => run.ScheduleId == id && run.Owner == caller.Owner && (before == null || run.Id < before))
            .OrderByDescending(run => run.Id).Take(limit)
            .Select(run => new DueRun(
                run,
                db.Messages.FirstOrDefault(message => message.Id == run.MessageId),
                run.MessageId == null ? null : db.Messages.Where(reply => reply.ReplyTo == run.MessageId).OrderByDescending(reply => reply.Sequence).FirstOrDefault()))
            .ToListAsync(cancellationToken);
    }

    private static IQueryable<AgentSchedule> Of(OpenClawDbContext db, Caller caller) => db.ScheduledPrompts.AsNoTracking()
        .Where(prompt => db.Agents.Any(agent => agent.Id == prompt.AgentId && agent.UserId == caller.Owner && (caller.Agents.Count == 0 || caller.Agents.Contains(agent.Id))));
}

/// <summary>A time at which a prompt was due.</summary>
/// <param name="Run">What became of it.</param>
/// <param name="Message">What was sent; null when nothing was, or it is gone.</param>
/// <param name="Reply">What the agent said; null when it has not said anything.</param>
public sealed record DueRun(ScheduleRun Run, Message? Message, Message? Reply)
{
    /// <summary>What came of what was sent, in a word; null when nothing was.</summary>
    public string? Status => Message switch
    {
        null => null,
        { State: MessageState.Dead } => "failed",
        _ when Reply is null => "under_way",
        _ => HeartbeatReply.IsAcknowledgement(Reply.Content) ? "quiet" : "answered",
    };
}

/// <summary>One time that a prompt was sent.</summary>
/// <param name="Message">As the agent got it, or will.</param>
/// <param name="Reply">What the agent said, and where that went; null when it has not said anything.</param>
public sealed record PromptRun(Message Message, Message? Reply);
