using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenClaw.Data.Conventions;

namespace OpenClaw.Data.Security;

/// <summary>Somebody who is signed in with a browser. It ends by sign-out, after a time of rest, and after a while in any case.</summary>
public sealed class BrowserSession
{
    /// <summary>SHA-256 of what the cookie holds: the row lets nobody in.</summary>
    public required byte[] Id { get; init; }

    public required string Owner { get; init; }

    /// <summary>Of what was signed in with; a changed token, or another issuer, ends the session.</summary>
    public required string Stamp { get; init; }

    public required PersonRole Role { get; init; }

    /// <summary>Who has said whom it is; null for one that began with the service's token, as are the three below.</summary>
    public string? Issuer { get; init; }

    /// <summary>By what the issuer knows the person for good.</summary>
    public string? Subject { get; init; }

    /// <summary>For people; null where the issuer tells none, as the address.</summary>
    public string? Name { get; init; }

    public string? Email { get; init; }

    /// <summary>From where; null when nobody knows.</summary>
    public string? Address { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset LastUsedAt { get; init; }
}

internal sealed class BrowserSessionConfiguration : IEntityTypeConfiguration<BrowserSession>
{
    public void Configure(EntityTypeBuilder<BrowserSession> builder)
    {
        builder.ToTable("browser_sessions");
        builder.HasKey(session => session.Id);
        builder.Property(session => session.Role).IsLowerText();
        builder.Property(session => session.CreatedAt).HasDefaultValueSql("now()");
        builder.Property(session => session.LastUsedAt).HasDefaultValueSql("now()");
    }
}
