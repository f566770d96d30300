using OpenClaw.Jobs.Engine.Execution;
using OpenClaw.Jobs.Engine.Ledger;

namespace OpenClaw.Jobs.Engine.Definitions;

/// <summary>What a step knows of its run.</summary>
public sealed class StepContext(StepClaim claim, WorkflowLedger ledger, RunOutputs outputs)
{
    public Guid WorkflowUuid => claim.WorkflowUuid;

    public string WorkflowName => claim.WorkflowName;

    public string StepName => claim.StepName;

    public string Owner => claim.Owner;

    /// <summary>The agent that the run is about.</summary>
    /// <exception cref="InvalidOperationException">The run is about no agent.</exception>
    public Guid AgentId => claim.AgentId
        ?? throw new InvalidOperationException($"Workflow {WorkflowName} {WorkflowUuid} was started without an agent.");

    /// <summary>From 1; counts starts, not only failures.</summary>
    public int Attempt => claim.Attempt;

    /// <summary><c>{workflow}:{step}</c>, the same on every attempt; for the other side of an external effect.</summary>
    public string IdempotencyKey => $"{WorkflowUuid}:{StepName}";

    /// <summary>The request that the run was started with.</summary>
    public T Request<T>() => WorkflowJson.Read<T>(claim.Request);

    /// <summary>What whoever started the run had read a moment ago; null where this step must read it.</summary>
    public T? Fresh<T>() where T : class => claim.Fresh as T;

    /// <summary>The output of an earlier step of this run.</summary>
    public async Task<T> OutputOfAsync<T>(string step, CancellationToken cancellationToken)
    {
        var output = outputs.Find(step);
        if (output is null)
        {
            output = await ledger.ReadOutputAsync(WorkflowUuid, step, cancellationToken);
            outputs.Add(step, output);
        }

        return WorkflowJson.Read<T>(output);
    }
}
