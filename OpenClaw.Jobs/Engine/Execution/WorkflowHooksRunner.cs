using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Data;
using OpenClaw.Data.Workflows;
using OpenClaw.Jobs.Engine.Definitions;

namespace OpenClaw.Jobs.Engine.Execution;

/// <summary>Tells a definition's hooks, in the ambient transaction, and saves what they changed.</summary>
public sealed class WorkflowHooksRunner(WorkflowCatalog catalog, IServiceScopeFactory scopes)
{
    public Task EndedAsync(Guid workflowUuid, WorkflowError error, CancellationToken cancellationToken) => RunAsync(
        workflowUuid,
        async (hooks, workflow, db) =>
        {
            await hooks.EndedAsync(workflow, error, db, cancellationToken);
            return null;
        },
        cancellationToken);

    /// <summary>Null, or why the run cannot be resumed any more.</summary>
    public Task<string?> ResumingAsync(Guid workflowUuid, CancellationToken cancellationToken) =>
        RunAsync(workflowUuid, (hooks, workflow, db) => hooks.ResumingAsync(workflow, db, cancellationToken), cancellationToken);

    /// <summary>Null, or why the run cannot be forked.</summary>
    public Task<string?> ForkingAsync(Guid workflowUuid, Guid fork, CancellationToken cancellationToken) =>
        RunAsync(workflowUuid, (hooks, workflow, db) => hooks.ForkingAsync(workflow, fork, db, cancellationToken), cancellationToken);

    private async Task<string?> RunAsync(
        Guid workflowUuid, Func<IWorkflowHooks, Workflow, OpenClawDbContext, Task<string?>> run, CancellationToken cancellationToken)
    {
        await using var services = scopes.CreateAsyncScope();
        var db = services.ServiceProvider.GetRequiredService<OpenClawDbContext>();
        var workflow = await db.Workflows.FindAsync([workflowUuid], cancellationToken)
            ?? throw new InvalidOperationException($"The ledger has no workflow {workflowUuid}.");

        // Also a run of a version that this build does not know must let go of what it holds when it ends.
        if ((catalog.Find(workflow.Name, workflow.Version) ?? catalog.FindLatest(workflow.Name))?.Hooks is not { } type)
        {
            return null;
        }

        var hooks = (IWorkflowHooks)ActivatorUtilities.GetServiceOrCreateInstance(services.ServiceProvider, type);
        var result = await run(hooks, workflow, db);
        await db.SaveChangesAsync(cancellationToken);
        return result;
    }
}
