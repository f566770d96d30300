using OpenClaw.Data.Conventions;
using OpenClaw.Jobs.Spending;
using OpenClaw.Web.Api.Binding;
using OpenClaw.Web.Api.Spending;
using OpenClaw.Web.Mcp.Serving;
using OpenClaw.Web.Security.Keys;
using static OpenClaw.Web.Mcp.Serving.ToolArgument;

namespace OpenClaw.Web.Mcp.Tools;

/// <summary>What may be spent, and what models are reckoned to cost. Limits on money are a person's to set and to lift.</summary>
internal sealed class BudgetTools(BudgetService budgets, PriceBook prices, AgentNames names) : IToolbox
{
    private const string BudgetId = "budget";

    public IEnumerable<Tool> Tools =>
    [
        new Tool("list_budgets", "Lists budgets, and what is used of each.", KeyScopes.Read, [Full], ListAsync) { Rest = ["GET /budgets"] },
        new Tool("set_budget", "Limits what an agent, or all of them together, may spend in a day, a week or a month. A person is asked first.", KeyScopes.Admin,
            [
                AgentName with { IsRequired = false },
                Text("period", "day, week or month, in UTC.").Needed(),
                Amount("soft", "USD at which the owner is told, once in a period."),
                Amount("hard", "USD that no turn may pass."),
                Confirm,
            ],
            SetAsync) { IsDangerous = true, Rest = ["PUT /budgets"] },
        new Tool("remove_budget", "Takes a budget away. A person is asked first.", KeyScopes.Admin, [Id(BudgetId, "Its id; list_budgets has them.").Needed(), Confirm], RemoveAsync) { IsDangerous = true, Rest = ["DELETE /budgets/{id}"] },
        new Tool("list_prices", "Lists what models cost, by model, the newest price first.", KeyScopes.Read, [Full], PricesAsync) { Rest = ["GET /prices"] },
        new Tool("set_price", "Says what a model costs from a day on, in USD for a million tokens. A person is asked first.", KeyScopes.Admin,
            [
                Text("model", "A model such as openai/gpt-5, or the beginning of names and a *.").Needed(),
                Amount("input", "What it reads.").Needed(),
                Amount("cached_input", "What of that its provider had in its cache; left out, the same."),
                Amount("output", "What it writes.").Needed(),
                Text("valid_from", "The first day (UTC) on which it holds, such as 2030-01-31; left out, today."),
                Confirm,
            ],
            SetPriceAsync) { IsOfHouse = true, IsDangerous = true, Rest = ["PUT /prices"] },
    ];

    private async Task<ToolAnswer> ListAsync(ToolCall call) =>
        AnswerText.List(call, "budgets", [.. (await budgets.ListAsync(call.Caller, call.Cancelled)).Select(BudgetResponse.Of)], hasMore: false, next: null);

    private async Task<ToolAnswer> SetAsync(ToolCall call)
    {
        var agent = await names.FindIfNamedAsync(call);
        var draft = (call.Request<SetBudgetRequest>(AgentName.Name) with { AgentId = agent?.Id }).ToDraft();
        ToolCall.Require(draft.Check());
        call.Confirmation.Require(call, $"{Whose(agent?.Name)} a budget of the {draft}, in place of the one of that period that is there.");
        return AnswerText.Of(call, BudgetResponse.Of((await budgets.SetAsync(draft, call.Caller, call.Cancelled)).OrThrow()));
    }

    private async Task<ToolAnswer> RemoveAsync(ToolCall call)
    {
        var id = call.Id(BudgetId)!.Value;
        if ((await budgets.ListAsync(call.Caller, call.Cancelled)).FirstOrDefault(budget => budget.Id == id) is { } found)
        {
            call.Confirmation.Require(call, $"{Whose(found.AgentName)} no budget of the {EnumText.ToLower(found.Period)} any more: {(found.Hard is { } hard ? $"what was limited to {Money.Of(hard)} {Money.Currency} is limited no more" : "nobody is told when much is spent")}.");
        }

        (await budgets.RemoveAsync(id, call.Caller, call.Cancelled)).OrThrow();
        return AnswerText.Words(call, $"The budget {id} is taken away.");
    }

    private async Task<ToolAnswer> PricesAsync(ToolCall call) =>
        AnswerText.List(call, "prices", [.. (await prices.ListAsync(call.Cancelled)).Select(PriceResponse.From)], hasMore: false, next: null, ("currency", Money.Currency));

    private async Task<ToolAnswer> SetPriceAsync(ToolCall call)
    {
        var (request, rules) = (call.Request<SetPriceRequest>(), new QueryRules());
        var day = rules.Day("valid_from", request.ValidFrom);
        ToolCall.Require(rules.Problem);
        call.Confirmation.Require(call, $"From {request.ValidFrom ?? "today"} on a million tokens of {request.Model} are to cost {request.Input} {Money.Currency} read and {request.Output} written: what is spent, and what budgets allow, is reckoned by that.");
        return AnswerText.Of(call, PriceResponse.From((await prices.SetAsync(request.ToDraft(day), call.Caller, call.Cancelled)).OrThrow()));
    }

    private static string Whose(string? agent) => agent is null ? "All agents together are to have" : $"The agent \"{agent}\" is to have";
}
