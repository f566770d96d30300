using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using OpenClaw.Data;
using OpenClaw.Data.Agents;
using OpenClaw.Data.Messages;
using OpenClaw.Data.Schedules;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Messages;
using OpenClaw.Jobs.Requests;

namespace OpenClaw.Jobs.Schedules;

public sealed partial class ScheduleService
{
    private const string Overtaken = "The schedule's next message came, which ends the one before (overlap: cancel).";

    /// <summary>From whom an agent gets the prompt.</summary>
    public static string SenderOf(Guid prompt) => Addresses.Prompts + prompt;

    /// <summary>A prompt has been sent by this node. A listener returns at once.</summary>
    public event Action<SentPrompt>? Sent;

    /// <summary>Sends the prompt now, beside its schedule. Returns the message's id; that of an earlier one which waits still.</summary>
    public Task<Decision<string>> RunAsync(Guid id, Caller caller, CancellationToken cancellationToken) => ChangeAsync<string>(
        id,
        caller,
        async (prompt, agent, db) =>
        {
            Audit(db, caller, "prompt.run", prompt);
            return (await SendAsync(prompt, agent, Guid.CreateVersion7().ToString(), ScheduleOverlap.Queue, db, cancellationToken)).MessageId;
        },
        cancellationToken);

    /// <summary>
    /// Sends the prompt because it is due. The same job sends it once, however often it runs. Where the one before still
    /// waits, because the agent is busy or paused, that one is enough.
    /// </summary>
    public Task FireAsync(Guid id, string jobId, CancellationToken cancellationToken) => decisions.DecideAsync<Guid>(
        key: null,
        async db =>
        {
            if (await LockAsync(id, db, cancellationToken) is not var (prompt, agent))
            {
                scheduleJobs.DropRecurring(id);
                return id;
            }

            // Another job: the prompt was moved to another time when this one had begun.
            var isOnce = prompt.Schedule.At is not null;
            if (!prompt.Enabled || (isOnce && prompt.JobId != jobId) || await db.ScheduleRuns.AnyAsync(run => run.ScheduleId == id && run.Firing == jobId, cancellationToken))
            {
                return id;
            }

            await ComeDueAsync(prompt, agent, jobId, db, cancellationToken);
            if (isOnce)
            {
                prompt.Enabled = false;
                prompt.JobId = null;
            }

            if (prompt.DeleteAfterRun)
            {
                Remove(prompt, db);
            }

            return id;
        },
        cancellationToken);

    private async Task<Sending> SendAsync(AgentSchedule prompt, Agent agent, string firing, ScheduleOverlap overlap, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var session = SessionOf(prompt, agent);
        if (await WaitingAsync(prompt, session, agent, db, cancellationToken) is { } waiting)
        {
            LogWaits(logger, prompt.Id, agent.Id);
            return new Sending(waiting, null, "The one before still waits for the agent.");
        }

        if (overlap is not ScheduleOverlap.Queue && await UnderWayAsync(prompt, agent, db, cancellationToken) is { } before)
        {
            if (overlap is ScheduleOverlap.Skip)
            {
                return new Sending(before.MessageId, null, "The one before is still under way.");
            }

            await router.EndTurnAsync(before.Id, SenderOf(prompt.Id), Overtaken, db, cancellationToken);
        }

        return await SendOnAsync(prompt, agent, firing, db, cancellationToken);
    }

    // Whatever waits or is under way.
    private async Task<Sending> SendOnAsync(AgentSchedule prompt, Agent agent, string firing, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var session = SessionOf(prompt, agent);
        prompt.LastRunAt = time.GetUtcNow();
        var message = new NewMessage($"{prompt.Id}:{firing}", SenderOf(prompt.Id), TextOf(prompt), ReplyAddress.Describe(prompt.DeliverTo), session);
        var (accepted, wasKnown) = await router.AcceptAsync(agent, message, db, cancellationToken);
        if (!wasKnown)
        {
            AmbientTransaction.OnCommit(() => Sent?.Invoke(new SentPrompt(prompt.Id, accepted.MessageId, session, accepted.CreatedAt, agent.UserId)));
        }

        return new Sending(accepted.MessageId, accepted.Id, null);
    }

    private static string SessionOf(AgentSchedule prompt, Agent agent) => prompt.SessionKey ?? AgentLookup.MainSession(agent);

    // With what is kept beside it.
    private static string TextOf(AgentSchedule prompt) => prompt.Notes is { Length: > 0 } notes ? $"{prompt.Message}\n\nNotes kept with this schedule:\n{notes}" : prompt.Message;

    // By the index of what waits for the agent. One that is under way is not among them: behind it the next may wait. One that
    // says something else, because the prompt was changed since, is no substitute.
    private static Task<string?> WaitingAsync(AgentSchedule prompt, string session, Agent agent, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var (sender, recipient, text) = (SenderOf(prompt.Id), MessageRouter.AddressOf(agent), TextOf(prompt));
        return db.Messages
            .Where(message => message.Recipient == recipient && message.State == MessageState.Parked && message.Sender == sender
                && message.Content == text && message.SessionKey == session)
            .Select(message => message.MessageId).FirstOrDefaultAsync(cancellationToken);
    }

    // By the index of what is accepted for the agent.
    private static Task<Message?> UnderWayAsync(AgentSchedule prompt, Agent agent, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var (sender, recipient) = (SenderOf(prompt.Id), MessageRouter.AddressOf(agent));
        return db.Messages.AsNoTracking().Where(message => message.Recipient == recipient && message.State == MessageState.Accepted && message.Sender == sender)
            .OrderBy(message => message.Sequence).FirstOrDefaultAsync(cancellationToken);
    }

    // The message's name by its sender, its id if it was sent now, and why it was not.
    private sealed record Sending(string MessageId, Guid? Id, string? WhyNot);

    [LoggerMessage(EventId = 1302, Level = LogLevel.Information, Message = "Prompt {PromptId} is due and was not sent: the one before still waits for agent {AgentId}.")]
    private static partial void LogWaits(ILogger logger, Guid promptId, Guid agentId);
}

/// <summary>A message that a schedule has sent.</summary>
public sealed record SentPrompt(Guid PromptId, string MessageId, string SessionKey, DateTimeOffset SentAt, string Owner);
