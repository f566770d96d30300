using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpenClaw.Data.Notices;

/// <summary>What an owner wants to be told of, and when.</summary>
public sealed class NoticeRules
{
    public const int DefaultDigestAfter = 5;

    public required string Owner { get; init; }

    /// <summary>Kinds of events; null for all.</summary>
    public string[]? Events { get; set; }

    /// <summary>With <see cref="QuietUntil"/>: between these times of day what happens waits for the second one.</summary>
    public TimeOnly? QuietFrom { get; set; }

    public TimeOnly? QuietUntil { get; set; }

    /// <summary>Of the quiet hours: an IANA name.</summary>
    public string TimeZone { get; set; } = "UTC";

    /// <summary>After so many messages within a minute what comes is told as one.</summary>
    public int DigestAfter { get; set; } = DefaultDigestAfter;

    /// <summary>What happens until then is told afterwards.</summary>
    public DateTimeOffset? MutedUntil { get; set; }
}

internal sealed class NotificationRulesConfiguration : IEntityTypeConfiguration<NoticeRules>
{
    public void Configure(EntityTypeBuilder<NoticeRules> builder)
    {
        builder.ToTable("notification_rules");
        builder.HasKey(rules => rules.Owner);
    }
}
