using System.Diagnostics;
using OpenClaw.Jobs.Engine.Execution;
using OpenClaw.Jobs.Engine.Ledger;

namespace OpenClaw.Tests.Engine.Support;

/// <summary>
/// Ends this very process with SIGKILL when a step gets to the given moment: <c>Executed:connect_runtime</c>. A step does so
/// at its first start only: one that killed its process each time would rightly be given up.
/// </summary>
internal sealed class KillSwitch(string? killAt) : IWorkflowObserver
{
    /// <summary>A moment of our own: a runtime has been called and has not answered.</summary>
    public const string Called = "Called";

    public void On(StepMoment moment, StepClaim claim)
    {
        if (claim.Attempt == 1)
        {
            Reach($"{(moment is StepMoment.Succeeded ? StepMoment.Checkpointed : moment)}:{claim.StepName}");
        }
    }

    public void Reach(string point)
    {
        if (point == killAt)
        {
            Process.GetCurrentProcess().Kill();
            Thread.Sleep(Timeout.Infinite);
        }
    }
}
