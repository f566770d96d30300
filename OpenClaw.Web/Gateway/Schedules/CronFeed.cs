using OpenClaw.Jobs.Messages;
using OpenClaw.Jobs.Protocol;
using OpenClaw.Jobs.Requests;
using OpenClaw.Jobs.Schedules;
using OpenClaw.Web.Gateway.Connections;
using OpenClaw.Web.Gateway.Runs;

namespace OpenClaw.Web.Gateway.Schedules;

/// <summary>Tells readers what becomes of scheduled jobs, as events <c>cron</c>: on this node what is changed and sent here, and of runs the end wherever it was.</summary>
internal sealed class CronFeed(GatewayHub hub, ScheduleService prompts, ScheduleCronJobs jobs) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        prompts.Sent += Started;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        prompts.Sent -= Started;
        return Task.CompletedTask;
    }

    /// <param name="action">added or updated.</param>
    /// <param name="job">As it is now.</param>
    /// <param name="caller">Whose it is.</param>
    public CronJob Changed(string action, CronJob job, Caller caller)
    {
        Tell(Audience.Of(caller), new CronEvent(job.Id, action) { Job = job });
        return job;
    }

    /// <summary>Of what was changed by another door than the gateway.</summary>
    /// <param name="action">added or updated.</param>
    /// <param name="id">The prompt's.</param>
    /// <param name="caller">Whose it is.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task ChangedAsync(string action, Guid id, Caller caller, CancellationToken cancellationToken) => Changed(action, await jobs.GetAsync(id, caller, cancellationToken), caller);

    public void Removed(string id, Caller caller) => Tell(Audience.Of(caller), new CronEvent(id, "removed"));

    /// <summary>Tells of the end of a run, if a job began it.</summary>
    public void Ended(RunOutcome outcome)
    {
        var message = outcome.Message;
        if (!Addresses.IsPrompt(message.Sender))
        {
            return;
        }

        Tell(Audience.Of(message), new CronEvent(message.Sender[Addresses.Prompts.Length..], "finished")
        {
            Status = outcome.Text is null ? "error" : "ok",
            Error = outcome.Error,
            Summary = outcome.Text,
            RunId = outcome.RunId,
            SessionKey = message.SessionKey,
            RunAtMs = message.CreatedAt.ToUnixTimeMilliseconds(),
            DurationMs = outcome.DurationMs,
        });
    }

    private void Started(SentPrompt sent) => Tell(new Audience(sent.Owner, AgentId: null), new CronEvent(sent.PromptId.ToString(), "started")
    {
        RunId = sent.MessageId,
        SessionKey = sent.SessionKey,
        RunAtMs = sent.SentAt.ToUnixTimeMilliseconds(),
    });

    private void Tell(Audience audience, CronEvent told) => hub.TellReaders(audience, "cron", told);
}
