using OpenClaw.Data.Heartbeats;

namespace OpenClaw.Jobs.Heartbeats;

/// <summary>Output of <see cref="RecordResultsStep"/>.</summary>
public sealed record RecordedResults(HeartbeatStatus Status)
{
    /// <summary>The agent said something beside that all is well.</summary>
    public bool HasNote { get; init; }
}
