using System.Security.Claims;
using OpenClaw.Data.Spending;
using OpenClaw.Jobs.Spending;
using OpenClaw.Web.Api.Binding;
using OpenClaw.Web.Api.OpenApi;
using OpenClaw.Web.Api.Problems;
using OpenClaw.Web.Security;
using OpenClaw.Web.Security.Keys;

namespace OpenClaw.Web.Api.Spending;

/// <summary>What models cost, and what may be spent. Limits and prices are not for a program that may only write.</summary>
internal static class SpendingEndpoints
{
    public static void MapSpending(this IEndpointRouteBuilder api)
    {
        var routes = api.MapGroup("").WithTags("Spending").ProducesProblems(400, 401, 403, 422, 503);
        routes.MapGet("/spending", Sums).WithSummary("Add up what was spent, by day, agent, model or kind").Produces<SpendingResponse>();
        routes.MapGet("/spending/entries", Entries).WithSummary("List the rows that it is the sum of, newest first").Produces<SpendingEntryListResponse>();
        routes.MapGet("/budgets", Budgets).WithSummary("List budgets, and what is used of each").Produces<BudgetListResponse>();
        routes.MapPut("/budgets", SetBudget).RequireScope(KeyScopes.Admin).WithSummary("Limit what an agent, or all of them, may spend in a day, a week or a month").Produces<BudgetResponse>().ProducesProblems(404, 413, 415);
        routes.MapDelete("/budgets/{id}", RemoveBudget).RequireScope(KeyScopes.Admin).WithSummary("Take a budget away").Produces(StatusCodes.Status204NoContent).ProducesProblems(404);
        routes.MapGet("/prices", Prices).WithSummary("List what models cost, by model, the newest price first").Produces<PriceListResponse>();
        routes.MapPut("/prices", SetPrice).RequireScope(KeyScopes.Admin).OfHouseAlone().WithSummary("Say what a model costs from a day on").Produces<PriceResponse>().ProducesProblems(409, 413, 415);
    }

    private static async Task<IResult> Sums([AsParameters] SpendingSumQuery query, ClaimsPrincipal user, SpendingQueries spending, CancellationToken cancellationToken)
    {
        var rules = new QueryRules();
        var wanted = rules.OneOf<SpendingBy>("by", query.By) ?? SpendingBy.Day;
        var search = Days(new SpendingSearch(rules.Day("from", query.From), rules.Day("until", query.Until)), rules, spending);
        return rules.Problem is { } problem
            ? ProblemResult.Of(problem)
            : TypedResults.Ok(SpendingResponse.Of(wanted, search, await spending.SumAsync(wanted, search, user.ToCaller(), cancellationToken)));
    }

    private static async Task<IResult> Entries([AsParameters] SpendingEntryQuery query, ClaimsPrincipal user, SpendingQueries spending, CancellationToken cancellationToken)
    {
        var rules = new QueryRules();
        var page = rules.Limit(query.Limit);
        var model = string.IsNullOrEmpty(query.Model) ? null : query.Model;
        var given = new SpendingSearch(rules.Day("from", query.From), rules.Day("until", query.Until), query.AgentId, model, rules.OneOf<SpendingKind>("kind", query.Kind));
        var search = Days(given, rules, spending);
        return rules.Problem is { } problem
            ? ProblemResult.Of(problem)
            : TypedResults.Ok(SpendingEntryListResponse.From(await spending.ListAsync(search, query.Cursor, page, user.ToCaller(), cancellationToken), page));
    }

    /// <summary>The search with its days; what is wrong with them is told to the rules.</summary>
    internal static SpendingSearch Days(SpendingSearch given, QueryRules rules, SpendingQueries spending)
    {
        var search = spending.WithDays(given);
        if (search.Problem is { } problem)
        {
            rules.Refuse("from", problem);
        }

        return search;
    }

    private static async Task<IResult> Budgets(ClaimsPrincipal user, BudgetService budgets, CancellationToken cancellationToken) =>
        TypedResults.Ok(new BudgetListResponse([.. (await budgets.ListAsync(user.ToCaller(), cancellationToken)).Select(BudgetResponse.Of)]));

    private static async Task<IResult> SetBudget(SetBudgetRequest request, ClaimsPrincipal user, BudgetService budgets, CancellationToken cancellationToken) =>
        (await budgets.SetAsync(request.ToDraft(), user.ToCaller(), cancellationToken)).Match<IResult>(budget => TypedResults.Ok(BudgetResponse.Of(budget)), ProblemResult.Of);

    private static async Task<IResult> RemoveBudget(Guid id, ClaimsPrincipal user, BudgetService budgets, CancellationToken cancellationToken) =>
        (await budgets.RemoveAsync(id, user.ToCaller(), cancellationToken)).Match<IResult>(_ => TypedResults.NoContent(), ProblemResult.Of);

    private static async Task<IResult> Prices(PriceBook prices, CancellationToken cancellationToken) =>
        TypedResults.Ok(new PriceListResponse(Money.Currency, [.. (await prices.ListAsync(cancellationToken)).Select(PriceResponse.From)]));

    private static async Task<IResult> SetPrice(SetPriceRequest request, ClaimsPrincipal user, PriceBook prices, CancellationToken cancellationToken)
    {
        var rules = new QueryRules();
        var day = rules.Day("valid_from", request.ValidFrom);
        return rules.Problem is { } problem
            ? ProblemResult.Of(problem)
            : (await prices.SetAsync(request.ToDraft(day), user.ToCaller(), cancellationToken)).Match<IResult>(price => TypedResults.Ok(PriceResponse.From(price)), ProblemResult.Of);
    }
}
