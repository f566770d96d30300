using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OpenClaw.Data.Spending;

/// <summary>What a turn that is under way may cost. It counts against budgets until the turn has ended, or until its time is over, because its process was killed.</summary>
public sealed class SpendingReservation
{
    public required string TurnKey { get; init; }

    public required string Owner { get; init; }

    public required Guid AgentId { get; init; }

    public required string Model { get; init; }

    /// <summary>In micro-units of USD.</summary>
    public required long Amount { get; init; }

    public required DateTimeOffset Until { get; init; }
}

internal sealed class SpendingReservationConfiguration : IEntityTypeConfiguration<SpendingReservation>
{
    public void Configure(EntityTypeBuilder<SpendingReservation> builder)
    {
        builder.ToTable("spending_reservations");
        builder.HasKey(reservation => reservation.TurnKey);
    }
}
