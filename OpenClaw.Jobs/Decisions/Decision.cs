namespace OpenClaw.Jobs.Decisions;

/// <summary>What came of a request: it was accepted and is durable, or it was refused and has changed nothing.</summary>
public abstract record Decision<T>
{
    private Decision()
    {
    }

    /// <summary>Committed.</summary>
    public sealed record Accepted(T Value) : Decision<T>;

    /// <summary>Nothing has changed.</summary>
    public sealed record Refused(Refusal Refusal) : Decision<T>;

    public static implicit operator Decision<T>(T value) => new Accepted(value);

    public static implicit operator Decision<T>(Refusal refusal) => new Refused(refusal);
}
