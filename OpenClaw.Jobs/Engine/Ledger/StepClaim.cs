using System.Diagnostics;
using OpenClaw.Jobs.Engine.Execution;

namespace OpenClaw.Jobs.Engine.Ledger;

/// <summary>The right to run one step once: what the ledger gave to this process, fenced by <paramref name="Epoch"/>.</summary>
public sealed record StepClaim(
    Guid WorkflowUuid,
    string WorkflowName,
    int WorkflowVersion,
    Guid? AgentId,
    string Owner,
    string Request,
    string? Traceparent,
    int StepIndex,
    string StepName,
    int Attempt,
    int Failures,
    int Epoch,
    string JobId)
{
    private readonly long _claimed = Stopwatch.GetTimestamp();

    /// <summary>Earlier starts that neither completed nor failed: their process died meanwhile.</summary>
    public int Interruptions => Attempt - Failures - 1;

    /// <summary>How long ago the run was created, by the database's clock at the claim and a steady one since.</summary>
    public TimeSpan Age => AgeAtClaim + Stopwatch.GetElapsedTime(_claimed);

    internal TimeSpan AgeAtClaim { get; init; }

    /// <summary>The run had not ended within its time when it was claimed.</summary>
    internal bool PastDeadline { get; init; }

    /// <summary>Somebody wanted it cancelled before it was claimed.</summary>
    internal bool CancelRequested { get; init; }

    /// <summary>Of steps before, where whoever made the claim knew them.</summary>
    internal RunOutputs? KnownOutputs { get; init; }

    /// <summary>Of <see cref="WorkflowStart.Fresh"/>.</summary>
    internal object? Fresh { get; init; }

    /// <summary>What the traces of earlier attempts of the step said of themselves.</summary>
    internal IReadOnlyList<string> EarlierTraces { get; init; } = [];
}
