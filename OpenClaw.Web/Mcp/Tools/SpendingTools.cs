using OpenClaw.Data.Spending;
using OpenClaw.Jobs.Spending;
using OpenClaw.Web.Api.Binding;
using OpenClaw.Web.Api.Spending;
using OpenClaw.Web.Mcp.Serving;
using OpenClaw.Web.Security.Keys;
using static OpenClaw.Web.Mcp.Serving.ToolArgument;

namespace OpenClaw.Web.Mcp.Tools;

/// <summary>What models cost.</summary>
internal sealed class SpendingTools(SpendingQueries spending, AgentNames names) : IToolbox
{
    private static readonly ToolArgument From = Text("from", "The first day (UTC) such as 2030-01-31; left out, the first of the month.");
    private static readonly ToolArgument Until = Text("until", "The last day; left out, today.");

    public IEnumerable<Tool> Tools =>
    [
        new Tool("spending", "Adds up what was spent, by day, agent, model or kind.", KeyScopes.Read, [Text("by", "day, agent, model or kind; left out, day."), From, Until, Full], SumAsync) { Rest = ["GET /spending"] },
        new Tool("list_spending", "Lists what each answer of a model cost, newest first.", KeyScopes.Read,
            [
                AgentName with { IsRequired = false },
                Text("model", "Which answered."),
                Text("kind", "message, beat, prompt, check or command."),
                From,
                Until,
                Limit,
                Number("cursor", "The cursor that the page before named."),
                Full,
            ],
            ListAsync) { Rest = ["GET /spending/entries"] },
    ];

    private async Task<ToolAnswer> SumAsync(ToolCall call)
    {
        var rules = new QueryRules();
        var by = rules.OneOf<SpendingBy>("by", call.Text("by")) ?? SpendingBy.Day;
        var search = Days(new SpendingSearch(), rules, call);
        var sums = SpendingResponse.Of(by, search, await spending.SumAsync(by, search, call.Caller, call.Cancelled));
        return AnswerText.List(call, "sums", sums.Sums, hasMore: false, next: null, ("by", sums.By), ("from", sums.From), ("until", sums.Until), ("currency", sums.Currency), ("amount", sums.Amount), ("unpriced", sums.Unpriced));
    }

    private async Task<ToolAnswer> ListAsync(ToolCall call)
    {
        var rules = new QueryRules();
        var limit = rules.Limit(call.Number("limit"));
        var search = Days(new SpendingSearch { Model = call.Text("model"), Kind = rules.OneOf<SpendingKind>("kind", call.Text("kind")) }, rules, call);
        var agent = await names.FindIfNamedAsync(call);
        var page = await spending.ListAsync(search with { AgentId = agent?.Id }, call.Position("cursor"), limit, call.Caller, call.Cancelled);
        return AnswerText.List(call, "entries", [.. page.Select(SpendingEntryResponse.From)], page.Count == limit, shown => $"cursor: {page[shown - 1].Id}");
    }

    private SpendingSearch Days(SpendingSearch search, QueryRules rules, ToolCall call)
    {
        var days = SpendingEndpoints.Days(search with { From = rules.Day("from", call.Text("from")), Until = rules.Day("until", call.Text("until")) }, rules, spending);
        ToolCall.Require(rules.Problem);
        return days;
    }
}
