using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Jobs.Requests;

namespace OpenClaw.Jobs.Subscriptions;

/// <summary>Sends what a target would not have once more, now and out of its order.</summary>
public sealed class RefusedEvents
{
    private readonly IDbContextFactory<OpenClawDbContext> _contexts;
    private readonly DeliveryLedger _ledger;
    private readonly WebhookSender _sender;
    private readonly TimeProvider _time;

    internal RefusedEvents(IDbContextFactory<OpenClawDbContext> contexts, DeliveryLedger ledger, WebhookSender sender, TimeProvider time) =>
        (_contexts, _ledger, _sender, _time) = (contexts, ledger, sender, time);

    /// <summary>Null when it was taken, or is not there to be taken any more; it is forgotten then.</summary>
    public async Task<Refusal?> SendAsync(Guid id, long sequence, Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await _contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Subscriptions.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id && row.Owner == caller.Owner && row.Refused.Contains(sequence), cancellationToken) is not { } row)
        {
            return new Refusal.NotFound("event_not_found", $"There is no subscription {id} with a refused event {sequence}.");
        }

        var to = DueSubscription.At(row, sequence - 1, sequence, _time.GetUtcNow());
        foreach (var kept in await _ledger.ReadAsync(to, sequence - 1, DeliveryLedger.Page, cancellationToken))
        {
            if (await _sender.SendAsync(to, kept, cancellationToken) is { } fault)
            {
                return new Refusal.Conflict("not_delivered", fault.Why);
            }
        }

        await db.Database.ExecuteSqlAsync($"UPDATE openclaw.subscriptions SET refused = array_remove(refused, {sequence}) WHERE id = {id}", cancellationToken);
        return null;
    }
}
