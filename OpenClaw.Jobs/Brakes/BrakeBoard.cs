using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Agents;
using OpenClaw.Jobs.Engine.Definitions;

namespace OpenClaw.Jobs.Brakes;

/// <summary>
/// The brakes as this node knows them, half a second old at most (<see cref="BrakeLoop"/>): whoever begins a turn asks here, and
/// pays nothing. What is stored because of one is decided in the database, so that nothing waits for a brake that is gone.
/// </summary>
public sealed class BrakeBoard(IDbContextFactory<OpenClawDbContext> contexts) : IDisposable
{
    /// <summary>On which nodes tell each other that brakes have changed.</summary>
    public const string Channel = "openclaw_brakes";

    /// <summary>A turn that is held looks again by itself; the release wakes it before.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, Question> _asked = new();
    private readonly SemaphoreSlim _reading = new(1, 1);
    private volatile IReadOnlyList<BrakeStanding> _all = [];

    /// <summary>Those that are on, and those that are being released.</summary>
    public IReadOnlyList<BrakeStanding> All => _all;

    /// <summary>One that is on over the agent; null when its turns may begin.</summary>
    public BrakeStanding? Over(string owner, Guid agentId) => _all.FirstOrDefault(brake => brake.IsOn && brake.IsOver(owner, agentId));

    /// <summary>Before somebody is asked.</summary>
    /// <exception cref="StepNotReadyException">A brake is on over the agent; its turn goes on when that is released.</exception>
    public void Require(string owner, Guid agentId)
    {
        if (Over(owner, agentId) is { } brake)
        {
            throw new StepNotReadyException(LookAgain, brake.WhyWaiting);
        }
    }

    /// <summary>One that is on over the agent and ends its turns; null when they come to their end.</summary>
    public BrakeStanding? Aborting(string owner, Guid agentId) =>
        _all.FirstOrDefault(brake => brake is { IsOn: true, Mode: Data.Brakes.BrakeMode.Abort } && brake.IsOver(owner, agentId));

    /// <summary>The brake over the agent, which stays until the transaction ends: what is held because of it is seen by its release.</summary>
    /// <param name="agent">Its row is locked.</param>
    /// <param name="db">The transaction's.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<BrakeStanding?> HoldAsync(Agent agent, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        if (Over(agent.UserId, agent.Id) is null)
        {
            return null;
        }

        string[] scopes = [BrakeStanding.ScopeOf(null, null), BrakeStanding.ScopeOf(agent.UserId, null), BrakeStanding.ScopeOf(agent.UserId, agent.Id)];
        var on = await db.Brakes.FromSql($"SELECT * FROM openclaw.brakes WHERE scope = ANY ({scopes}) AND released_at IS NULL ORDER BY scope FOR SHARE").AsNoTracking().ToListAsync(cancellationToken);
        return on.Count == 0 ? null : BrakeStanding.Of(on[0], agent.Name);
    }

    /// <summary>From now on the turn asks somebody, until what is returned is disposed. One that has asked nobody yet is held by a brake, and not aborted.</summary>
    public IDisposable Ask(string turnKey) => _asked[turnKey] = new Question(this, turnKey);

    internal bool IsAsked(string turnKey) => _asked.ContainsKey(turnKey);

    /// <summary>Looks.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        TeamScope.Leave();

        // One after the other: what was read last is the newest.
        await _reading.WaitAsync(cancellationToken);
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var rows = await db.Brakes.AsNoTracking().OrderBy(brake => brake.Id)
                .Select(brake => new { Brake = brake, Name = db.Agents.Where(agent => agent.Id == brake.AgentId).Select(agent => agent.Name).FirstOrDefault() }).ToListAsync(cancellationToken);
            _all = [.. rows.Select(row => BrakeStanding.Of(row.Brake, row.Name))];
        }
        finally
        {
            _reading.Release();
        }
    }

    public void Dispose() => _reading.Dispose();

    private sealed class Question(BrakeBoard board, string turnKey) : IDisposable
    {
        public void Dispose() => board._asked.TryRemove(new(turnKey, this));
    }
}
