using OpenClaw.Data;
using OpenClaw.Data.Workflows;
using OpenClaw.Jobs.Engine.Definitions;

namespace OpenClaw.Tests.Engine.Support;

/// <summary>Hooks that cannot put anything in order.</summary>
internal sealed class FailingHooks : IWorkflowHooks
{
    public Task EndedAsync(Workflow workflow, WorkflowError error, OpenClawDbContext db, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("the hooks failed <\ud83d>".Replace("<\ud83d>", "\ud83d", StringComparison.Ordinal));

    public Task<string?> ResumingAsync(Workflow workflow, OpenClawDbContext db, CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    public Task<string?> ForkingAsync(Workflow workflow, Guid fork, OpenClawDbContext db, CancellationToken cancellationToken) => Task.FromResult<string?>(null);
}
