using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using OpenClaw.Data;
using OpenClaw.Data.Messages;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Loops;

namespace OpenClaw.Jobs.Channels.WhatsApp;

/// <summary>
/// Messages of durable routing to <c>whatsapp:dm:+…</c>: each goes out as a message of its contact, in order, and its state
/// follows that one's. What was parked while there was no account goes out when there is one.
/// </summary>
public sealed class ChannelMessages(
    WhatsAppOutbox outbox, IWhatsAppSender sender, IDbContextFactory<OpenClawDbContext> contexts, TimeProvider time, ILogger<ChannelMessages> logger)
    : PeriodicService(TimeSpan.FromMinutes(1), time, logger)
{
    private const int Batch = 200;

    /// <summary>The number of a channel address that can be written to now; null for any other address, and while there is no account.</summary>
    public string? NumberOf(string address) => sender.From is not null && address.StartsWith("whatsapp:dm:", StringComparison.Ordinal) ? PhoneNumbers.Parse(address) : null;

    /// <summary>Stores a message and puts it on its way; the same sender and id are one message: the first one is returned.</summary>
    public async Task<Message> SendAsync(Message message, string number, CancellationToken cancellationToken)
    {
        using var transaction = AmbientTransaction.Begin();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.LockContactAsync(number, cancellationToken);
        if (await db.Messages.SingleOrDefaultAsync(row => row.Sender == message.Sender && row.MessageId == message.MessageId, cancellationToken) is { } known)
        {
            transaction.Complete();
            return known;
        }

        db.Messages.Add(message);
        await SendAsync(message, number, db, cancellationToken);
        transaction.Complete();
        return message;
    }

    /// <summary>Puts a message on its way that is stored in the caller's transaction.</summary>
    public async Task SendAsync(Message message, string number, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        message.State = MessageState.Accepted;
        message.StateReason = null;
        var sent = await outbox.SendAsync(new OutgoingText(number, message.Content, message.Owner, $"message:{message.Id}") { Carries = [message.Id] }, db, cancellationToken);
        message.WorkflowUuid = sent.WorkflowUuid;
        await db.SaveChangesAsync(cancellationToken);
    }

    protected override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        while (sender.From is not null && await ReleaseParkedAsync(cancellationToken) == Batch)
        {
        }
    }

    private async Task<int> ReleaseParkedAsync(CancellationToken cancellationToken)
    {
        using var transaction = AmbientTransaction.Begin();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var parked = await db.Messages.FromSql(
            $"""
            SELECT * FROM openclaw_system.notifications
            WHERE state = 'parked' AND recipient LIKE 'whatsapp:dm:%' AND expires_at > now() ORDER BY sequence LIMIT {Batch} FOR UPDATE SKIP LOCKED
            """).ToListAsync(cancellationToken);
        foreach (var message in parked)
        {
            if (NumberOf(message.Recipient) is { } number)
            {
                await SendAsync(message, number, db, cancellationToken);
            }
            else
            {
                (message.State, message.StateReason) = (MessageState.Dead, "The address holds no phone number, and no id of WhatsApp's.");
            }
        }

        await db.SaveChangesAsync(cancellationToken);
        transaction.Complete();
        return parked.Count;
    }
}
