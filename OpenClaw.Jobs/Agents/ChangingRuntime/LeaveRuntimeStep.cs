using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Agents;
using OpenClaw.Data.Workflows;
using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Jobs.Heartbeats;
using OpenClaw.Jobs.Messages;
using OpenClaw.Jobs.Runtimes;

namespace OpenClaw.Jobs.Agents.ChangingRuntime;

/// <summary>
/// Lets the agent go at the runtime that it left, when the turns are over that it had there. An agent that is back by then
/// stays, and a runtime that is not configured any more has nothing to let go.
/// </summary>
public sealed class LeaveRuntimeStep(IDbContextFactory<OpenClawDbContext> contexts, RuntimeCatalog runtimes) : IExternalStep
{
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(2);

    // A turn that takes longer is asked anew at the new runtime.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public async Task<object?> RunAsync(StepContext context, CancellationToken cancellationToken)
    {
        var request = context.Request<ChangeRuntimeRequest>();
        var connection = await context.OutputOfAsync<NewConnection>("connect_runtime", cancellationToken);
        var agent = await ReadAsync(context, cancellationToken);
        var left = await LeaveAsync(agent, request.OldModel, request.OldRuntimeId, context, cancellationToken);

        // Stopped, or changed once more, while it was made known.
        var leftNew = await LeaveAsync(agent, connection.Model, connection.RuntimeId, context, cancellationToken);
        return new { left, left_new = leftNew };
    }

    private async Task<bool> LeaveAsync(Agent agent, string model, string? runtimeId, StepContext context, CancellationToken cancellationToken)
    {
        var isBack = agent.Status is not AgentStatus.Stopped && RuntimeCatalog.IsSameRuntime(agent.Model, model);
        if (runtimeId is null || isBack || runtimes.Find(model) is not { } runtime)
        {
            return false;
        }

        await runtime.DisconnectAsync(RuntimeAgent.From(agent) with { Model = model, RuntimeId = runtimeId }, context.IdempotencyKey, cancellationToken);
        return true;
    }

    // No connection is held while the runtime works.
    private async Task<Agent> ReadAsync(StepContext context, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var (agent, now) = await db.ReadAgentAsync(context.AgentId, cancellationToken);
        var changed = await db.Workflows.Where(run => run.WorkflowUuid == context.WorkflowUuid).Select(run => run.CreatedAt).SingleAsync(cancellationToken);
        var isBusy = now - changed < Patience && await db.Workflows.AnyAsync(
            run => run.AgentId == context.AgentId && run.Status == WorkflowStatus.Pending && run.ExecutorId != null && run.StartedAt < changed
                && (run.Name == RouteMessageWorkflow.Name || run.Name == HeartbeatWorkflow.Name),
            cancellationToken);
        return isBusy ? throw new StepNotReadyException(AskAgain, "The agent has a turn under way at the runtime that it leaves.") : agent;
    }
}
