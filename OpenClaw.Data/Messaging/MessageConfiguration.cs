using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenClaw.Data.Conventions;

namespace OpenClaw.Data.Messaging;

internal sealed class MessageConfiguration : IEntityTypeConfiguration<Message>
{
    public void Configure(EntityTypeBuilder<Message> builder)
    {
        builder.ToTable("notifications", OpenClawDbContext.SystemSchema);
        builder.HasKey(message => message.Id);
        builder.Property(message => message.State).IsLowerText();
        builder.Property(message => message.Metadata).HasColumnType("jsonb");
        builder.Property(message => message.Sequence).UseIdentityAlwaysColumn();
    }
}
