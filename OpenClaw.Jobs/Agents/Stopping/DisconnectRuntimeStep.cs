using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Jobs.Runtimes;

namespace OpenClaw.Jobs.Agents.Stopping;

/// <summary>
/// Lets the agent go at its runtime. An agent that never got one has none to leave, and a runtime that is not configured
/// any more must not keep an agent from being stopped.
/// </summary>
public sealed class DisconnectRuntimeStep(RuntimeAgentQueries agents, RuntimeCatalog runtimes) : IExternalStep
{
    public async Task<object?> RunAsync(StepContext context, CancellationToken cancellationToken)
    {
        var agent = await agents.ReadAsync(context.AgentId, cancellationToken);
        var runtime = agent.RuntimeId is null ? null : runtimes.Find(agent.Model);
        if (runtime is not null)
        {
            await runtime.DisconnectAsync(agent, context.IdempotencyKey, cancellationToken);
        }

        return new { disconnected = runtime is not null };
    }
}
