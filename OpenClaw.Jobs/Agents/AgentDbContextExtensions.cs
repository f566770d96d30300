using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Agents;
using OpenClaw.Jobs.Requests;

namespace OpenClaw.Jobs.Agents;

internal static class AgentDbContextExtensions
{
    private static readonly Func<OpenClawDbContext, Guid, CancellationToken, Task<AgentAndNow>> ReadAgent = EF.CompileAsyncQuery(
        (OpenClawDbContext db, Guid id, CancellationToken _) =>
            db.Agents.AsNoTracking().Where(agent => agent.Id == id).Select(agent => new AgentAndNow(agent, OpenClawDbContext.Now())).Single());

    /// <summary>The caller's agent by that id; null for an unknown one and for somebody else's.</summary>
    public static Task<Agent?> FindAgentAsync(this OpenClawDbContext db, Guid id, Caller caller, CancellationToken cancellationToken) =>
        caller.May(id) ? db.Agents.SingleOrDefaultAsync(agent => agent.Id == id && agent.UserId == caller.Owner, cancellationToken) : Task.FromResult<Agent?>(null);

    /// <summary>The same, and holds its row until the transaction ends.</summary>
    public static Task<Agent?> LockAgentAsync(this OpenClawDbContext db, Guid id, Caller caller, CancellationToken cancellationToken) =>
        caller.May(id)
            ? db.Held(id, caller).SingleOrDefaultAsync(cancellationToken)
            : Task.FromResult<Agent?>(null);

    /// <summary>The same, for who does not change it: the row is held, and changes of it are not looked for.</summary>
    public static Task<Agent?> HoldAgentAsync(this OpenClawDbContext db, Guid id, Caller caller, CancellationToken cancellationToken) =>
        caller.May(id)
            ? db.Held(id, caller).AsNoTracking().SingleOrDefaultAsync(cancellationToken)
            : Task.FromResult<Agent?>(null);

    /// <summary>The agent that a workflow is about, to read, and the database's clock.</summary>
    public static async Task<(Agent Agent, DateTimeOffset Now)> ReadAgentAsync(this OpenClawDbContext db, Guid id, CancellationToken cancellationToken)
    {
        var read = await ReadAgent(db, id, cancellationToken);
        return (read.Agent, read.Now);
    }

    /// <summary>The database's clock, by which beats are due: nodes whose clocks differ agree.</summary>
    public static Task<DateTimeOffset> NowAsync(this OpenClawDbContext db, CancellationToken cancellationToken) =>
        db.Database.SqlQuery<DateTimeOffset>($"""SELECT now() AS "Value" """).SingleAsync(cancellationToken);

    /// <summary>The agent that a workflow is about, its row held until the step commits.</summary>
    public static Task<Agent> LockAgentAsync(this OpenClawDbContext db, Guid id, CancellationToken cancellationToken) =>
        db.Held(id).SingleAsync(cancellationToken);

    /// <summary>The same, for a step that does not change it.</summary>
    public static Task<Agent> HoldAgentAsync(this OpenClawDbContext db, Guid id, CancellationToken cancellationToken) =>
        db.Held(id).AsNoTracking().SingleAsync(cancellationToken);

    // Its key stays: who only refers to the agent, as a request by SQL does, does not wait.
    private static IQueryable<Agent> Held(this OpenClawDbContext db, Guid id, Caller caller) =>
        db.Agents.FromSql($"SELECT *, xmin FROM openclaw.agents WHERE id = {id} AND user_id = {caller.Owner} FOR NO KEY UPDATE");

    private static IQueryable<Agent> Held(this OpenClawDbContext db, Guid id) => db.Agents.FromSql($"SELECT *, xmin FROM openclaw.agents WHERE id = {id} FOR NO KEY UPDATE");

    private sealed record AgentAndNow(Agent Agent, DateTimeOffset Now);
}
