using OpenClaw.Jobs.Requests;

namespace OpenClaw.Jobs.Commands;

/// <summary>Takes what a person writes in their own words, does it, and answers.</summary>
public interface ICommandHandler
{
    /// <summary>Never throws for what a person may write. A message with an id that was handled before is answered as it was then.</summary>
    /// <returns>The answer, for the person to read.</returns>
    Task<string> HandleAsync(CommandMessage message, CancellationToken cancellationToken);
}

/// <summary>What a person wrote.</summary>
/// <param name="Id">The channel's own id of the message, 1 to 255 characters; the same on every repetition.</param>
/// <param name="Text">As it was typed.</param>
/// <param name="Caller">On whose behalf, and who is named in the audit.</param>
/// <param name="Source">The channel, such as <c>whatsapp</c>, <c>api</c>, <c>gateway</c> or <c>dashboard</c>.</param>
/// <param name="Contact">The address of the person within the channel, such as a number in E.164 form; null where a channel has one person alone.</param>
public sealed record CommandMessage(string Id, string Text, Caller Caller, string Source, string? Contact);
