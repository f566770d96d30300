using Microsoft.EntityFrameworkCore;
using Npgsql;
using OpenClaw.Data;
using OpenClaw.Data.Conventions;
using OpenClaw.Data.Messages;
using OpenClaw.Jobs.Batching;

namespace OpenClaw.Jobs.Messages;

/// <summary>
/// Messages to clients of the gateway and to channels: rows that wait until they are fetched and acknowledged. What many
/// senders store, or many clients acknowledge, at one moment is one transaction; each is answered when it is committed.
/// </summary>
public sealed class Inbox
{
    /// <summary>On which nodes tell each other that an inbox has something new; the payload is the recipient.</summary>
    public const string Channel = "openclaw_inbox";

    /// <summary>A message that was sent so often without being acknowledged is dead.</summary>
    public const int MaxAttempts = 10;

    // Sequences of an inbox are given out and committed in one order, so that who reads on from the last one misses none.
    private const string LockSql =
        "SELECT pg_advisory_xact_lock(hashtextextended(recipient, 0)) FROM (SELECT DISTINCT unnest($1) AS recipient ORDER BY 1) recipients";

    private const string TellSql = $"SELECT pg_notify('{Channel}', recipient) FROM (SELECT DISTINCT unnest($1) AS recipient) recipients";

    private const string StoreSql =
        """
        INSERT INTO openclaw_system.notifications
            (id, message_id, owner, sender, recipient, content, metadata, state, state_reason, created_at, expires_at)
        SELECT g.id, g.message_id, g.owner, g.sender, g.recipient, g.content, g.metadata::jsonb, g.state, g.state_reason, g.created_at, g.expires_at
        FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            WITH ORDINALITY AS g (id, message_id, owner, sender, recipient, content, metadata, state, state_reason, created_at, expires_at, n)
        ORDER BY g.n
        ON CONFLICT (sender, message_id) DO NOTHING
        RETURNING id, sequence
        """;

    private const string ReadSql =
        """
        SELECT m.id, m.message_id, m.sender, w.recipient, m.content, m.metadata, m.sequence, m.attempts, m.created_at, w.reader
        FROM unnest($1, $2, $3, $4, $5) AS w (reader, owner, recipient, after, room)
        CROSS JOIN LATERAL (
            SELECT * FROM openclaw_system.notifications n
            WHERE n.recipient = w.recipient AND n.owner = w.owner AND n.state = 'accepted' AND n.sequence > w.after AND n.expires_at > now()
            ORDER BY n.sequence LIMIT w.room) m
        ORDER BY m.sequence
        """;

    private const string AcknowledgeSql =
        """
        UPDATE openclaw_system.notifications n SET state = 'delivered', attempts = attempts + 1, delivered_at = now(), acked_at = now()
        FROM unnest($1, $2, $3) AS a (id, owner, recipient)
        WHERE n.id = a.id AND n.owner = a.owner AND n.recipient = a.recipient AND n.state = 'accepted'
        RETURNING n.id
        """;

    private const string MissSql =
        """
        UPDATE openclaw_system.notifications SET attempts = attempts + 1,
            state = CASE WHEN attempts + 1 < $2 THEN state ELSE 'dead' END,
            state_reason = CASE WHEN attempts + 1 < $2 THEN state_reason ELSE 'It was sent ' || $2 || ' times and never acknowledged.' END
        WHERE id = ANY ($1) AND state = 'accepted'
        """;

    private const string GiveUpSql =
        """
        UPDATE openclaw_system.notifications n SET attempts = attempts + 1, state = 'dead', state_reason = g.reason
        FROM unnest($1, $2) AS g (id, reason) WHERE n.id = g.id AND n.state = 'accepted'
        """;

    private readonly NpgsqlDataSource _dataSource;
    private readonly IDbContextFactory<OpenClawDbContext> _contexts;
    private readonly WriteBatcher<Message, Message> _store;
    private readonly WriteBatcher<Acknowledgements, int> _acknowledge;

    public Inbox(NpgsqlDataSource dataSource, IDbContextFactory<OpenClawDbContext> contexts)
    {
        _dataSource = dataSource;
        _contexts = contexts;
        _store = new WriteBatcher<Message, Message>(StoreAsync);
        _acknowledge = new WriteBatcher<Acknowledgements, int>(AcknowledgeAsync);
    }

    /// <summary>Stores a message; it is durable when this returns. The same sender and id are one message: the first one is returned.</summary>
    public Task<Message> StoreAsync(Message message) => _store.WriteAsync(message);

    /// <summary>Marks messages as delivered that are in the recipient's inbox. Returns how many were waiting there.</summary>
    public Task<int> AcknowledgeAsync(string owner, string recipient, IReadOnlyList<Guid> messages) =>
        _acknowledge.WriteAsync(new Acknowledgements(owner, recipient, messages));

    /// <summary>What waits in the inboxes that the readers look at, oldest first.</summary>
    public async Task<IReadOnlyList<InboxEntry>> ReadAsync(IReadOnlyList<InboxReader> readers, CancellationToken cancellationToken)
    {
        await using var command = Command(
            ReadSql,
            readers.Select((_, index) => index).ToArray(), readers.Select(reader => reader.Owner).ToArray(), readers.Select(reader => reader.Recipient).ToArray(),
            readers.Select(reader => reader.After).ToArray(), readers.Select(reader => reader.Room).ToArray());
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var entries = new List<InboxEntry>();
        while (await reader.ReadAsync(cancellationToken))
        {
            entries.Add(new InboxEntry(
                reader.GetInt32(9), reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetString(4), reader.GetString(5),
                reader.GetInt64(6), reader.GetInt32(7) + 1, reader.GetFieldValue<DateTimeOffset>(8)));
        }

        return entries;
    }

    /// <summary>Counts a delivery that was not acknowledged; at the last attempt the message is dead.</summary>
    public async Task MissAsync(IReadOnlyList<Guid> messages, CancellationToken cancellationToken)
    {
        await using var command = Command(MissSql, messages.ToArray(), MaxAttempts);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Ends messages that cannot be sent, whoever reads the inbox; each stays visible with its reason.</summary>
    public async Task GiveUpAsync(IReadOnlyList<(Guid Id, string Reason)> messages, CancellationToken cancellationToken)
    {
        await using var command = Command(GiveUpSql, messages.Select(message => message.Id).ToArray(), messages.Select(message => message.Reason).ToArray());
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<IReadOnlyList<Message>> StoreAsync(IReadOnlyList<Message> messages)
    {
        var sequences = await InsertAsync(messages);
        var firsts = new List<Message>(messages.Count);
        foreach (var message in messages)
        {
            if (sequences.TryGetValue(message.Id, out var sequence))
            {
                message.Sequence = sequence;
                firsts.Add(message);
            }
            else
            {
                firsts.Add(await FirstAsync(message));
            }
        }

        return firsts;
    }

    // Returns the sequences of those that were not there yet.
    private async Task<Dictionary<Guid, long>> InsertAsync(IReadOnlyList<Message> messages)
    {
        await using var connection = await _dataSource.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var recipients = messages.Select(message => message.Recipient).ToArray();
        await using var batch = new NpgsqlBatch(connection, transaction)
        {
            BatchCommands =
            {
                Statement(LockSql, recipients),
                Statement(
                    StoreSql,
                    messages.Select(message => message.Id).ToArray(), messages.Select(message => message.MessageId).ToArray(), messages.Select(message => message.Owner).ToArray(),
                    messages.Select(message => message.Sender).ToArray(), recipients, messages.Select(message => message.Content).ToArray(),
                    messages.Select(message => message.Metadata).ToArray(), messages.Select(message => EnumText.ToLower(message.State)).ToArray(),
                    messages.Select(message => message.StateReason).ToArray(), messages.Select(message => message.CreatedAt).ToArray(),
                    messages.Select(message => message.ExpiresAt).ToArray()),
                Statement(TellSql, recipients),
            },
        };
        var sequences = new Dictionary<Guid, long>();
        await using (var reader = await batch.ExecuteReaderAsync())
        {
            await reader.NextResultAsync();
            while (await reader.ReadAsync())
            {
                sequences[reader.GetGuid(0)] = reader.GetInt64(1);
            }
        }

        await transaction.CommitAsync();
        return sequences;
    }

    // Stored before, or twice at once: what counts is the first.
    private async Task<Message> FirstAsync(Message again)
    {
        await using var db = await _contexts.CreateDbContextAsync();
        return await db.Messages.AsNoTracking().SingleAsync(message => message.Sender == again.Sender && message.MessageId == again.MessageId);
    }

    private async Task<IReadOnlyList<int>> AcknowledgeAsync(IReadOnlyList<Acknowledgements> acknowledgements)
    {
        var all = acknowledgements.SelectMany(one => one.Messages.Select(message => (Id: message, one.Owner, one.Recipient))).ToList();
        await using var command = Command(
            AcknowledgeSql, all.Select(one => one.Id).ToArray(), all.Select(one => one.Owner).ToArray(), all.Select(one => one.Recipient).ToArray());
        await using var reader = await command.ExecuteReaderAsync();
        var acknowledged = new HashSet<Guid>();
        while (await reader.ReadAsync())
        {
            acknowledged.Add(reader.GetGuid(0));
        }

        return [.. acknowledgements.Select(one => one.Messages.Count(acknowledged.Contains))];
    }

    private NpgsqlCommand Command(string sql, params object[] values)
    {
        var command = _dataSource.CreateCommand(sql);
        command.Parameters.AddRange(Parameters(values));
        return command;
    }

    private static NpgsqlBatchCommand Statement(string sql, params Array[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.AddRange(Parameters(values));
        return command;
    }

    private static NpgsqlParameter[] Parameters(object[] values) => [.. values.Select(value => new NpgsqlParameter { Value = value })];

    private sealed record Acknowledgements(string Owner, string Recipient, IReadOnlyList<Guid> Messages);
}

/// <summary>Who reads an inbox, and how far it has come.</summary>
/// <param name="Owner">Of the inbox.</param>
/// <param name="Recipient">The inbox.</param>
/// <param name="After">The <see cref="Message.Sequence"/> that was read last.</param>
/// <param name="Room">So many more may be read.</param>
public sealed record InboxReader(string Owner, string Recipient, long After, int Room);

/// <summary>A message in an inbox.</summary>
/// <param name="Reader">The index of the reader for whom it is.</param>
/// <param name="Id">Ours.</param>
/// <param name="MessageId">The sender's.</param>
/// <param name="Sender">Who wrote it.</param>
/// <param name="Recipient">The inbox.</param>
/// <param name="Content">What it says.</param>
/// <param name="Metadata">JSON object.</param>
/// <param name="Sequence">Order of the inbox.</param>
/// <param name="Attempt">1 when it was never sent without being acknowledged.</param>
/// <param name="CreatedAt">When it was accepted.</param>
public sealed record InboxEntry(
    int Reader, Guid Id, string MessageId, string Sender, string Recipient, string Content, string Metadata, long Sequence, int Attempt, DateTimeOffset CreatedAt);

internal static class InboxDbContextExtensions
{
    /// <summary>Keeps the order of an inbox until the transaction commits, and then tells whoever serves it.</summary>
    public static Task EnterInboxAsync(this OpenClawDbContext db, string recipient, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({recipient}, 0)), pg_notify({Inbox.Channel}, {recipient})", cancellationToken);
}
