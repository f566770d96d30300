using OpenClaw.Data;
using OpenClaw.Data.Agents;
using OpenClaw.Data.Scheduling;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Decisions;
using OpenClaw.Jobs.Messaging;

namespace OpenClaw.Jobs.Scheduling;

public sealed partial class PromptService
{
    /// <summary>From whom an agent gets the prompt.</summary>
    public static string SenderOf(Guid prompt) => $"cron:{prompt}";

    /// <summary>Sends the prompt now, beside its schedule. Returns the message's id.</summary>
    public Task<Decision<string>> RunAsync(Guid id, Caller caller, CancellationToken cancellationToken) => ChangeAsync<string>(
        id,
        caller,
        async (prompt, agent, db) =>
        {
            Audit(db, caller, "prompt.run", prompt);
            return await SendAsync(prompt, agent, Guid.CreateVersion7().ToString(), db, cancellationToken);
        },
        cancellationToken);

    /// <summary>Sends the prompt because it is due. The same job sends it once, however often it runs.</summary>
    public Task FireAsync(Guid id, string jobId, CancellationToken cancellationToken) => decisions.DecideAsync<Guid>(
        key: null,
        async db =>
        {
            if (await LockAsync(id, db, cancellationToken) is not var (prompt, agent))
            {
                timetable.DropRecurring(id);
                return id;
            }

            // Another job: the prompt was moved to another time when this one had begun.
            var isOnce = prompt.Schedule.At is not null;
            if (!prompt.Enabled || (isOnce && prompt.JobId != jobId))
            {
                return id;
            }

            await SendAsync(prompt, agent, jobId, db, cancellationToken);
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

    private async Task<string> SendAsync(ScheduledPrompt prompt, Agent agent, string firing, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var message = new NewMessage($"{prompt.Id}:{firing}", SenderOf(prompt.Id), prompt.Message, Metadata: null, prompt.SessionKey ?? AgentNames.MainSession(agent));
        prompt.LastRunAt = time.GetUtcNow();
        return (await router.AcceptAsync(agent, message, db, cancellationToken)).Message.MessageId;
    }
}
