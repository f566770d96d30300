using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OpenClaw.Data;
using OpenClaw.Jobs.Subscriptions.Mail;

namespace OpenClaw.Jobs.Subscriptions;

internal static class SubscriptionsComposition
{
    public static void AddSubscriptions(this IServiceCollection services)
    {
        services.TryAddSingleton<EventFeed>();
        services.TryAddSingleton<DeliveryLedger>();
        services.TryAddSingleton<WebhookSender>();
        services.TryAddSingleton<MailSender>();
        services.TryAddSingleton<MailSubscriptions>();
        services.TryAddSingleton<SubscriptionService>();
        services.TryAddSingleton(provider => new RefusedEvents(
            provider.GetRequiredService<IDbContextFactory<OpenClawDbContext>>(), provider.GetRequiredService<DeliveryLedger>(), provider.GetRequiredService<WebhookSender>(), provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(provider => new SubscriptionTrial(
            provider.GetRequiredService<IDbContextFactory<OpenClawDbContext>>(), provider.GetRequiredService<WebhookSender>(), provider.GetRequiredService<MailSender>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddHostedService<SubscriptionLoop>();
    }
}
