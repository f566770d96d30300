using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Jobs.Engine.Hangfire;

namespace OpenClaw.Jobs.Channels.WhatsApp;

/// <summary>The delivery of one stored message to somebody on WhatsApp.</summary>
public static class SendNoticeWorkflow
{
    public const string Name = "send_notification";

    // An outage at Twilio, or a sender that is too fast, is over within the hour; what is told later than that is no news.
    private static readonly RetryPolicy SendRetry = new(10, TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(10));

    public static readonly WorkflowDefinition Definition = WorkflowDefinition.Inline(Name, version: 1, Queues.Default)
        .Database<ChooseTextOrTemplateStep>("choose_text_or_template")
        .External<SendStep>("send", SendRetry, TimeSpan.FromMinutes(1))
        .Database<RecordStep>("record")
        .WithHooks<SendNoticeHooks>();
}

/// <summary>Stored with a send_notification run.</summary>
public sealed record SendNoticeRequest(Guid MessageId);
