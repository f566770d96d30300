using System.Globalization;
using Hangfire.Common;
using Hangfire.States;

namespace Hangfire;

[AttributeUsage(AttributeTargets.All)]
public sealed class StatisticsHistoryAttribute : JobFilterAttribute, IElectStateFilter
{
    public StatisticsHistoryAttribute() => Order = 30;

    public void OnStateElection(ElectStateContext context)
    {
        var name = context.CandidateState.Name;
        if (name != SucceededState.StateName && name != FailedState.StateName && name != DeletedState.StateName)
            return;
        foreach (var (key, expireIn) in CounterKeys(name, DateTime.UtcNow))
            context.Transaction.IncrementCounter(key, expireIn);
    }

    internal static (string Key, TimeSpan ExpireIn)[] CounterKeys(string stateName, DateTime now)
    {
        var prefix = CounterKey(stateName);
        return
        [
            ($"{prefix}:{now.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}", TimeSpan.FromDays(30)),
            ($"{prefix}:{now.ToString("yyyy-MM-dd-HH", CultureInfo.InvariantCulture)}", TimeSpan.FromDays(1)),
        ];
    }

    internal static string CounterKey(string stateName) => stateName switch
    {
        "Succeeded" => "stats:succeeded",
        "Failed" => "stats:failed",
        _ => "stats:deleted",
    };
}
