using OpenClaw.Data;
using OpenClaw.Data.Agents;
using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Jobs.Runtimes;

namespace OpenClaw.Jobs.Agents.ChangingRuntime;

/// <summary>Stores the connection, unless the agent has moved on meanwhile. Commits with its checkpoint.</summary>
public sealed class StoreConnectionStep : IDatabaseStep
{
    public async Task<object?> RunAsync(StepContext context, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var connection = await context.OutputOfAsync<NewConnection>("connect_runtime", cancellationToken);
        var agent = await db.LockAgentAsync(context.AgentId, cancellationToken);
        if (agent.Status is not AgentStatus.Stopped && RuntimeCatalog.IsSameRuntime(agent.Model, connection.Model))
        {
            agent.OpenclawAgentId ??= connection.RuntimeId;
        }

        return new { runtime_id = agent.OpenclawAgentId };
    }
}
