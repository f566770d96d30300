using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpenClaw.Data.Spending;

/// <summary>What a model's tokens cost from a day on, in micro-units of USD for a million of them.</summary>
public sealed class ModelPrice
{
    /// <summary><c>openai/gpt-5</c>, or with a <c>*</c> at its end the beginning of names. In lower case.</summary>
    public required string Model { get; init; }

    /// <summary>The first day (UTC) on which it holds.</summary>
    public required DateOnly ValidFrom { get; init; }

    public required long Input { get; init; }

    /// <summary>Of input that the provider had in its cache.</summary>
    public required long CachedInput { get; init; }

    public required long Output { get; init; }
}

internal sealed class ModelPriceConfiguration : IEntityTypeConfiguration<ModelPrice>
{
    public void Configure(EntityTypeBuilder<ModelPrice> builder)
    {
        builder.ToTable("model_prices");
        builder.HasKey(price => new { price.Model, price.ValidFrom });
    }
}
