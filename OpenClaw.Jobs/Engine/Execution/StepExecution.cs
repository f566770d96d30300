using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Data;
using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Jobs.Engine.Ledger;

namespace OpenClaw.Jobs.Engine.Execution;

/// <summary>Runs the code of one step and writes its checkpoint: in one transaction where the effect is ours.</summary>
public sealed class StepExecution(WorkflowLedger ledger, IServiceScopeFactory scopes, TimeProvider time)
{
    /// <summary>Returns the claim on the next step when this process goes on with it.</summary>
    /// <param name="claim">The step that this process may run.</param>
    /// <param name="step">Its definition.</param>
    /// <param name="outputs">What this job has checkpointed so far; this step's is added.</param>
    /// <param name="last">It is the run's last.</param>
    /// <param name="startNext">This process goes on with the next step.</param>
    /// <param name="executed">Called between the step's code and its commit.</param>
    /// <param name="entry">Tells when the run is to be cancelled; its permit rests while an external step runs.</param>
    /// <param name="stopping">Fires when the process stops.</param>
    /// <exception cref="TimeoutException">The attempt took longer than the step may.</exception>
    public async Task<(StepClaim? Next, bool CancelRequested)> ExecuteAsync(
        StepClaim claim, StepDefinition step, RunOutputs outputs, bool last, bool startNext, Action<StepClaim> executed,
        RunningWorkflows.Entry entry, CancellationToken stopping)
    {
        var cancelled = entry.Cancelled;
        using var timeout = new CancellationTokenSource(step.Timeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancelled, stopping);
        await using var services = scopes.CreateAsyncScope();
        var context = new StepContext(claim, ledger, outputs);
        try
        {
            return ActivatorUtilities.GetServiceOrCreateInstance(services.ServiceProvider, step.Implementation) switch
            {
                IDatabaseStep database => await RunInTransactionAsync(database),
                IExternalStep external => await RunOutsideAsync(external),
                var other => throw new InvalidOperationException($"{other.GetType()} is neither an IDatabaseStep nor an IExternalStep."),
            };
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancelled.IsCancellationRequested && !stopping.IsCancellationRequested)
        {
            throw new TimeoutException($"Step {step.Name} took longer than {step.Timeout}.");
        }

        async Task<(StepClaim?, bool)> RunInTransactionAsync(IDatabaseStep database)
        {
            using var transaction = AmbientTransaction.Begin();
            var db = services.ServiceProvider.GetRequiredService<OpenClawDbContext>();
            var output = await database.RunAsync(context, db, linked.Token);
            await db.SaveChangesAsync(linked.Token);
            executed(claim);
            var result = await CheckpointAsync(output, linked.Token);
            transaction.Complete();
            return result;
        }

        async Task<(StepClaim?, bool)> RunOutsideAsync(IExternalStep external)
        {
            entry.Permit?.Rest();

            // A step that ignores its token must not hold the run beyond its time.
            var output = await external.RunAsync(context, linked.Token).WaitAsync(linked.Token);
            executed(claim);

            // The effect has happened: its checkpoint is written even when the run is cancelled in this moment.
            return await CheckpointAsync(output, CancellationToken.None);
        }

        async Task<(StepClaim?, bool)> CheckpointAsync(object? output, CancellationToken cancellationToken)
        {
            var json = WorkflowJson.Write(output);
            outputs.Add(step.Name, json);
            return await ledger.CompleteAsync(new Checkpoint(claim, [json], last, startNext), cancellationToken);
        }
    }
}
