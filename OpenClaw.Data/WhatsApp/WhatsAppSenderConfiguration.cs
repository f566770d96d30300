using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpenClaw.Data.WhatsApp;

internal sealed class WhatsAppSenderConfiguration : IEntityTypeConfiguration<WhatsAppSender>
{
    public void Configure(EntityTypeBuilder<WhatsAppSender> builder)
    {
        builder.ToTable("whatsapp_senders");
        builder.HasKey(sender => sender.Number);
    }
}
