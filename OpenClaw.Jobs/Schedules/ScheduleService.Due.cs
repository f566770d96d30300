using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Agents;
using OpenClaw.Data.Messages;
using OpenClaw.Data.Schedules;
using OpenClaw.Jobs.Notices;

namespace OpenClaw.Jobs.Schedules;

public sealed partial class ScheduleService
{
    /// <summary>Of times that were missed so many are written down, the last ones.</summary>
    public const int MostMissed = 100;

    private static readonly TimeSpan Late = TimeSpan.FromMinutes(1);

    // Writes down what became of it, and of those before it that nobody was there for.
    private async Task ComeDueAsync(AgentSchedule prompt, Agent agent, string firing, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var due = prompt.DueAt is { } since && since < now ? ScheduleRules.Due(prompt.Schedule, since, now).TakeLast(MostMissed + 1).ToList() : [];
        var last = due.Count == 0 ? now : due[^1];
        var failure = await WhyFailingAsync(prompt, db, cancellationToken);
        var caughtUp = failure is null && !prompt.DeleteAfterRun ? due.SkipLast(1).TakeLast((prompt.CatchUpRuns ?? 1) - 1).Where(IsInTime).ToList() : [];
        foreach (var (index, missed) in due.SkipLast(1 + caughtUp.Count).Index())
        {
            // In order: ids of one millisecond are not.
            Record(missed, null, ScheduleOutcome.Missed, null, "Nobody was there when it was due; a later one was seen to.", now.AddMilliseconds(index - due.Count));
        }

        prompt.DueAt = last;
        if (failure is not null)
        {
            await SwitchOffAsync(prompt, agent, failure, db, cancellationToken);
            Record(last, firing, ScheduleOutcome.Paused, null, failure);
        }
        else if (!IsInTime(last))
        {
            Record(last, firing, ScheduleOutcome.Missed, null, string.Create(CultureInfo.InvariantCulture, $"It was found {(now - last).TotalMinutes:0} minutes late, which is more than its catch_up."));
        }
        else
        {
            var sent = (Sending?)null;
            foreach (var (index, at) in caughtUp.Append(last).Index())
            {
                // Those of one outage wait for each other, whatever overlap says; what is in the way of the first is in the way of all.
                var by = index == caughtUp.Count ? firing : null;
                var key = by ?? $"{firing}:{index}";
                sent = sent switch
                {
                    null => await SendAsync(prompt, agent, key, prompt.Overlap, db, cancellationToken),
                    { WhyNot: null } => await SendOnAsync(prompt, agent, key, db, cancellationToken),
                    _ => sent,
                };
                var outcome = sent.WhyNot is not null ? ScheduleOutcome.Skipped : now - at > Late ? ScheduleOutcome.Late : ScheduleOutcome.Ran;
                Record(at, by, outcome, sent.Id, sent.WhyNot, now.AddMilliseconds(index - caughtUp.Count));
            }
        }

        bool IsInTime(DateTimeOffset at) => prompt.CatchUp is not { } within || now - at <= within;

        void Record(DateTimeOffset dueAt, string? by, ScheduleOutcome outcome, Guid? message, string? reason, DateTimeOffset? at = null) => db.ScheduleRuns.Add(new ScheduleRun
        {
            Id = Guid.CreateVersion7(at ?? now),
            ScheduleId = prompt.Id,
            Owner = agent.UserId,
            DueAt = dueAt,
            Firing = by,
            Outcome = outcome,
            MessageId = message,
            Reason = reason,
            CreatedAt = now,
        });
    }

    // Why the last one failed, if it and so many before it did, since the schedule was changed.
    private static async Task<string?> WhyFailingAsync(AgentSchedule prompt, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        if (prompt.PauseAfter is not { } most)
        {
            return null;
        }

        var sent = await db.ScheduleRuns.Where(run => run.ScheduleId == prompt.Id && run.MessageId != null && run.CreatedAt >= prompt.UpdatedAt)
            .OrderByDescending(run => run.Id).Take(most).Select(run => db.Messages.FirstOrDefault(message => message.Id == run.MessageId)).ToListAsync(cancellationToken);
        return sent.Count == most && sent.TrueForAll(message => message?.State is MessageState.Dead) ? sent[0]!.StateReason : null;
    }

    private async Task SwitchOffAsync(AgentSchedule prompt, Agent agent, string failure, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        prompt.Enabled = false;
        prompt.UpdatedAt = time.GetUtcNow();
        scheduleJobs.Follow(prompt);
        var detail = $"its schedule \"{prompt.Name}\" is switched off, because it has failed {prompt.PauseAfter} times in a row. {failure} See what is wrong, and enable it again.";
        await notifier.NotifyAsync(OwnerNotice.About(agent, NoticeEvent.SchedulePaused, detail, $"{prompt.Id}:paused:{prompt.UpdatedAt:O}"), db, cancellationToken);
    }
}
