using OpenClaw.Jobs.Engine.Ledger;

namespace OpenClaw.Jobs.Engine.Runners;

/// <summary>
/// A place at a runner of this process for a run that is written in the ambient transaction: it is the process's from the
/// beginning, and runs when that has committed. Disposed, the place goes back.
/// </summary>
public sealed class RunnerPlace(InlineRunner runner) : IDisposable
{
    private InlineRunner? _runner = runner;

    /// <summary>The runner's Hangfire job.</summary>
    public string JobId { get; } = runner.JobId;

    /// <summary>Runs the claim when the ambient transaction has committed. If that is rolled back there is no run.</summary>
    internal void RunOnCommit(StepClaim claim) => AmbientTransaction.OnEnd(committed =>
    {
        if (committed)
        {
            Interlocked.Exchange(ref _runner, null)?.Run(claim);
        }
        else
        {
            Dispose();
        }
    });

    public void Dispose() => Interlocked.Exchange(ref _runner, null)?.Return();
}
