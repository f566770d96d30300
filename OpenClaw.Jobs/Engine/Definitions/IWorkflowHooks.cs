using OpenClaw.Data;
using OpenClaw.Data.Workflows;

namespace OpenClaw.Jobs.Engine.Definitions;

/// <summary>What the application does when a run ends without success, and when it is taken up again.</summary>
/// <remarks>Both run in the transaction that writes the ledger; what they change in <c>db</c> is saved for them.</remarks>
public interface IWorkflowHooks
{
    Task EndedAsync(Workflow workflow, WorkflowError error, OpenClawDbContext db, CancellationToken cancellationToken);

    /// <summary>Returns null, or why the run cannot be resumed any more.</summary>
    Task<string?> ResumingAsync(Workflow workflow, OpenClawDbContext db, CancellationToken cancellationToken);

    /// <summary>Returns null, or why the run cannot be run anew from one of its steps as <paramref name="fork"/>.</summary>
    Task<string?> ForkingAsync(Workflow workflow, Guid fork, OpenClawDbContext db, CancellationToken cancellationToken);
}
