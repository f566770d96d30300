using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpenClaw.Data.Workflows;

/// <summary>A process that runs steps: a row of <c>openclaw_system.executors</c>, kept alive by its beats.</summary>
public sealed class Executor
{
    public required string ExecutorId { get; init; }

    /// <summary>The place that only one process can have at a time (machine and port).</summary>
    public required string Node { get; init; }

    public required int Pid { get; init; }

    public required string Version { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset BeatAt { get; set; }

    /// <summary>It holds a lock in the database as long as it lives: when the lock is free, the process is gone.</summary>
    public bool HoldsLock { get; set; }

    /// <summary>Set when it said goodbye or was found dead.</summary>
    public DateTimeOffset? StoppedAt { get; set; }

    public string? StopReason { get; set; }
}

internal sealed class ExecutorConfiguration : IEntityTypeConfiguration<Executor>
{
    public void Configure(EntityTypeBuilder<Executor> builder)
    {
        builder.ToTable("executors", OpenClawDbContext.SystemSchema);
        builder.HasKey(executor => executor.ExecutorId);
    }
}
