using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Messages;
using OpenClaw.Jobs.Engine;

namespace OpenClaw.Jobs.Messages;

/// <summary>Messages that wait for an agent and are answered with one turn: the first of them has it, and the others are answered with it.</summary>
internal static class CollectedMessages
{
    /// <summary>Messages of one turn. OpenClaw's own number.</summary>
    public const int Most = 20;

    /// <summary>The messages behind the first that share its turn: what its sender has said next in the conversation, with nothing in between.</summary>
    public static async Task<List<Message>> BehindAsync(Message first, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var line = await db.Messages.AsNoTracking()
            .Where(message => message.Recipient == first.Recipient && (message.State == MessageState.Accepted || message.State == MessageState.Parked) && message.Sequence > first.Sequence)
            .OrderBy(message => message.Sequence).Take(Most - 1).ToListAsync(cancellationToken);
        var length = first.Content.Length;
        return [.. line.TakeWhile(message => Shares(message, first) && (length += Between.Length + message.Content.Length) <= MessageRules.MaxContentLength)];
    }

    public static string TextOf(Message first, IEnumerable<Message> others) => string.Join(Between, others.Select(other => other.Content).Prepend(first.Content));

    /// <summary>They are answered too, those that are still there. What would deliver them comes to its end by itself.</summary>
    public static async Task AnswerAsync(IReadOnlyList<Guid> others, Message first, WorkflowClient workflows, OpenClawDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var answered = await db.Messages.AsTracking().Where(message => others.Contains(message.Id) && (message.State == MessageState.Accepted || message.State == MessageState.Parked)).ToListAsync(cancellationToken);
        foreach (var message in answered)
        {
            (message.State, message.StateReason, message.AnsweredWith) = (MessageState.Delivered, null, first.Id);
            message.DeliveredAt = message.AckedAt = now;
        }

        await db.SaveChangesAsync(cancellationToken);
        foreach (var workflow in answered.Select(message => message.WorkflowUuid).OfType<Guid>())
        {
            await workflows.ReleaseAsync(workflow, cancellationToken);
        }
    }

    private const string Between = "\n\n";

    private static bool Shares(Message message, Message first) =>
        message.QueueMode is QueueMode.Collect && message.SessionKey == first.SessionKey && message.Sender == first.Sender && message.TurnTimeout == first.TurnTimeout
        && MessageContexts.HashOf(message.Metadata) is null && ReplyAddress.Of(message) == ReplyAddress.Of(first);
}
