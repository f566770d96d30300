using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpenClaw.Data.Runtimes;

/// <summary>How a provider of models does, as all nodes have seen it: one that fails is left alone for a while. No row for one that is well.</summary>
public sealed class ProviderBreaker
{
    /// <summary>The part of a model before the slash.</summary>
    public required string Provider { get; init; }

    /// <summary>Outages in a row.</summary>
    public required int Failures { get; set; }

    /// <summary>What the last one is called, for programs.</summary>
    public required string Code { get; set; }

    /// <summary>What it said, for people.</summary>
    public required string Reason { get; set; }

    /// <summary>The models that failed, by their names at the provider. Others of it are asked all the same.</summary>
    public required List<string> Models { get; set; }

    /// <summary>Nobody was there, whatever the model.</summary>
    public required bool IsWhole { get; set; }

    public required DateTimeOffset FailedAt { get; set; }

    /// <summary>Until then it is asked nothing; afterwards one question first. Null while it is asked as ever.</summary>
    public DateTimeOffset? OpenUntil { get; set; }

    /// <summary>How often in a row it has been left alone, each time for longer.</summary>
    public required int Rests { get; set; }

    /// <summary>Until then somebody asks the one question whose answer decides.</summary>
    public DateTimeOffset? ProbeUntil { get; set; }

    /// <summary>Who asks it.</summary>
    public string? ProbeKey { get; set; }
}

internal sealed class ProviderBreakerConfiguration : IEntityTypeConfiguration<ProviderBreaker>
{
    public void Configure(EntityTypeBuilder<ProviderBreaker> builder)
    {
        builder.ToTable("provider_breakers");
        builder.HasKey(breaker => breaker.Provider);
    }
}
