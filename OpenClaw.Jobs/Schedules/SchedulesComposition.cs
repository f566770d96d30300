using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OpenClaw.Jobs.Engine;

namespace OpenClaw.Jobs.Schedules;

internal static class SchedulesComposition
{
    public static void AddSchedules(this IServiceCollection services)
    {
        services.TryAddSingleton<ScheduleJobStore>();
        services.TryAddSingleton<ScheduleService>();
        services.TryAddSingleton<ScheduleQueries>();
        services.AddJobs<ScheduleJobs>("OpenClaw.Jobs.Scheduling.PromptJobs, OpenClaw.Jobs");
    }
}
