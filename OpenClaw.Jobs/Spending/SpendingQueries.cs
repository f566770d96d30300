using System.Globalization;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Conventions;
using OpenClaw.Data.Spending;
using OpenClaw.Jobs.Requests;

namespace OpenClaw.Jobs.Spending;

/// <summary>Reads what was spent: sums, and the rows that they are the sums of.</summary>
public sealed class SpendingQueries(IDbContextFactory<OpenClawDbContext> contexts, TimeProvider time)
{
    /// <summary>So many days at once.</summary>
    public const int MostDays = 400;

    /// <summary>From the first of the month until today, where a search does not say.</summary>
    public SpendingSearch WithDays(SpendingSearch search)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var until = search.Until ?? today;
        return search with { From = search.From ?? new DateOnly(until.Year, until.Month, 1), Until = until };
    }

    /// <summary>What was spent, the greatest sum first; by day, the last one first.</summary>
    public async Task<IReadOnlyList<SpendingSum>> SumAsync(SpendingBy by, SpendingSearch search, Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var entries = Entries(db, search, caller);
        var sums = by switch
        {
            SpendingBy.Day => await SumAsync(entries, entry => entry.Day, day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), cancellationToken),
            SpendingBy.Model => await SumAsync(entries, entry => entry.Model, model => model, cancellationToken),
            SpendingBy.Kind => await SumAsync(entries, entry => entry.Kind, EnumText.ToLower, cancellationToken),
            _ => await SumAsync(entries, entry => entry.AgentId, id => id?.ToString(), cancellationToken),
        };
        if (by is SpendingBy.Agent)
        {
            var ids = sums.Where(sum => sum.Key is not null).Select(sum => Guid.Parse(sum.Key!)).ToList();
            var names = await db.Agents.Where(agent => ids.Contains(agent.Id)).ToDictionaryAsync(agent => agent.Id.ToString(), agent => agent.Name, cancellationToken);
            sums = [.. sums.Select(sum => sum with { Name = sum.Key is null ? null : names.GetValueOrDefault(sum.Key) })];
        }

        return by is SpendingBy.Day ? [.. sums.OrderByDescending(sum => sum.Key, StringComparer.Ordinal)] : [.. sums.OrderByDescending(sum => sum.Amount).ThenBy(sum => sum.Key, StringComparer.Ordinal)];
    }

    /// <summary>The rows, the last one first.</summary>
    /// <param name="search">Which.</param>
    /// <param name="before">The last one of the page before; null for the first page.</param>
    /// <param name="limit">The page's size.</param>
    /// <param name="caller">Whose.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<SpendingEntry>> ListAsync(SpendingSearch search, long? before, int limit, Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Entries(db, search, caller).Where(entry => before == null || entry.Id < before).OrderByDescending(entry => entry.Id).Take(limit).ToListAsync(cancellationToken);
    }

    /// <summary>The names of the agents in rows.</summary>
    public async Task<IReadOnlyDictionary<Guid, string>> NamesAsync(IReadOnlyList<SpendingEntry> entries, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var ids = entries.Select(entry => entry.AgentId).OfType<Guid>().Distinct().ToList();
        return await db.Agents.Where(agent => ids.Contains(agent.Id)).ToDictionaryAsync(agent => agent.Id, agent => agent.Name, cancellationToken);
    }

    private static IQueryable<SpendingEntry> Entries(OpenClawDbContext db, SpendingSearch search, Caller caller)
    {
        var entries = db.Spending.AsNoTracking().Where(entry => entry.Owner == caller.Owner && entry.Day >= search.From && entry.Day <= search.Until);
        if (search.AgentId is { } agent)
        {
            entries = entries.Where(entry => entry.AgentId == agent);
        }

        if (search.IsOfNoAgent)
        {
            entries = entries.Where(entry => entry.AgentId == null);
        }

        if (search.Model is { } model)
        {
            entries = entries.Where(entry => entry.Model == model);
        }

        if (search.Kind is { } kind)
        {
            entries = entries.Where(entry => entry.Kind == kind);
        }

        return entries;
    }

    private static async Task<List<SpendingSum>> SumAsync<TKey>(IQueryable<SpendingEntry> entries, Expression<Func<SpendingEntry, TKey>> by, Func<TKey, string?> name, CancellationToken cancellationToken)
    {
        var sums = await entries.GroupBy(by).Select(group => new
        {
            group.Key,
            Turns = group.LongCount(),
            Input = group.Sum(entry => entry.InputTokens),
            Cached = group.Sum(entry => entry.CachedInputTokens),
            Output = group.Sum(entry => entry.OutputTokens),
            Amount = group.Sum(entry => entry.Amount),
            Unpriced = group.LongCount(entry => entry.PriceModel == null),
        }).ToListAsync(cancellationToken);
        return [.. sums.Select(sum => new SpendingSum(name(sum.Key), Name: null, sum.Turns, sum.Input, sum.Cached, sum.Output, sum.Amount, sum.Unpriced))];
    }
}

/// <summary>What spending is added up by.</summary>
public enum SpendingBy
{
    Day,
    Agent,
    Model,
    Kind,
}

/// <summary>Which spending; null for any.</summary>
/// <param name="From">The first day (UTC).</param>
/// <param name="Until">The last day.</param>
/// <param name="AgentId">Whose turns.</param>
/// <param name="Model"><c>provider/name</c>.</param>
/// <param name="Kind">What for.</param>
public sealed record SpendingSearch(DateOnly? From = null, DateOnly? Until = null, Guid? AgentId = null, string? Model = null, SpendingKind? Kind = null)
{
    /// <summary>What no agent has asked: checks and commands.</summary>
    public bool IsOfNoAgent { get; init; }

    /// <summary>Why it cannot be used, once it has days; null when it can.</summary>
    public string? Problem => From > Until ? "from must not be after until." : Until?.DayNumber - From?.DayNumber >= SpendingQueries.MostDays ? $"from and until may be {SpendingQueries.MostDays} days apart." : null;
}

/// <summary>A sum over rows of the ledger.</summary>
/// <param name="Key">The day, agent, model or kind; null for what no agent has asked.</param>
/// <param name="Name">Of the agent.</param>
/// <param name="Turns">Answers of models.</param>
/// <param name="InputTokens">Read, the cached ones among it.</param>
/// <param name="CachedInputTokens">Read from the provider's cache.</param>
/// <param name="OutputTokens">Written.</param>
/// <param name="Amount">In micro-units of USD.</param>
/// <param name="Unpriced">Turns whose model had no price, which count as 0.</param>
public sealed record SpendingSum(string? Key, string? Name, long Turns, long InputTokens, long CachedInputTokens, long OutputTokens, long Amount, long Unpriced);
