using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using OpenClaw.Data;
using OpenClaw.Data.Agents;
using OpenClaw.Data.Schedules;
using OpenClaw.Data.Security;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Messages;
using OpenClaw.Jobs.Notices;
using OpenClaw.Jobs.Requests;

namespace OpenClaw.Jobs.Schedules;

/// <summary>Decides on prompts: the row and Hangfire's jobs change together, under the lock on the agent's row.</summary>
public sealed partial class ScheduleService(
    RequestDecider decisions, MessageRouter router, OwnerNotifier notifier, ScheduleJobStore scheduleJobs, TimeProvider time, ILogger<ScheduleService> logger)
{
    /// <param name="id">The new prompt's.</param>
    /// <param name="agentId">Who is sent it.</param>
    /// <param name="settings">What and when.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="cancellationToken">Gives up; nothing has changed then.</param>
    /// <param name="key">Makes a repetition harmless.</param>
    public Task<Decision<Guid>> AddAsync(Guid id, Guid agentId, ScheduleSettings settings, Caller caller, CancellationToken cancellationToken, RequestKey? key = null) =>
        decisions.DecideAsync<Guid>(
            key,
            async db =>
            {
                if (await db.LockAgentAsync(agentId, caller, cancellationToken) is not { } agent)
                {
                    return new Refusal.NotFound("agent_not_found", $"There is no agent {agentId}.");
                }

                if (agent.Status is AgentStatus.Stopped)
                {
                    return new Refusal.Conflict("wrong_status", $"Agent {agentId} is stopped and is sent nothing any more.");
                }

                if (await db.ScheduledPrompts.CountAsync(row => row.AgentId == agentId, cancellationToken) >= ScheduleRules.MaxPerAgent)
                {
                    return new Refusal.Conflict("too_many_prompts", $"Agent {agentId} has {ScheduleRules.MaxPerAgent} prompts already; remove one first.");
                }

                var now = time.GetUtcNow();
                var prompt = new AgentSchedule
                {
                    Id = id,
                    AgentId = agentId,
                    Name = settings.Name,
                    Message = settings.Message,
                    Schedule = settings.Schedule,
                    CreatedAt = now,
                };
                db.ScheduledPrompts.Add(prompt);
                return Apply(settings, prompt, "prompt.add", caller, db);
            },
            cancellationToken);

    /// <param name="id">The prompt.</param>
    /// <param name="change">From what it is to what it shall be.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="cancellationToken">Gives up; nothing has changed then.</param>
    public Task<Decision<Guid>> UpdateAsync(Guid id, Func<ScheduleSettings, ScheduleSettings> change, Caller caller, CancellationToken cancellationToken) => ChangeAsync<Guid>(
        id,
        caller,
        (prompt, _, db) => Task.FromResult(Apply(change(ScheduleSettings.Of(prompt)), prompt, "prompt.update", caller, db)),
        cancellationToken);

    public Task<Decision<Guid>> RemoveAsync(Guid id, Caller caller, CancellationToken cancellationToken) => ChangeAsync<Guid>(
        id,
        caller,
        (prompt, _, db) =>
        {
            Remove(prompt, db);
            Audit(db, caller, "prompt.remove", prompt);
            return Task.FromResult<Decision<Guid>>(id);
        },
        cancellationToken);

    private Task<Decision<T>> ChangeAsync<T>(
        Guid id, Caller caller, Func<AgentSchedule, Agent, OpenClawDbContext, Task<Decision<T>>> change, CancellationToken cancellationToken)
        where T : notnull => decisions.DecideAsync<T>(
            key: null,
            async db => await LockAsync(id, db, cancellationToken) is { } found && found.Agent.UserId == caller.Owner && caller.May(found.Agent.Id)
                ? await change(found.Prompt, found.Agent, db)
                : new Refusal.NotFound("CRON_JOB_NOT_FOUND", $"cron job not found: {id}"),
            cancellationToken);

    private Decision<Guid> Apply(ScheduleSettings settings, AgentSchedule prompt, string action, Caller caller, OpenClawDbContext db)
    {
        var now = time.GetUtcNow();
        if (ScheduleRules.Check(settings, now) is { } invalid)
        {
            return invalid;
        }

        settings.ApplyTo(prompt);
        prompt.UpdatedAt = now;
        prompt.DueAt = now;
        try
        {
            scheduleJobs.Follow(prompt);
        }
        catch (ArgumentException wrong)
        {
            // Hangfire says that it is wrong, and the exception within why.
            var problem = $"schedule.expr: '{prompt.Schedule.Cron}' is no cron expression. {(wrong.InnerException ?? wrong).Message}";
            return Refusal.Invalid.Of("schedule.expr", problem);
        }

        Audit(db, caller, action, prompt);
        return prompt.Id;
    }

    private void Remove(AgentSchedule prompt, OpenClawDbContext db)
    {
        scheduleJobs.Drop(prompt);
        db.ScheduledPrompts.Remove(prompt);
    }

    // The agent's row first, as everywhere; then the prompt as it is under that lock.
    private static async Task<(AgentSchedule Prompt, Agent Agent)?> LockAsync(Guid id, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var agentId = await db.ScheduledPrompts.Where(row => row.Id == id).Select(row => (Guid?)row.AgentId).SingleOrDefaultAsync(cancellationToken);
        if (agentId is not { } known)
        {
            return null;
        }

        var agent = await db.LockAgentAsync(known, cancellationToken);
        return await db.ScheduledPrompts.SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is { } prompt ? (prompt, agent) : null;
    }

    private static void Audit(OpenClawDbContext db, Caller caller, string action, AgentSchedule prompt) =>
        db.AuditLog.Add(new AuditEntry { Actor = caller.Actor, Action = action, Subject = $"agent:{prompt.AgentId}", Detail = $"{prompt.Id} {prompt.Name}" });
}
