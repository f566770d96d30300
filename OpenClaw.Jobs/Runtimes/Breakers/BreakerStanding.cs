namespace OpenClaw.Jobs.Runtimes.Breakers;

/// <summary>A provider that has failed, as a node has read it.</summary>
/// <param name="Provider">The part of a model before the slash.</param>
/// <param name="Failures">Outages in a row.</param>
/// <param name="Reason">What the last one said.</param>
/// <param name="Models">Those that failed, by their names at the provider.</param>
/// <param name="IsWhole">Nobody was there, whatever the model.</param>
/// <param name="IsOpen">It is left alone, or one question decides whether it is.</param>
/// <param name="OpenFor">How long it is left alone yet, from when this was read; zero or less when the one question is due.</param>
/// <param name="ProbedFor">How long somebody else may be asking that question yet.</param>
public sealed record BreakerStanding(string Provider, int Failures, string Reason, IReadOnlyList<string> Models, bool IsWhole, bool IsOpen, TimeSpan OpenFor, TimeSpan ProbedFor)
{
    // Long enough to ask something, and no longer.
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    /// <summary>A time stamp of when it was read.</summary>
    public required long ReadAt { get; init; }

    /// <summary>Which models are left alone, for people.</summary>
    public string Which => IsWhole ? Provider : string.Join(", ", Models.Select(model => $"{Provider}/{model}"));

    public bool Concerns(string model) => IsWhole || Models.Contains(model);

    /// <summary>How long to leave it alone yet; null when one question may be asked.</summary>
    public TimeSpan? Rest(TimeProvider time)
    {
        var since = time.GetElapsedTime(ReadAt);
        return OpenFor > since ? OpenFor - since : ProbedFor > since ? Moment : null;
    }
}
