using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpenClaw.Data.Agents;

/// <summary>What an agent's turns took on one day (UTC).</summary>
public sealed class AgentUsage
{
    public required Guid AgentId { get; init; }

    public required DateOnly Day { get; init; }

    public long Turns { get; init; }

    public long InputTokens { get; init; }

    public long OutputTokens { get; init; }
}

internal sealed class AgentUsageConfiguration : IEntityTypeConfiguration<AgentUsage>
{
    public void Configure(EntityTypeBuilder<AgentUsage> builder)
    {
        builder.ToTable("agent_usage");
        builder.HasKey(usage => new { usage.AgentId, usage.Day });
    }
}
