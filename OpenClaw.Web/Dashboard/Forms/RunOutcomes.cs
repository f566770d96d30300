using OpenClaw.Data.Workflows;
using OpenClaw.Jobs.Engine;

namespace OpenClaw.Web.Dashboard.Forms;

/// <summary>Waits a moment for what an action has started, because a person wants to see the outcome rather than that it has begun.</summary>
internal static class RunOutcomes
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static async Task<RunOutcome> OutcomeAsync(this WorkflowCompletions runs, Guid uuid, CancellationToken cancellationToken) =>
        await runs.WaitAsync(uuid, Patience, cancellationToken) switch
        {
            WorkflowStatus.Success => RunOutcome.Succeeded,
            WorkflowStatus.Error or WorkflowStatus.RetriesExceeded or WorkflowStatus.Cancelled => RunOutcome.Failed,
            _ => RunOutcome.UnderWay,
        };
}
