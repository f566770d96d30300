using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace OpenClaw.Jobs.Spending;

internal static class SpendingComposition
{
    public static void AddSpending(this IServiceCollection services)
    {
        services.TryAddSingleton<SpendingLedger>();
        services.TryAddSingleton<SpendingQueries>();
        services.TryAddSingleton<BudgetKeeper>();
        services.TryAddSingleton<BudgetService>();
        services.TryAddSingleton<PriceBook>();
    }
}
