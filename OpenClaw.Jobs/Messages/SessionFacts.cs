using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Conversations;

namespace OpenClaw.Jobs.Messages;

/// <summary>What lists of conversations show of the messages in them.</summary>
public sealed class SessionFacts(IDbContextFactory<OpenClawDbContext> contexts)
{
    // Characters of a message that a list may show some of.
    private const int Shown = 240;

    /// <summary>The first and the last message of each present transcript, and what its last reply took; those without a message are absent.</summary>
    /// <remarks>Each is one look into ix_notifications_session_key, from its end or its beginning, however long the conversation is.</remarks>
    public async Task<IReadOnlyDictionary<string, SessionFact>> ReadAsync(IReadOnlyCollection<Session> sessions, CancellationToken cancellationToken)
    {
        if (sessions.Count == 0)
        {
            return new Dictionary<string, SessionFact>();
        }

        var (keys, resets) = (sessions.Select(session => session.Key).ToArray(), sessions.Select(session => session.ResetSequence).ToArray());
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Database.SqlQuery<SessionFact>(
            $"""
            SELECT asked.key AS "Key", opening.content AS "First", latest.content AS "Last",
                (reply.usage ->> 'input_tokens')::bigint AS "InputTokens", (reply.usage ->> 'output_tokens')::bigint AS "OutputTokens"
            FROM unnest({keys}, {resets}) AS asked (key, reset)
            CROSS JOIN LATERAL (
                SELECT left(content, {Shown}) AS content FROM openclaw_system.notifications
                WHERE session_key = asked.key AND sequence > asked.reset ORDER BY sequence LIMIT 1) AS opening
            CROSS JOIN LATERAL (
                SELECT left(content, {Shown}) AS content FROM openclaw_system.notifications
                WHERE session_key = asked.key AND sequence > asked.reset ORDER BY sequence DESC LIMIT 1) AS latest
            LEFT JOIN LATERAL (
                SELECT metadata -> 'usage' AS usage FROM openclaw_system.notifications
                WHERE session_key = asked.key AND sequence > asked.reset AND reply_to IS NOT NULL ORDER BY sequence DESC LIMIT 1) AS reply ON true
            """).ToDictionaryAsync(fact => fact.Key, cancellationToken);
    }

    /// <summary>What the replies of each conversation took within a time, over all of its transcripts; those without any are absent.</summary>
    public async Task<IReadOnlyDictionary<string, SessionUsage>> UsageAsync(
        IReadOnlyCollection<string> keys, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var asked = keys.ToArray();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Database.SqlQuery<SessionUsage>(
            $"""
            SELECT session_key AS "Key", count(*) AS "Replies",
                coalesce(sum((metadata -> 'usage' ->> 'input_tokens')::bigint), 0)::bigint AS "InputTokens",
                coalesce(sum((metadata -> 'usage' ->> 'output_tokens')::bigint), 0)::bigint AS "OutputTokens"
            FROM openclaw_system.notifications
            WHERE session_key = ANY({asked}) AND reply_to IS NOT NULL AND created_at >= {from} AND created_at < {until}
            GROUP BY session_key
            """).ToDictionaryAsync(usage => usage.Key, cancellationToken);
    }
}

/// <param name="Key">The conversation.</param>
/// <param name="First">What was said first, cut.</param>
/// <param name="Last">What was said last, cut.</param>
/// <param name="InputTokens">What the model read for its last reply; null where nobody knows.</param>
/// <param name="OutputTokens">What it wrote.</param>
public sealed record SessionFact(string Key, string First, string Last, long? InputTokens, long? OutputTokens);

/// <param name="Key">The conversation.</param>
/// <param name="Replies">How many.</param>
/// <param name="InputTokens">What the model read, where the runtime knows.</param>
/// <param name="OutputTokens">What it wrote.</param>
public sealed record SessionUsage(string Key, long Replies, long InputTokens, long OutputTokens);
