using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace OpenClaw.Data.Messages;

/// <summary>What owners are told is kept with the messages. Figures and lists draw the line here, in the same words.</summary>
public static class MessageKinds
{
    /// <summary>SQL, as the partial indexes over notices have it. A reply to an owner is a message.</summary>
    public const string IsNoticeSql = "(recipient LIKE 'owner:%' AND reply_to IS NULL)";

    /// <summary>The same for queries.</summary>
    public static readonly Expression<Func<Message, bool>> IsNotice = message => EF.Functions.Like(message.Recipient, "owner:%") && message.ReplyTo == null;

    /// <summary>All others.</summary>
    public static readonly Expression<Func<Message, bool>> IsMessage = message => !EF.Functions.Like(message.Recipient, "owner:%") || message.ReplyTo != null;

    /// <summary>What was given up is counted and listed for so long; it is kept longer.</summary>
    public static readonly TimeSpan DeadShownFor = TimeSpan.FromDays(7);
}
