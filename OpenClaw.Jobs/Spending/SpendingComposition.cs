using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OpenClaw.Jobs.Questions;

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
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IQuestionAsker, BudgetQuestions>());
    }
}
