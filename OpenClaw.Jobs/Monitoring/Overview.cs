using OpenClaw.Data.Agents;
using OpenClaw.Data.Heartbeats;
using OpenClaw.Data.Messages;
using OpenClaw.Data.Workflows;

namespace OpenClaw.Jobs.Monitoring;

/// <summary>The swarm in figures.</summary>
public sealed record Overview
{
    public required IReadOnlyDictionary<AgentStatus, long> Agents { get; init; }

    /// <summary>Agents whose beats fail one after the other.</summary>
    public required long Degraded { get; init; }

    /// <summary>Beats of the last hour.</summary>
    public required IReadOnlyDictionary<HeartbeatStatus, long> Beats { get; init; }

    /// <summary>Beats that were due a minute ago or longer and have not begun.</summary>
    public required long LateBeats { get; init; }

    /// <summary>Messages that wait now, and those given up within a week. Notices are not among them.</summary>
    public required IReadOnlyDictionary<MessageState, long> Messages { get; init; }

    /// <summary>Notices to owners, likewise.</summary>
    public required IReadOnlyDictionary<MessageState, long> Notices { get; init; }

    /// <summary>Runs that have not ended.</summary>
    public required IReadOnlyDictionary<WorkflowStatus, long> Open { get; init; }

    /// <summary>Runs that ended within 24 hours.</summary>
    public required EndedRuns Day { get; init; }

    /// <summary>Runs that ended within the range that was asked for, oldest part first, none left out.</summary>
    public required IReadOnlyList<EndedRuns> Ended { get; init; }

    public required IReadOnlyList<LiveNode> Nodes { get; init; }
}

/// <summary>Runs that ended within a time that begins then.</summary>
public sealed record EndedRuns(DateTimeOffset From, long Succeeded, long Failed, long Cancelled)
{
    public long Total => Succeeded + Failed + Cancelled;
}

/// <summary>A process that runs steps.</summary>
public sealed record LiveNode(string ExecutorId, string Node, string Version, DateTimeOffset StartedAt, DateTimeOffset BeatAt);

/// <summary>How far back a chart reaches, and how long each of its parts is.</summary>
/// <param name="Parts">How many.</param>
/// <param name="Part">A divisor of an hour that metrics are kept by.</param>
public sealed record ChartRange(int Parts, TimeSpan Part)
{
    public static readonly ChartRange Hour = new(12, TimeSpan.FromMinutes(5));
    public static readonly ChartRange Day = new(24, TimeSpan.FromHours(1));
    public static readonly ChartRange Week = new(7 * 24, TimeSpan.FromHours(1));

    /// <summary>The beginning of the first part when now is in the last.</summary>
    public DateTimeOffset Begin(DateTimeOffset now) => new DateTimeOffset(now.UtcTicks - (now.UtcTicks % Part.Ticks), TimeSpan.Zero) - ((Parts - 1) * Part);

    /// <summary>The beginnings of all parts.</summary>
    public IEnumerable<DateTimeOffset> From(DateTimeOffset begin) => Enumerable.Range(0, Parts).Select(index => begin + (index * Part));

    /// <summary>The same with those in which nothing ended.</summary>
    public IReadOnlyList<EndedRuns> Complete(IEnumerable<EndedRuns> ended, DateTimeOffset begin)
    {
        var known = ended.ToDictionary(part => part.From);
        return [.. From(begin).Select(from => known.GetValueOrDefault(from) ?? new(from, 0, 0, 0))];
    }
}
