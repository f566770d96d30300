using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Agents;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Messages;

namespace OpenClaw.Jobs.Heartbeats.Gates;

/// <summary>Looks at an agent's gates, and compares with what was seen when it was last asked.</summary>
public sealed class GateKeeper(IDbContextFactory<OpenClawDbContext> contexts, GateProbes probes)
{
    private const int CountedForWords = 100;

    // Asked at each beat, most of which cost nothing else: to recognise a query anew costs about what it costs to send it.
    private static readonly Func<OpenClawDbContext, Guid, CancellationToken, Task<GatedAgent>> ReadAgent = EF.CompileAsyncQuery(
        (OpenClawDbContext db, Guid id, CancellationToken _) => db.Agents.AsNoTracking().Where(agent => agent.Id == id)
            .Select(agent => new GatedAgent(
                agent,
                OpenClawDbContext.Now(),
                EF.Functions.JsonExists(agent.Configuration, GateRules.Setting)
                    ? db.HeartbeatExecutions.Where(beat => beat.AgentId == agent.Id && beat.Gates != null).OrderByDescending(beat => beat.Id).Select(beat => beat.Gates).FirstOrDefault()
                    : null))
            .Single());

    private static readonly Func<OpenClawDbContext, Guid, string, long, int, IAsyncEnumerable<long>> Newest = EF.CompileAsyncQuery(
        (OpenClawDbContext db, Guid agentId, string recipient, long after, int most) => db.Messages
            .Where(message => message.AgentId == agentId && message.Sequence > after && message.Recipient == recipient)
            .OrderByDescending(message => message.Sequence).Select(message => message.Sequence).Take(most));

    /// <summary>The agent, the database's clock, and what its gates were seen as when it was last asked; null for that it never was, or has none.</summary>
    public async Task<(Agent Agent, DateTimeOffset Now, GatesSeen? Before)> ReadAsync(Guid agentId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var (agent, now, last) = await ReadAgent(db, agentId, cancellationToken);
        return (agent, now, last is null ? null : WorkflowJson.Read<GatesSeen>(last));
    }

    /// <param name="agentId">Whose gates they are.</param>
    /// <param name="gates">One of them is enough.</param>
    /// <param name="before">What is compared with; null where nothing is.</param>
    /// <param name="now">The database's clock.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<GateLook> LookAsync(Guid agentId, GroupGate gates, GatesSeen? before, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var seen = new Dictionary<string, string>();
        var words = new Dictionary<Gate, string?>();
        foreach (var gate in gates.Leaves.Distinct())
        {
            (seen[gate.Name], words[gate]) = await LookAsync(agentId, gate, before, now, cancellationToken);
        }

        string[] changes = [.. words.Values.OfType<string>()];
        return new GateLook(IsOpen(gates, gate => words[gate] is not null), changes, new GatesSeen(now, seen), before);
    }

    // The last message's number, and how many came since: as many are counted as it takes to open a gate, and some more for the sentence.
    private async Task<(string Newest, int Count)> CountAsync(Guid agentId, string? was, int atLeast, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var after = long.TryParse(was, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) ? sequence : 0;
        var newest = await Newest(db, agentId, Addresses.OfAgent(agentId), after, Math.Max(atLeast, CountedForWords)).ToListAsync(cancellationToken);
        return ($"{(newest.Count == 0 ? after : newest[0])}", newest.Count);
    }

    private static bool IsOpen(Gate gate, Func<Gate, bool> isOpen) => gate is not GroupGate group ? isOpen(gate)
        : group.NeedsAll ? group.Gates.All(each => IsOpen(each, isOpen))
        : group.Gates.Any(each => IsOpen(each, isOpen));

    // What is seen, and in words why that opens the gate; null when it does not. What was never looked at is new.
    private async Task<(string Seen, string? Opens)> LookAsync(Guid agentId, Gate gate, GatesSeen? before, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var was = before?.Seen.GetValueOrDefault(gate.Name);
        switch (gate)
        {
            case EveryGate every:
                return ("", before is null || now - before.AskedAt >= every.Interval ? $"not asked for {every.Interval.TotalMinutes:0.#} minutes" : null);
            case MessagesGate messages:
                var (newest, count) = await CountAsync(agentId, was, messages.AtLeast, cancellationToken);
                return (newest, was is null || count >= messages.AtLeast ? count == 1 ? "a new message" : $"{count} new messages" : null);
            default:
                var sees = await probes.LookAsync(gate, cancellationToken);
                return (sees, was == sees ? null : was is null ? $"{gate.Name}: {sees}" : $"{gate.Name}: {sees}; it was {was}");
        }
    }

    private sealed record GatedAgent(Agent Agent, DateTimeOffset Now, string? Last);
}

/// <summary>What a look at an agent's gates came to.</summary>
/// <param name="IsOpen">The agent is to be asked.</param>
/// <param name="Changes">What is another than when it was last asked, each in a line.</param>
/// <param name="Now">To be kept with a beat that asks it.</param>
/// <param name="Before">What was kept when it was last asked, and stays what is compared with; null when it never was.</param>
public sealed record GateLook(bool IsOpen, IReadOnlyList<string> Changes, GatesSeen Now, GatesSeen? Before)
{
    /// <summary>Why the agent is not asked, as a sentence.</summary>
    public string WhyQuiet => $"Nothing that would open a gate has changed since {Before?.AskedAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC, so the agent was not asked{(Changes.Count == 0 ? "" : $" ({string.Join("; ", Changes)})")}.";
}

/// <summary>What was seen when an agent was last asked.</summary>
/// <param name="AskedAt">When that was.</param>
/// <param name="Seen">By the gate's name.</param>
public sealed record GatesSeen(DateTimeOffset AskedAt, IReadOnlyDictionary<string, string> Seen);
