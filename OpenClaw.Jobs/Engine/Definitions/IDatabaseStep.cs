using OpenClaw.Data;

namespace OpenClaw.Jobs.Engine.Definitions;

/// <summary>A step whose whole effect is in our database. It commits together with its checkpoint: exactly once.</summary>
public interface IDatabaseStep
{
    /// <summary>Changes <paramref name="db"/>, which the runner saves, and returns the step's output or null.</summary>
    /// <remarks>Runs inside a <see cref="System.Transactions.TransactionScope"/>; keep no connection open.</remarks>
    Task<object?> RunAsync(StepContext context, OpenClawDbContext db, CancellationToken cancellationToken);
}
