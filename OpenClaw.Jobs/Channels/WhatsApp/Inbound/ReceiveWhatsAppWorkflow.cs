using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Jobs.Engine.Hangfire;

namespace OpenClaw.Jobs.Channels.WhatsApp.Inbound;

/// <summary>What becomes of a stored message of somebody on WhatsApp.</summary>
public static class ReceiveWhatsAppWorkflow
{
    public const string Name = "receive_whatsapp";

    private static readonly RetryPolicy CommandRetry = new(4, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(30));
    private static readonly RetryPolicy MediaRetry = new(3, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(10));

    public static readonly WorkflowDefinition Definition = WorkflowDefinition.Inline(Name, version: 1, Queues.Default)
        .Database<AdmitStep>("admit")
        .External<KeepMediaStep>("keep_media", MediaRetry, TimeSpan.FromMinutes(2))
        .External<ObeyStep>("obey", CommandRetry, TimeSpan.FromMinutes(2))
        .Database<AnswerStep>("answer")
        .WithHooks<ReceiveWhatsAppHooks>();
}

/// <summary>Stored with a receive_whatsapp run.</summary>
public sealed record ReceiveWhatsAppRequest(Guid MessageId);
