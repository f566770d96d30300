using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;
using OpenClaw.Data.Conventions;
using OpenClaw.Data.Spending;
using OpenClaw.Jobs.Spending;

namespace OpenClaw.Web.Api.Spending;

/// <param name="By">day, agent, model or kind; absent, day.</param>
/// <param name="From">The first day (UTC) such as 2026-01-31; absent, the first of the month.</param>
/// <param name="Until">The last day; absent, today.</param>
public sealed record SpendingSumQuery(string? By, string? From, string? Until);

/// <param name="From">The first day (UTC) such as 2026-01-31; absent, the first of the month.</param>
/// <param name="Until">The last day; absent, today.</param>
/// <param name="AgentId">Whose turns.</param>
/// <param name="Model">Which answered.</param>
/// <param name="Kind">message, beat, prompt, check or command.</param>
/// <param name="Cursor">From the page before.</param>
/// <param name="Limit">The page's size.</param>
public sealed record SpendingEntryQuery(string? From, string? Until, [property: FromQuery(Name = "agent_id")] Guid? AgentId, string? Model, string? Kind, long? Cursor, int? Limit);

/// <param name="AgentId">Whose budget it is; absent, that of all agents together.</param>
/// <param name="Period">day, week or month, in UTC; a week begins on Monday.</param>
/// <param name="Soft">In USD: when so much is spent you are told, once in a period; absent, never.</param>
/// <param name="Hard">In USD: a turn that might pass it is not begun; absent, there is no limit.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record SetBudgetRequest(Guid? AgentId = null, string? Period = null, decimal? Soft = null, decimal? Hard = null)
{
    internal BudgetDraft ToDraft() => new(AgentId, Period is not null && EnumText.TryParse<BudgetPeriod>(Period, out var period) ? period : null, Soft, Hard);
}

/// <param name="Model">A model such as openai/gpt-5, or the beginning of names and a *, such as openai/gpt-5*. Of several that fit the longest holds.</param>
/// <param name="Input">USD for a million tokens that it reads.</param>
/// <param name="CachedInput">USD for a million of those that its provider had in its cache; absent, the same.</param>
/// <param name="Output">USD for a million tokens that it writes.</param>
/// <param name="ValidFrom">The first day (UTC) on which it holds, such as 2026-01-31; absent, today.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record SetPriceRequest(string? Model = null, decimal? Input = null, decimal? CachedInput = null, decimal? Output = null, string? ValidFrom = null)
{
    internal PriceDraft ToDraft(DateOnly? validFrom) => new(Model, Input, CachedInput, Output, validFrom);
}
