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
            .HasConversion(hours => JsonSerializer.Serialize(hours, Json), json => JsonSerializer.Deserialize<ActiveHours>(json, Json));
        builder.Property(agent => agent.Configuration).HasColumnType("jsonb");
        builder.Property<uint>("xmin").IsRowVersion();
    }
}
