using OpenClaw.Data.Spending;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Requests;
using OpenClaw.Jobs.Spending;
using OpenClaw.Web.Dashboard.Pages;
using OpenClaw.Web.Dashboard.Parts;
using OpenClaw.Web.Security;
using OpenClaw.Web.Security.Keys;

namespace OpenClaw.Web.Dashboard.Forms;

/// <summary>What a person does to budgets and prices.</summary>
internal static class SpendingActions
{
    public static void MapSpendingActions(this IEndpointRouteBuilder actions)
    {
        var spending = actions.MapGroup(Routes.Spending).RequireScope(KeyScopes.Admin);
        spending.MapPost("/budgets", SetBudget);
        spending.MapPost("/budgets/{id}/remove", RemoveBudget);
        spending.MapPost("/prices", SetPrice).OfHouseAlone();
    }

    private static async Task<IResult> SetBudget(DashboardForm form, BudgetService budgets, AgentListQueries agents, SpendingView view)
    {
        var (draft, typed) = await BudgetForm.From(form).ReadAsync(agents, form.Caller, form.Cancelled);
        var decision = draft is null ? null : await budgets.SetAsync(draft, form.Caller, form.Cancelled);
        return decision switch
        {
            Decision<BudgetStanding>.Accepted { Value: var budget } => form.Return(Links.Spending, $"The budget of {budget.AgentName ?? "all agents"} by the {Say.Name(budget.Period)} is kept."),
            Decision<BudgetStanding>.Refused { Refusal: var refusal } => await view.RefuseAsync(form, typed.Refused(refusal), new PriceForm()),
            _ => await view.RefuseAsync(form, typed, new PriceForm()),
        };
    }

    private static async Task<IResult> RemoveBudget(Guid id, DashboardForm form, BudgetService budgets) =>
        form.Return(await budgets.RemoveAsync(id, form.Caller, form.Cancelled), Links.Spending, _ => "The budget is taken away.");

    private static async Task<IResult> SetPrice(DashboardForm form, PriceBook prices, SpendingView view)
    {
        var (draft, typed) = PriceForm.From(form).Read();
        var decision = draft is null ? null : await prices.SetAsync(draft, form.Caller, form.Cancelled);
        return decision switch
        {
            Decision<ModelPrice>.Accepted { Value: var price } => form.Return(Links.Spending, $"The price of {price.Model} is kept."),
            Decision<ModelPrice>.Refused { Refusal: var refusal } => await view.RefuseAsync(form, new BudgetForm(), typed.Refused(refusal)),
            _ => await view.RefuseAsync(form, new BudgetForm(), typed),
        };
    }
}
