namespace OpenClaw.Data.Conversations;

/// <summary>What an agent's turns took on one day (UTC).</summary>
public sealed class AgentUsage
{
    public required Guid AgentId { get; init; }

    public required DateOnly Day { get; init; }

    public long Turns { get; init; }

    public long InputTokens { get; init; }

    public long OutputTokens { get; init; }
}
