using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Security;
using OpenClaw.Data.Spending;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Requests;

namespace OpenClaw.Jobs.Spending;

/// <summary>What models cost. A price holds from its day on for what is asked then; what was spent stays as it was counted.</summary>
public sealed class PriceBook(IDbContextFactory<OpenClawDbContext> contexts, TimeProvider time)
{
    private const int MostPrices = 2_000;

    /// <summary>By model, the newest first.</summary>
    public async Task<IReadOnlyList<ModelPrice>> ListAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.ModelPrices.AsNoTracking().OrderBy(price => price.Model).ThenByDescending(price => price.ValidFrom).ToListAsync(cancellationToken);
    }

    /// <summary>Keeps the price; the one of the same model and day is replaced.</summary>
    public async Task<Decision<ModelPrice>> SetAsync(PriceDraft draft, Caller caller, CancellationToken cancellationToken)
    {
        var decision = draft.Check(DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime));
        if (decision is not Decision<ModelPrice>.Accepted { Value: var price })
        {
            return decision;
        }

        using var transaction = AmbientTransaction.Begin();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.ModelPrices.CountAsync(cancellationToken) >= MostPrices)
        {
            return new Refusal.Conflict("too_many_prices", $"There are {MostPrices} prices. Write one for the beginning of names, such as openai/*.");
        }

        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO openclaw.model_prices (model, valid_from, input, cached_input, output) VALUES ({price.Model}, {price.ValidFrom}, {price.Input}, {price.CachedInput}, {price.Output})
            ON CONFLICT (model, valid_from) DO UPDATE SET input = excluded.input, cached_input = excluded.cached_input, output = excluded.output
            """,
            cancellationToken);
        db.AuditLog.Add(new AuditEntry
        {
            Actor = caller.Actor,
            Action = "price.set",
            Subject = $"price:{price.Model}",
            Detail = $"{Money.Say(price.Input)} / {Money.Say(price.CachedInput)} / {Money.Say(price.Output)} {Money.Currency} from {price.ValidFrom:yyyy-MM-dd}",
        });
        await db.SaveChangesAsync(cancellationToken);
        transaction.Complete();
        return price;
    }
}
