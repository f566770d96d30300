using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpenClaw.Data.Conventions;

namespace OpenClaw.Data.Spending;

/// <summary>What an agent, or all agents of an owner, may spend in a day, a week or a month.</summary>
public sealed class Budget
{
    public required Guid Id { get; init; }

    public required string Owner { get; init; }

    /// <summary>Null for all agents of the owner together.</summary>
    public Guid? AgentId { get; init; }

    public required BudgetPeriod Period { get; init; }

    /// <summary>In micro-units of USD: when so much is spent the owner is told, once in a period. Null for never.</summary>
    public long? Soft { get; set; }

    /// <summary>In micro-units of USD: a turn that might pass it is not begun. Null for no limit.</summary>
    public long? Hard { get; set; }

    /// <summary>The first day of the period in which the owner was told of <see cref="Soft"/>.</summary>
    public DateOnly? ToldFor { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }
}

/// <summary>A calendar's, in UTC. Weeks begin on Monday. Stored by its name, which PostgreSQL's <c>date_trunc</c> knows: never rename one.</summary>
public enum BudgetPeriod
{
    Day,
    Week,
    Month,
}

internal sealed class BudgetConfiguration : IEntityTypeConfiguration<Budget>
{
    public void Configure(EntityTypeBuilder<Budget> builder)
    {
        builder.ToTable("budgets");
        builder.HasKey(budget => budget.Id);
        builder.Property(budget => budget.Period).IsLowerText();
        builder.Property(budget => budget.CreatedAt).HasDefaultValueSql("now()");
        builder.Property(budget => budget.UpdatedAt).HasDefaultValueSql("now()");
    }
}
