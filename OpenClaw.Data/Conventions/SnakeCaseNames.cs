using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;

namespace OpenClaw.Data.Conventions;

/// <summary>Names every column after its property in snake_case.</summary>
internal sealed class SnakeCaseNames : IModelFinalizingConvention
{
    public void ProcessModelFinalizing(IConventionModelBuilder modelBuilder, IConventionContext<IConventionModelBuilder> context)
    {
        foreach (var property in modelBuilder.Metadata.GetEntityTypes().SelectMany(entity => entity.GetDeclaredProperties()))
        {
            property.Builder.HasColumnName(JsonNamingPolicy.SnakeCaseLower.ConvertName(property.GetColumnName()));
        }
    }
}

internal static class SnakeCaseNamesExtensions
{
    public static void UseSnakeCaseNames(this ModelConfigurationBuilder configuration) =>
        configuration.Conventions.Add(_ => new SnakeCaseNames());
}
