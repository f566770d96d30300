using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace OpenClaw.Jobs.Subscriptions;

internal static class SubscriptionsComposition
{
    public static void AddSubscriptions(this IServiceCollection services)
    {
        services.TryAddSingleton<EventFeed>();
        services.TryAddSingleton<DeliveryLedger>();
        services.TryAddSingleton<WebhookSender>();
        services.TryAddSingleton<SubscriptionService>();
        services.AddHostedService<SubscriptionLoop>();
    }
}
