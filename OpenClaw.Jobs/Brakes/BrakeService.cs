using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Conventions;
using OpenClaw.Data.Security;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Requests;

namespace OpenClaw.Jobs.Brakes;

/// <summary>Sets brakes and releases them. What is accepted is a row: it holds on every node within a second, and after any restart.</summary>
public sealed class BrakeService(IDbContextFactory<OpenClawDbContext> contexts, BrakeBoard board)
{
    /// <summary>Those over the caller's agents: that of everything first.</summary>
    public async Task<IReadOnlyList<BrakeStanding>> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        await board.RefreshAsync(cancellationToken);
        return Of(caller);
    }

    /// <summary>The same as this node knows it without looking.</summary>
    public IReadOnlyList<BrakeStanding> Of(Caller caller) =>
        [.. board.All.Where(brake => brake.Owner is null || brake.Owner == caller.Owner).OrderBy(brake => brake.Owner is not null).ThenBy(brake => brake.AgentId is not null).ThenBy(brake => brake.Id)];

    /// <summary>Sets the brake; one of the same agents that is on, or is being released, is set anew.</summary>
    public async Task<Decision<BrakeStanding>> SetAsync(BrakeDraft draft, Caller caller, CancellationToken cancellationToken)
    {
        if (draft.IsOfEverything && !caller.MayManage)
        {
            return new Refusal.NotAllowed("A brake of everything needs the scope admin. Leave everything out to stop your own agents.");
        }

        if (draft.Check() is { } wrong)
        {
            return wrong;
        }

        var owner = draft.IsOfEverything ? null : caller.Owner;
        using (var transaction = AmbientTransaction.Begin())
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            if (draft.AgentId is { } agent && (!caller.May(agent) || !await db.Agents.AnyAsync(row => row.Id == agent && row.UserId == caller.Owner, cancellationToken)))
            {
                return new Refusal.NotFound("agent_not_found", $"There is no agent {agent}.");
            }

            var (scope, mode) = (BrakeStanding.ScopeOf(owner, draft.AgentId), EnumText.ToLower(draft.Mode!.Value));
            await db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO openclaw.brakes (id, scope, owner, agent_id, mode, reason, set_by) VALUES ({Guid.CreateVersion7()}, {scope}, {owner}, {draft.AgentId}, {mode}, {draft.Reason}, {caller.Actor})
                ON CONFLICT (scope) DO UPDATE SET mode = excluded.mode, reason = excluded.reason, set_by = excluded.set_by, set_at = now(),
                    released_at = NULL, released_by = NULL, released_through = NULL, step_at = NULL
                """,
                cancellationToken);
            Audit(db, caller, "brake.set", scope, draft.Reason is null ? mode : $"{mode}: {draft.Reason}");
            await db.SaveChangesAsync(cancellationToken);
            await db.TellOfBrakesAsync(cancellationToken);
            transaction.Complete();
        }

        await board.RefreshAsync(cancellationToken);
        return board.All.FirstOrDefault(brake => brake.Owner == owner && brake.AgentId == draft.AgentId) is { } set
            ? set
            : new Refusal.Conflict("brake_released", "Somebody has released the brake in this moment. Set it again if it is wanted.");
    }

    /// <summary>Lets turns begin again: what waited a few agents at a time. A brake that is being released already stays so.</summary>
    public async Task<Decision<BrakeStanding>> ReleaseAsync(Guid id, Caller caller, CancellationToken cancellationToken)
    {
        BrakeStanding? released;
        using (var transaction = AmbientTransaction.Begin())
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var found = await db.Brakes.FromSql($"SELECT * FROM openclaw.brakes WHERE id = {id} FOR UPDATE").SingleOrDefaultAsync(cancellationToken);
            if (found is null || (found.Owner is not null && found.Owner != caller.Owner) || (found.AgentId is { } agent && !caller.May(agent)))
            {
                return new Refusal.NotFound("brake_not_found", $"There is no brake {id}; it may have been released.");
            }

            if (found.Owner is null && !caller.MayManage)
            {
                return new Refusal.NotAllowed("The brake of everything is released with the scope admin.");
            }

            if (found.ReleasedAt is null)
            {
                await db.Database.ExecuteSqlAsync($"UPDATE openclaw.brakes SET released_at = now(), released_by = {caller.Actor}, released_through = NULL, step_at = NULL WHERE id = {id}", cancellationToken);
                Audit(db, caller, "brake.release", found.Scope, EnumText.ToLower(found.Mode));
                await db.SaveChangesAsync(cancellationToken);
                await db.TellOfBrakesAsync(cancellationToken);
            }

            var row = await db.Brakes.AsNoTracking().SingleAsync(brake => brake.Id == id, cancellationToken);
            released = BrakeStanding.Of(row, await db.Agents.Where(one => one.Id == row.AgentId).Select(one => one.Name).FirstOrDefaultAsync(cancellationToken));
            transaction.Complete();
        }

        await board.RefreshAsync(cancellationToken);
        return released;
    }

    private static void Audit(OpenClawDbContext db, Caller caller, string action, string scope, string detail) =>
        db.AuditLog.Add(new AuditEntry { Actor = caller.Actor, Action = action, Subject = scope, Detail = detail });
}

internal static class BrakeDbContextExtensions
{
    /// <summary>Tells all nodes, when the transaction commits, that brakes have changed.</summary>
    public static Task TellOfBrakesAsync(this OpenClawDbContext db, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync($"SELECT pg_notify({BrakeBoard.Channel}, '')", cancellationToken);
}
