using OpenClaw.Data.Agents;
using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Jobs.Runtimes;

namespace OpenClaw.Jobs.Agents.ChangingRuntime;

/// <summary>
/// Makes a running agent known to the runtime of its present model. One that does not run is made known when it is resumed
/// or provisioned, and one that was made known meanwhile has its name already.
/// </summary>
public sealed class ConnectNewRuntimeStep(RuntimeAgentQueries agents, RuntimeCatalog runtimes) : IExternalStep
{
    public async Task<object?> RunAsync(StepContext context, CancellationToken cancellationToken)
    {
        var agent = await agents.ReadAgentAsync(context.AgentId, cancellationToken);
        if (agent is not { Status: AgentStatus.Running, Operation: null, OpenclawAgentId: null })
        {
            return new NewConnection(agent.Model, null);
        }

        var runtimeId = await runtimes.For(agent.Model).ConnectAsync(RuntimeAgent.From(agent), context.IdempotencyKey, cancellationToken);
        return new NewConnection(agent.Model, runtimeId);
    }
}

/// <summary>Output of the step.</summary>
/// <param name="Model">Whose runtime it was.</param>
/// <param name="RuntimeId">The name by which it knows the agent; null when nothing had to be done.</param>
public sealed record NewConnection(string Model, string? RuntimeId);
