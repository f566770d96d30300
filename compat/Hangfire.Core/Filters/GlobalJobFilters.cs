using Hangfire.Common;

namespace Hangfire;

public static class GlobalJobFilters
{
    public static JobFilterCollection Filters { get; } = CreateDefaults();

    private static JobFilterCollection CreateDefaults()
    {
        var filters = new JobFilterCollection();
        filters.Add(new CaptureCultureAttribute());
        filters.Add(new AutomaticRetryAttribute());
        filters.Add(new StatisticsHistoryAttribute());
        filters.Add(new ContinuationsSupportAttribute());
        return filters;
    }
}
