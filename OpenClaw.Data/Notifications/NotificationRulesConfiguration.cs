using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpenClaw.Data.Notifications;

internal sealed class NotificationRulesConfiguration : IEntityTypeConfiguration<NotificationRules>
{
    public void Configure(EntityTypeBuilder<NotificationRules> builder)
    {
        builder.ToTable("notification_rules");
        builder.HasKey(rules => rules.Owner);
    }
}
