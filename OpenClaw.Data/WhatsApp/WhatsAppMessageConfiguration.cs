using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenClaw.Data.Conventions;

namespace OpenClaw.Data.WhatsApp;

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
