using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpenClaw.Data.Security;

/// <summary>A person who is signed in with a browser. It ends by sign-out, after a time of rest, and after a week in any case.</summary>
public sealed class BrowserSession
{
    /// <summary>SHA-256 of what the cookie holds: the row lets nobody in.</summary>
    public required byte[] Id { get; init; }

    public required string Owner { get; init; }

    /// <summary>Of the token that was signed in with; a changed token ends the session.</summary>
    public required string Stamp { get; init; }

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
        builder.Property(session => session.CreatedAt).HasDefaultValueSql("now()");
        builder.Property(session => session.LastUsedAt).HasDefaultValueSql("now()");
    }
}
