using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpenClaw.Data.WhatsApp;

/// <summary>Somebody on WhatsApp.</summary>
public sealed class Contact
{
    /// <summary>E.164, as <c>+491701234567</c>.</summary>
    public required string Number { get; init; }

    /// <summary>On whose behalf the number gives commands and hears of agents; null for a stranger.</summary>
    public string? Owner { get; set; }

    /// <summary>The name that they gave themselves there.</summary>
    public string? Name { get; set; }

    /// <summary>Free text may be sent within a day of it.</summary>
    public DateTimeOffset? LastInboundAt { get; set; }

    /// <summary>Since when they want no messages from us; null when they do.</summary>
    public DateTimeOffset? OptedOutAt { get; set; }

    /// <summary>When a stranger was last told that we do not talk to strangers.</summary>
    public DateTimeOffset? TurnedAwayAt { get; set; }

    public DateTimeOffset CreatedAt { get; init; }
}

internal sealed class ContactConfiguration : IEntityTypeConfiguration<Contact>
{
    public void Configure(EntityTypeBuilder<Contact> builder)
    {
        builder.ToTable("contacts");
        builder.HasKey(contact => contact.Number);
    }
}
