using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenClaw.Data.Conventions;

namespace OpenClaw.Data.WhatsApp;

/// <summary>A WhatsApp message that we send or received.</summary>
public sealed class WhatsAppMessage
{
    public required Guid Id { get; init; }

    public required WhatsAppDirection Direction { get; init; }

    /// <summary>The other side: a <see cref="Contact.Number"/>.</summary>
    public required string Contact { get; init; }

    /// <summary>On whose behalf; null for a stranger's.</summary>
    public string? Owner { get; init; }

    /// <summary>Names the message: the same key is sent once. Of an inbound one, its SID.</summary>
    public required string Key { get; init; }

    public required string Body { get; set; }

    /// <summary>JSON array: what came with an inbound message, and where it is kept.</summary>
    public string Media { get; set; } = "[]";

    public required WhatsAppState State { get; set; }

    /// <summary>It goes, or went, as the approved template.</summary>
    public bool AsTemplate { get; set; }

    /// <summary>It is sent to a contact that wants no messages, because it answers what they have just asked for: no more of them, or a halt.</summary>
    public bool DespiteOptOut { get; init; }

    /// <summary>Twilio's MessageSid; unique.</summary>
    public string? Sid { get; set; }

    /// <summary>Twilio's code of what went wrong.</summary>
    public int? ErrorCode { get; set; }

    /// <summary>For people.</summary>
    public string? Error { get; set; }

    /// <summary>How often it was sent anew because Twilio said so after it had accepted it.</summary>
    public int Repeats { get; set; }

    /// <summary>The messages of <c>openclaw_system.notifications</c> that it carries.</summary>
    public Guid[] Carries { get; set; } = [];

    public Guid? WorkflowUuid { get; set; }

    /// <summary>It is not sent before.</summary>
    public DateTimeOffset DueAt { get; set; }

    /// <summary>A request to Twilio may have been made since then: before another one, Twilio is asked.</summary>
    public DateTimeOffset? TriedAt { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }
}

internal sealed class WhatsAppMessageConfiguration : IEntityTypeConfiguration<WhatsAppMessage>
{
    public void Configure(EntityTypeBuilder<WhatsAppMessage> builder)
    {
        builder.ToTable("whatsapp_messages");
        builder.HasKey(message => message.Id);
        builder.Property(message => message.Direction).IsLowerText();
        builder.Property(message => message.State).IsLowerText();
        builder.Property(message => message.Media).HasColumnType("jsonb");
    }
}
