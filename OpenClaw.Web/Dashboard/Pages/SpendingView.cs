using OpenClaw.Data.Spending;
using OpenClaw.Jobs.Requests;
using OpenClaw.Jobs.Spending;
using OpenClaw.Web.Dashboard.Forms;

namespace OpenClaw.Web.Dashboard.Pages;

/// <summary>Reads what the page of spending shows.</summary>
internal sealed class SpendingView(SpendingQueries spending, BudgetService budgets, PriceBook prices)
{
    private const int PageSize = 50;

    public async Task<IResult> ShowAsync(SpendingFilter filter, Caller caller, BudgetForm budget, PriceForm price, int status, CancellationToken cancellationToken)
    {
        var isShown = filter.Problems.Count == 0;
        IReadOnlyList<SpendingSum> sums = isShown ? await spending.SumAsync(filter.By, filter.Search, caller, cancellationToken) : [];
        IReadOnlyList<SpendingEntry> entries = isShown ? await spending.ListAsync(filter.Search, filter.Before, PageSize, caller, cancellationToken) : [];
        return DashboardPage.Of<SpendingPage>(
            new
            {
                Filter = filter,
                Sums = sums,
                Entries = entries,
                Older = entries.Count < PageSize ? null : SpendingPages.Address(filter.By, filter.Search, entries[^1].Id),
                Budgets = await budgets.ListAsync(caller, cancellationToken),
                Prices = await prices.ListAsync(cancellationToken),
                Names = await spending.NamesAsync(entries, cancellationToken),
                BudgetForm = budget,
                PriceForm = price,
            },
            status);
    }

    /// <summary>The page with a form that was refused, as it was typed.</summary>
    public Task<IResult> RefuseAsync(DashboardForm form, BudgetForm budget, PriceForm price) => ShowAsync(
        new SpendingFilter(SpendingBy.Day, spending.WithDays(new SpendingSearch()), Before: null, []), form.Caller, budget, price, StatusCodes.Status422UnprocessableEntity, form.Cancelled);
}

/// <summary>What of the spending is shown.</summary>
/// <param name="By">What it is added up by.</param>
/// <param name="Search">Which rows.</param>
/// <param name="Before">The last row of the page before; null for the first page.</param>
/// <param name="Problems">What of the address cannot be used.</param>
public sealed record SpendingFilter(SpendingBy By, SpendingSearch Search, long? Before, IReadOnlyList<string> Problems);
