using OpenClaw.Data.Conversations;

namespace OpenClaw.Jobs.Messages;

/// <summary>What who changes a conversation takes to be true of it.</summary>
/// <param name="SessionId">Its present transcript; null for any.</param>
/// <param name="UpdatedAtMs">When it was last used, in milliseconds since 1970; null for whenever.</param>
/// <param name="IsArchived">It is put away.</param>
public sealed record SessionExpectation(Guid? SessionId = null, long? UpdatedAtMs = null, bool IsArchived = false)
{
    public static readonly SessionExpectation None = new();

    internal SessionOutcome? WhyNot(Session session) =>
        (SessionId is { } id && id != session.SessionId) || (UpdatedAtMs is { } at && at != session.UpdatedAt.ToUnixTimeMilliseconds()) ? SessionOutcome.Changed
        : IsArchived && session.ArchivedAt is null ? SessionOutcome.NotArchived
        : null;
}

/// <summary>What came of a change of a conversation.</summary>
public enum SessionOutcome
{
    Done,

    /// <summary>There is none, or it is somebody else's.</summary>
    Unknown,

    /// <summary>It is not any more what its changer takes it for.</summary>
    Changed,

    /// <summary>It would have to be put away before.</summary>
    NotArchived,
}
