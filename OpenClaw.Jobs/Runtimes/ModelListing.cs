namespace OpenClaw.Jobs.Runtimes;

/// <summary>The models of a runtime.</summary>
/// <param name="Status">Whether it could be asked.</param>
/// <param name="Models"><c>provider/name</c>; what we know of it when it could not be asked.</param>
public sealed record ModelListing(ListingStatus Status, IReadOnlyList<string> Models);

/// <summary>Whether a runtime could be asked for its models.</summary>
public enum ListingStatus
{
    Ready,

    /// <summary>It does not take our key.</summary>
    Rejected,

    /// <summary>It is away, or answers with something else.</summary>
    Unreachable,
}
