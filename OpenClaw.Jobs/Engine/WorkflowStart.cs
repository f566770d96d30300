namespace OpenClaw.Jobs.Engine;

/// <summary>What a new run needs.</summary>
/// <param name="Name">The workflow; the newest version of its definition is taken.</param>
/// <param name="Owner">On whose behalf.</param>
/// <param name="Request">Stored as JSON; the steps read it.</param>
public sealed record WorkflowStart(string Name, string Owner, object Request)
{
    public Guid? AgentId { get; init; }

    /// <summary>A second start with the same owner and key starts nothing and returns the first run.</summary>
    public string? IdempotencyKey { get; init; }

    public Guid? ParentUuid { get; init; }

    /// <summary>
    /// Outputs of the first steps that the caller knows already, because it has done in this transaction what they do: the
    /// run begins behind them.
    /// </summary>
    public IReadOnlyList<object?> KnownOutputs { get; init; } = [];

    /// <summary>
    /// What the caller has read in this transaction, for the first step to use instead of reading it again. It is not stored: the
    /// step has it only where this process runs it at once.
    /// </summary>
    public object? Fresh { get; init; }

    /// <summary>Chosen by the caller when other rows of the same transaction must name the run.</summary>
    public Guid WorkflowUuid { get; init; } = Guid.CreateVersion7();
}
