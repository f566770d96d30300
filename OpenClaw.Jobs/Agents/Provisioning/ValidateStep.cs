using OpenClaw.Data;
using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Jobs.Runtimes;

namespace OpenClaw.Jobs.Agents.Provisioning;

/// <summary>Makes sure that a runtime serves the agent's model before anything is built on it. Reads only.</summary>
public sealed class ValidateStep(RuntimeCatalog runtimes) : IDatabaseStep
{
    public async Task<object?> RunAsync(StepContext context, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var agent = await db.LockAgentAsync(context.AgentId, cancellationToken);
        return new { runtime = runtimes.For(agent.Model).Provider };
    }
}
