using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Jobs.Runtimes;

namespace OpenClaw.Jobs.Agents.Provisioning;

/// <summary>Makes the agent known to its runtime. The runtime gets the step's key, so that a repetition is recognised.</summary>
public sealed class ConnectRuntimeStep(RuntimeAgentQueries agents, RuntimeCatalog runtimes) : IExternalStep
{
    public async Task<object?> RunAsync(StepContext context, CancellationToken cancellationToken)
    {
        var agent = await agents.ReadAsync(context.AgentId, cancellationToken);
        var runtimeId = await runtimes.For(agent.Model).ConnectAsync(agent, context.IdempotencyKey, cancellationToken);
        return new RuntimeConnected(runtimeId);
    }
}

/// <summary>Output of the step.</summary>
public sealed record RuntimeConnected(string RuntimeId);
