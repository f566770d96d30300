using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenClaw.Data.Conventions;

namespace OpenClaw.Data.Agents;

internal sealed class AgentConfiguration : IEntityTypeConfiguration<Agent>
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public void Configure(EntityTypeBuilder<Agent> builder)
    {
        builder.ToTable("agents");
        builder.HasKey(agent => agent.Id);
        builder.Property(agent => agent.Status).IsLowerText();
        builder.Property(agent => agent.Operation).IsLowerText();
        builder.Property(agent => agent.HeartbeatActiveHours).HasColumnType("jsonb")
            .HasConversion(hours => Write(hours), json => Read(json));

        // The value that stands for none: the default of its type has no text, which the compiled model would need.
        builder.Property(agent => agent.Configuration).HasColumnType("jsonb").HasSentinel(JsonElement.Parse("{}"));
        builder.Property<string>(Agent.SearchProperty).HasComputedColumnSql(@"lower(name || E'\n' || model)", stored: true);
        builder.Property<uint>("xmin").IsRowVersion();
    }

    // Methods, because the compiled model calls what it can see.
    internal static string Write(ActiveHours? hours) => JsonSerializer.Serialize(hours, Json);

    internal static ActiveHours? Read(string json) => JsonSerializer.Deserialize<ActiveHours>(json, Json);
}
