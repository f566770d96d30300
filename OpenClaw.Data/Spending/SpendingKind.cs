namespace OpenClaw.Data.Spending;

/// <summary>What a model was asked for. Stored by its name: never rename one.</summary>
public enum SpendingKind
{
    /// <summary>Somebody wrote to an agent.</summary>
    Message,

    /// <summary>An agent's heart beat.</summary>
    Beat,

    /// <summary>An agent's schedule asked it.</summary>
    Prompt,

    /// <summary>The service asked whether the model answers.</summary>
    Check,

    /// <summary>A command in free words was read.</summary>
    Command,
}
