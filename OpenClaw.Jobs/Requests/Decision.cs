namespace OpenClaw.Jobs.Requests;

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

    public TResult Match<TResult>(Func<T, TResult> accepted, Func<Refusal, TResult> refused) => this switch
    {
        Accepted { Value: var value } => accepted(value),
        Refused { Refusal: var refusal } => refused(refusal),
        _ => throw new InvalidOperationException("A decision is accepted or refused."),
    };

    public static implicit operator Decision<T>(T value) => new Accepted(value);

    public static implicit operator Decision<T>(Refusal refusal) => new Refused(refusal);
}
