using OpenClaw.Data.Spending;
using OpenClaw.Jobs.Spending;

namespace OpenClaw.Web.Api.Spending;

/// <param name="By">What it is added up by.</param>
/// <param name="From">The first day (UTC).</param>
/// <param name="Until">The last day.</param>
/// <param name="Currency">Of all amounts.</param>
/// <param name="Amount">All of it.</param>
/// <param name="Unpriced">Turns whose model had no price, which count as 0.</param>
/// <param name="Sums">The greatest first; by day, the last day first.</param>
public sealed record SpendingResponse(SpendingBy By, DateOnly From, DateOnly Until, string Currency, decimal Amount, long Unpriced, IReadOnlyList<SpendingSumResponse> Sums)
{
    internal static SpendingResponse Of(SpendingBy by, SpendingSearch search, IReadOnlyList<SpendingSum> sums) => new(
        by, search.From!.Value, search.Until!.Value, Money.Currency, Money.Of(sums.Sum(sum => sum.Amount)), sums.Sum(sum => sum.Unpriced), [.. sums.Select(SpendingSumResponse.From)]);
}

/// <param name="Key">The day, the agent's id, the model or the kind; null for what no agent has asked.</param>
/// <param name="Name">The agent's.</param>
/// <param name="Turns">Answers of models.</param>
/// <param name="InputTokens">Read, the cached ones among it.</param>
/// <param name="CachedInputTokens">Read from the provider's cache.</param>
/// <param name="OutputTokens">Written.</param>
/// <param name="Amount">To the millionth.</param>
public sealed record SpendingSumResponse(string? Key, string? Name, long Turns, long InputTokens, long CachedInputTokens, long OutputTokens, decimal Amount)
{
    internal static SpendingSumResponse From(SpendingSum sum) => new(sum.Key, sum.Name, sum.Turns, sum.InputTokens, sum.CachedInputTokens, sum.OutputTokens, Money.Of(sum.Amount));
}

/// <summary>What one answer of a model cost.</summary>
/// <param name="Id">The order in which they were written.</param>
/// <param name="TurnKey">Names the turn: its workflow and step.</param>
/// <param name="At">When it was written down.</param>
/// <param name="AgentId">Whose turn; null for a check or a command.</param>
/// <param name="Model">Which answered.</param>
/// <param name="Kind">What it was for.</param>
/// <param name="InputTokens">Read, the cached ones among it.</param>
/// <param name="CachedInputTokens">Read from the provider's cache.</param>
/// <param name="OutputTokens">Written.</param>
/// <param name="Amount">In USD, to the millionth.</param>
/// <param name="PriceModel">The price that it was counted by; null when there was none.</param>
/// <param name="PriceFrom">The first day of that price.</param>
public sealed record SpendingEntryResponse(
    long Id, string TurnKey, DateTimeOffset At, Guid? AgentId, string Model, SpendingKind Kind, long InputTokens, long CachedInputTokens, long OutputTokens, decimal Amount, string? PriceModel, DateOnly? PriceFrom)
{
    internal static SpendingEntryResponse From(SpendingEntry entry) => new(
        entry.Id, entry.TurnKey, entry.At, entry.AgentId, entry.Model, entry.Kind, entry.InputTokens, entry.CachedInputTokens, entry.OutputTokens, Money.Of(entry.Amount), entry.PriceModel, entry.PriceFrom);
}

/// <param name="Entries">Newest first.</param>
/// <param name="NextCursor">The cursor of the next page; null after the last one.</param>
public sealed record SpendingEntryListResponse(IReadOnlyList<SpendingEntryResponse> Entries, long? NextCursor)
{
    internal static SpendingEntryListResponse From(IReadOnlyList<SpendingEntry> page, int limit) => new([.. page.Select(SpendingEntryResponse.From)], page.Count == limit ? page[^1].Id : null);
}

/// <param name="Id">Names it.</param>
/// <param name="AgentId">Null for all agents together.</param>
/// <param name="AgentName">For people.</param>
/// <param name="Period">Day, week or month, in UTC.</param>
/// <param name="Soft">In USD: you are told; null for never.</param>
/// <param name="Hard">In USD: turns are refused; null for never.</param>
/// <param name="From">The first day of the present period.</param>
/// <param name="Used">Spent since then.</param>
/// <param name="Reserved">Held for turns under way.</param>
public sealed record BudgetResponse(Guid Id, Guid? AgentId, string? AgentName, BudgetPeriod Period, decimal? Soft, decimal? Hard, DateOnly From, decimal Used, decimal Reserved)
{
    internal static BudgetResponse Of(BudgetStanding budget) => new(
        budget.Id, budget.AgentId, budget.AgentName, budget.Period, budget.Soft is { } soft ? Money.Of(soft) : null, budget.Hard is { } hard ? Money.Of(hard) : null,
        budget.From, Money.Of(budget.Used), Money.Of(budget.Reserved));
}

/// <param name="Budgets">That of all agents first.</param>
public sealed record BudgetListResponse(IReadOnlyList<BudgetResponse> Budgets);

/// <param name="Model">A model, or the beginning of names and a *.</param>
/// <param name="ValidFrom">The first day (UTC) on which it holds.</param>
/// <param name="Input">USD for a million tokens that it reads.</param>
/// <param name="CachedInput">USD for a million of those that its provider had in its cache.</param>
/// <param name="Output">USD for a million tokens that it writes.</param>
public sealed record PriceResponse(string Model, DateOnly ValidFrom, decimal Input, decimal CachedInput, decimal Output)
{
    internal static PriceResponse From(ModelPrice price) => new(price.Model, price.ValidFrom, Money.Of(price.Input), Money.Of(price.CachedInput), Money.Of(price.Output));
}

/// <param name="Currency">Of all prices.</param>
/// <param name="Prices">By model, the newest first.</param>
public sealed record PriceListResponse(string Currency, IReadOnlyList<PriceResponse> Prices);
