using OpenClaw.Data.WhatsApp;

namespace OpenClaw.Jobs.Channels.WhatsApp;

/// <summary>Without an account with Twilio: messages are kept where all are kept, and go nowhere.</summary>
public sealed class RecordingSender : IWhatsAppSender
{
    public string Description => "Recording only: TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN and TWILIO_WHATSAPP_FROM are not set, so messages are kept here and sent nowhere.";

    public string? From => null;

    public bool HasTemplate => false;

    public bool HasButtons(int choices) => false;

    public Task<SentMessage> SendAsync(WhatsAppMessage message, QuestionButtons? buttons, CancellationToken cancellationToken) =>
        Task.FromResult(new SentMessage(Sid: null, WhatsAppState.Recorded));

    public Task<IReadOnlyList<SentMessage>> FindAsync(WhatsAppMessage message, QuestionButtons? buttons, DateTimeOffset since, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<SentMessage>>([]);
}
