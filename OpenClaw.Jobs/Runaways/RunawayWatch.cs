using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Agents;
using OpenClaw.Data.Messages;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.ForeignInput;
using OpenClaw.Jobs.Heartbeats;
using OpenClaw.Jobs.Messages;
using OpenClaw.Jobs.Notices;
using OpenClaw.Jobs.Spending;

namespace OpenClaw.Jobs.Runaways;

/// <summary>
/// Tells the owner of an agent that goes round in circles, and pauses it where its configuration says so, in the transaction that
/// records its turn. What has come before is counted by the index of the conversation, and nothing is kept of it.
/// </summary>
public sealed class RunawayWatch(AgentPauser pauser, OwnerNotifier notifier, TimeProvider time)
{
    // What comes again after a longer pause is no loop.
    private static readonly TimeSpan LongestGap = TimeSpan.FromHours(1);

    // So often n is counted on.
    private const int Rounds = 10;

    // Messages of a conversation for one answer, with room for questions and for what schedules have asked.
    private const int RowsForOne = 4;

    // Of a text, in the notice.
    private const int Shown = 200;

    private const int TimesAsDear = 10;

    /// <summary>In micro-units: what is less in an hour is nobody's trouble.</summary>
    private const long Worth = 100_000;

    // Hours are counted back from now, so that the last one is a whole one.
    private const string HoursSql =
        """
        SELECT coalesce(max(spent) FILTER (WHERE ago = 0), 0)::bigint AS "Last", coalesce(max(spent) FILTER (WHERE ago BETWEEN 1 AND 24), 0)::bigint AS "Dearest"
        FROM (
            SELECT floor(extract(epoch FROM now() - at) / 3600) AS ago, sum(amount) AS spent FROM openclaw.spending
            WHERE agent_id = {0} AND day >= ((now() - interval '25 hours') AT TIME ZONE 'utc')::date GROUP BY 1
        ) AS hours
        """;

    /// <summary>After a turn that was answered. What schedules ask is the same by nature, and not counted.</summary>
    /// <param name="agent">Its row is locked.</param>
    /// <param name="message">What it was asked; its reply is in the database.</param>
    /// <param name="reply">What it said.</param>
    /// <param name="key">Of the turn.</param>
    /// <param name="db">The transaction's; saved for it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task RepliedAsync(Agent agent, Message message, string reply, string key, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        if (Addresses.IsPrompt(message.Sender))
        {
            return;
        }

        var after = RunawaySettings.AfterOf(agent.Configuration);
        Task<List<Come>> ReadAsync(int count) => AnswersAsync(agent, message.SessionKey, count, db, cancellationToken);
        var latest = await ReadAsync(after);
        if (!HeartbeatReply.IsAcknowledgement(reply) && await IsRoundAsync(agent, after, latest, ReadAsync, come => come.Said))
        {
            await StopAsync(agent, $"has said the same {after} times in a row in the conversation {message.SessionKey}: {Beginning(reply)}", key, db, cancellationToken);
        }
        else if (await IsRoundAsync(agent, after, latest, ReadAsync, come => come.Asked))
        {
            await StopAsync(agent, $"was asked the same {after} times in a row in the conversation {message.SessionKey}, by {message.Sender}: {Beginning(message.Content)}", key, db, cancellationToken);
        }
    }

    /// <summary>After a message that could not be delivered.</summary>
    /// <param name="agent">Its row is locked.</param>
    /// <param name="message">Dead, with its reason, in the database.</param>
    /// <param name="key">Of this failure.</param>
    /// <param name="db">The transaction's; saved for it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task FailedAsync(Agent agent, Message message, string key, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var after = RunawaySettings.AfterOf(agent.Configuration);
        Task<List<Come>> ReadAsync(int count) => EndsAsync(agent, message.SessionKey, count, db, cancellationToken);
        if (await IsRoundAsync(agent, after, await ReadAsync(after), ReadAsync, come => come.Said))
        {
            await StopAsync(agent, $"has failed in the same way {after} times in a row in the conversation {message.SessionKey}. {message.StateReason}", key, db, cancellationToken);
        }
    }

    /// <summary>After what a turn took was written down.</summary>
    public async Task SpentAsync(Agent agent, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var hours = (await db.Database.SqlQueryRaw<Hours>(HoursSql, agent.Id).ToListAsync(cancellationToken)).Single();
        if (hours.Last >= Worth && hours.Dearest > 0 && hours.Last / TimesAsDear >= hours.Dearest)
        {
            var what = $"has spent {Money.Say(hours.Last)} {Money.Currency} within an hour, and {Money.Say(hours.Dearest)} in the dearest hour of the day before";
            await StopAsync(agent, what, $"{agent.Id}:dear:{time.GetUtcNow():yyyy-MM-dd}", db, cancellationToken);
        }
    }

    // Told once; one that is paused comes here again only when it was resumed, and is paused again after as many.
    private async Task StopAsync(Agent agent, string what, string key, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var pauses = RunawaySettings.Pauses(agent.Configuration) && AgentTransitions.Check(agent, AgentOperation.Pause) is null;
        var then = pauses ? "It is paused: see what is wrong, and resume it." : $"It goes on. With configuration.{RunawaySettings.ThenSetting} = pause it would be paused.";
        if (await notifier.NotifyAsync(OwnerNotice.About(agent, NoticeEvent.AgentLoops, $"{what}{(what.EndsWith('.') ? "" : ".")} {then}", $"{key}:loop"), db, cancellationToken) && pauses)
        {
            await pauser.PauseAsync(agent, question: null, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
        }
    }

    // Told when it has come n times, and not at each time after that; who is paused is so again after n more. Only then is more read than the latest.
    private static async Task<bool> IsRoundAsync(Agent agent, int after, List<Come> latest, Func<int, Task<List<Come>>> readAsync, Func<Come, string> what)
    {
        if (Streak(latest, what) < after)
        {
            return false;
        }

        var streak = Streak(await readAsync(after * Rounds), what);
        return streak == after || (RunawaySettings.Pauses(agent.Configuration) && streak % after == 0);
    }

    private static int Streak(List<Come> newestFirst, Func<Come, string> what)
    {
        var streak = 0;
        while (streak < newestFirst.Count && what(newestFirst[streak]) == what(newestFirst[0]) && (streak == 0 || newestFirst[streak - 1].At - newestFirst[streak].At <= LongestGap))
        {
            streak++;
        }

        return streak;
    }

    private static Task<List<Come>> AnswersAsync(Agent agent, string? session, int count, OpenClawDbContext db, CancellationToken cancellationToken) => db.Database.SqlQuery<Come>(
        $"""
        SELECT md5(said.content) AS "Said", md5(asked.content) AS "Asked", said.created_at AS "At"
        FROM (SELECT * FROM openclaw_system.notifications WHERE session_key = {session} ORDER BY sequence DESC LIMIT {count * RowsForOne}) AS said
        JOIN openclaw_system.notifications asked ON asked.id = said.reply_to
        WHERE said.sender = {Addresses.OfAgent(agent.Id)} AND asked.sender NOT LIKE {Addresses.Prompts + "%"}
        ORDER BY said.sequence DESC LIMIT {count}
        """).ToListAsync(cancellationToken);

    private static Task<List<Come>> EndsAsync(Agent agent, string? session, int count, OpenClawDbContext db, CancellationToken cancellationToken) => db.Database.SqlQuery<Come>(
        $"""
        SELECT CASE WHEN state = 'dead' THEN md5(state_reason) ELSE '' END AS "Said", '' AS "Asked", created_at AS "At"
        FROM (SELECT * FROM openclaw_system.notifications WHERE session_key = {session} ORDER BY sequence DESC LIMIT {count * RowsForOne}) AS message
        WHERE recipient = {Addresses.OfAgent(agent.Id)} AND state IN ('delivered', 'dead')
        ORDER BY sequence DESC LIMIT {count}
        """).ToListAsync(cancellationToken);

    private static string Beginning(string text) => ForeignText.OneLine(text, Shown);

    private sealed record Come(string Said, string Asked, DateTimeOffset At);

    private sealed record Hours(long Last, long Dearest);
}
