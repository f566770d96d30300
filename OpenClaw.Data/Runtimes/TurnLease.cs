using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpenClaw.Data.Runtimes;

/// <summary>Whose turn it is at an agent: one at a time, whatever node runs it.</summary>
public sealed class TurnLease
{
    public required Guid AgentId { get; init; }

    public required string TurnKey { get; init; }

    /// <summary>The process that runs the turn. The lease counts only as long as it beats.</summary>
    public required string ExecutorId { get; init; }

    public required DateTimeOffset Until { get; init; }
}

internal sealed class TurnLeaseConfiguration : IEntityTypeConfiguration<TurnLease>
{
    public void Configure(EntityTypeBuilder<TurnLease> builder)
    {
        builder.ToTable("turn_leases");
        builder.HasKey(lease => lease.AgentId);
    }
}
