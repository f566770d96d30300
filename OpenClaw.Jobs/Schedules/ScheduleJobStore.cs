using Hangfire;
using Hangfire.Storage;
using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Schedules;

namespace OpenClaw.Jobs.Schedules;

/// <summary>
/// Puts prompts on Hangfire's schedule and takes them off, in the ambient transaction: a recurring job
/// <c>prompt:{id}</c>, or a scheduled job for one with an instant.
/// </summary>
public sealed class ScheduleJobStore(IRecurringJobManager recurring, IBackgroundJobClient jobs, JobStorage storage)
{
    /// <summary>The prompt's recurring job.</summary>
    public static string IdOf(Guid prompt) => $"prompt:{prompt}";

    /// <summary>Makes Hangfire's jobs what the prompt says.</summary>
    /// <exception cref="ArgumentException">The cron expression is none.</exception>
    public void Follow(AgentSchedule prompt)
    {
        var id = prompt.Id;
        DropJob(prompt);
        if (prompt.Schedule.At is { } at)
        {
            recurring.RemoveIfExists(IdOf(id));
            prompt.JobId = prompt.Enabled ? jobs.Schedule<ScheduleJobs>(job => job.FireAsync(id, null!, CancellationToken.None), at) : null;
            return;
        }

        // One that is off is defined too, so that a wrong expression is refused now and not when it is switched on.
        var zone = prompt.Schedule.TimeZone is { } name ? TimeZoneInfo.FindSystemTimeZoneById(name) : TimeZoneInfo.Utc;
        recurring.AddOrUpdate<ScheduleJobs>(
            IdOf(id), job => job.FireAsync(id, null!, CancellationToken.None), ScheduleRules.CronOf(prompt.Schedule), new RecurringJobOptions { TimeZone = zone });
        if (!prompt.Enabled)
        {
            recurring.RemoveIfExists(IdOf(id));
        }
    }

    /// <summary>Takes the prompt off the schedule.</summary>
    public void Drop(AgentSchedule prompt)
    {
        DropJob(prompt);
        DropRecurring(prompt.Id);
    }

    /// <summary>Takes a prompt off the schedule that is not in our tables any more.</summary>
    public void DropRecurring(Guid prompt) => recurring.RemoveIfExists(IdOf(prompt));

    /// <summary>Removes all prompts of an agent.</summary>
    public async Task ClearAsync(Guid agentId, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var prompts = await db.ScheduledPrompts.Where(prompt => prompt.AgentId == agentId).ToListAsync(cancellationToken);
        prompts.ForEach(Drop);
        db.ScheduledPrompts.RemoveRange(prompts);
    }

    /// <summary>When each prompt is sent next; those that are not are left out.</summary>
    public IReadOnlyDictionary<Guid, DateTimeOffset> NextRuns(IReadOnlyCollection<AgentSchedule> prompts)
    {
        var on = prompts.Where(prompt => prompt.Enabled).ToList();
        using var connection = storage.GetConnection();
        var recurs = connection.GetRecurringJobs(on.Where(prompt => prompt.Schedule.At is null).Select(prompt => IdOf(prompt.Id))).ToDictionary(job => job.Id);
        return on.Select(prompt => (prompt.Id, At: prompt.Schedule.At ?? Utc(recurs[IdOf(prompt.Id)].NextExecution)))
            .Where(next => next.At is not null).ToDictionary(next => next.Id, next => next.At!.Value);
    }

    private static DateTimeOffset? Utc(DateTime? time) => time is { } utc ? new DateTimeOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc)) : null;

    private void DropJob(AgentSchedule prompt)
    {
        if (prompt.JobId is { } job)
        {
            jobs.Delete(job);
            prompt.JobId = null;
        }
    }
}
