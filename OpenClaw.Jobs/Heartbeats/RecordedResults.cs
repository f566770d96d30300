using OpenClaw.Data.Heartbeats;

namespace OpenClaw.Jobs.Heartbeats;

/// <summary>Output of <see cref="RecordResultsStep"/>.</summary>
public sealed record RecordedResults(HeartbeatStatus Status);
