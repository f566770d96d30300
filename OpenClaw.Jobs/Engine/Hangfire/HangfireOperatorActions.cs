using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Jobs.Engine.Execution;

namespace OpenClaw.Jobs.Engine.Hangfire;

/// <summary>Carries a Requeue or Delete in Hangfire's dashboard over to the ledger.</summary>
/// <remarks>Resolved when used: the filter is there before the client that it is part of.</remarks>
public sealed class HangfireOperatorActions(IServiceProvider services) : IOperatorActions
{
    private const string Actor = "hangfire dashboard";

    // Hangfire's filters are synchronous, and no request thread is blocked for more than one statement.
    public void Resume(Guid workflowUuid) =>
        Task.Run(() => services.GetRequiredService<WorkflowClient>().ReopenAsync(workflowUuid, Actor, CancellationToken.None)).GetAwaiter().GetResult();

    public void Cancel(Guid workflowUuid) =>
        Task.Run(() => services.GetRequiredService<WorkflowClient>().CancelInLedgerAsync(workflowUuid, Actor, reason: null, CancellationToken.None)).GetAwaiter().GetResult();
}
