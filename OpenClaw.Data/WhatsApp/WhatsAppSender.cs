using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpenClaw.Data.WhatsApp;

/// <summary>How fast one of our numbers may send, whichever node does it.</summary>
public sealed class WhatsAppSender
{
    public required string Number { get; init; }

    /// <summary>When the next message may go.</summary>
    public DateTimeOffset FreeAt { get; set; }
}

internal sealed class WhatsAppSenderConfiguration : IEntityTypeConfiguration<WhatsAppSender>
{
    public void Configure(EntityTypeBuilder<WhatsAppSender> builder)
    {
        builder.ToTable("whatsapp_senders");
        builder.HasKey(sender => sender.Number);
    }
}
