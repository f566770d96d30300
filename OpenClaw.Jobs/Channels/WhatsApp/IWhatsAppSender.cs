using OpenClaw.Data.WhatsApp;

namespace OpenClaw.Jobs.Channels.WhatsApp;

/// <summary>The way out to WhatsApp.</summary>
public interface IWhatsAppSender
{
    /// <summary>For people: how messages go out, or that they do not.</summary>
    string Description { get; }

    /// <summary>Our number; null when there is none.</summary>
    string? From { get; }

    bool HasTemplate { get; }

    /// <summary>Whether a question with so many choices can have buttons.</summary>
    bool HasButtons(int choices);

    /// <param name="message">What is sent.</param>
    /// <param name="buttons">What stands below it; null for nothing.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="WhatsAppRefusedException">It was not accepted. With any other exception it may have been.</exception>
    /// <exception cref="Engine.Definitions.StepFailedException">There is no answer of Twilio's.</exception>
    Task<SentMessage> SendAsync(WhatsAppMessage message, QuestionButtons? buttons, CancellationToken cancellationToken);

    /// <summary>What was accepted since then and says what the message says.</summary>
    Task<IReadOnlyList<SentMessage>> FindAsync(WhatsAppMessage message, QuestionButtons? buttons, DateTimeOffset since, CancellationToken cancellationToken);
}

/// <summary>A message that was accepted.</summary>
public sealed record SentMessage(string? Sid, WhatsAppState State);
