using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenClaw.Data;
using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Jobs.Engine.Ledger;

namespace OpenClaw.Jobs.Engine.Execution;

/// <summary>
/// Runs database steps of an inline run that follow each other in one transaction with all their checkpoints: one commit
/// instead of one each. If any of them fails nothing has happened, and they are run one by one.
/// </summary>
public sealed partial class StepGroup(WorkflowLedger ledger, IServiceScopeFactory scopes, TimeProvider time, ILogger<StepGroup> logger)
{
    /// <summary>How many steps from the index on can run together; 1 for a step that cannot.</summary>
    public static int Size(WorkflowDefinition definition, int index) =>
        Math.Max(1, definition.Steps.Skip(index).TakeWhile(step => step.Implementation.IsAssignableTo(typeof(IDatabaseStep))).Count());

    /// <summary>Null when it has not worked out.</summary>
    /// <exception cref="LeaseLostException">The lease is somebody else's by now; nothing was written.</exception>
    public async Task<(StepClaim? Next, bool CancelRequested, RunOutputs Outputs)?> TryRunAsync(
        StepClaim claim, IReadOnlyList<StepDefinition> steps, RunOutputs outputs, bool last, Action<StepClaim> executed, CancellationToken cancellationToken)
    {
        try
        {
            using var transaction = AmbientTransaction.Begin();
            await using var services = scopes.CreateAsyncScope();
            var staged = outputs.Stage();
            var json = new List<string?>(steps.Count);
            foreach (var step in steps)
            {
                json.Add(await RunAsync(claim with { StepIndex = claim.StepIndex + json.Count, StepName = step.Name }, step, staged, services.ServiceProvider, cancellationToken));
                staged.Add(step.Name, json[^1]);
            }

            executed(claim);
            var (next, cancelRequested) = await ledger.CompleteAsync(new Checkpoint(claim, json, last, StartNext: !last), cancellationToken);
            transaction.Complete();
            return (next, cancelRequested, staged);
        }
        catch (Exception exception) when (exception is not LeaseLostException)
        {
            // One that only waits, or is cancelled, says so again by itself.
            if (exception is not (StepNotReadyException or OperationCanceledException))
            {
                LogApart(logger, steps.Count, claim.WorkflowUuid, exception);
            }

            return null;
        }
    }

    private async Task<string?> RunAsync(StepClaim claim, StepDefinition step, RunOutputs outputs, IServiceProvider services, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(step.Timeout, time);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        var db = services.GetRequiredService<OpenClawDbContext>();
        var implementation = (IDatabaseStep)ActivatorUtilities.GetServiceOrCreateInstance(services, step.Implementation);
        var output = await implementation.RunAsync(new StepContext(claim, ledger, outputs), db, timeout.Token);
        await db.SaveChangesAsync(timeout.Token);
        return WorkflowJson.Write(output);
    }

    [LoggerMessage(EventId = 1138, Level = LogLevel.Information, Message = "{Steps} steps of workflow {WorkflowUuid} could not be done in one transaction; they are done one by one.")]
    private static partial void LogApart(ILogger logger, int steps, Guid workflowUuid, Exception exception);
}
