using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace OpenClaw.Jobs.Notices;

internal static class NoticesComposition
{
    public static void AddNotices(this IServiceCollection services)
    {
        services.TryAddSingleton<OwnerNotifier>();
        services.TryAddSingleton<NoticeService>();
        services.TryAddSingleton<NoticeSender>();
        services.AddHostedService(provider => provider.GetRequiredService<NoticeSender>());
    }
}
