using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OpenClaw.Jobs.Channels.WhatsApp.Inbound;
using OpenClaw.Jobs.Engine;

namespace OpenClaw.Jobs.Channels.WhatsApp;

internal static class WhatsAppComposition
{
    public static void AddWhatsApp(this IServiceCollection services)
    {
        services.TryAddSingleton(new WhatsAppOptions());
        services.TryAddSingleton<TwilioHttp>();
        services.TryAddSingleton<IWhatsAppSender>(Sender);
        services.TryAddSingleton<ContactBook>();
        services.TryAddSingleton<SenderPace>();
        services.TryAddSingleton<WhatsAppOutbox>();
        services.TryAddSingleton<RestOfText>();
        services.TryAddSingleton<WhatsAppStatuses>();
        services.TryAddSingleton<ChannelMessages>();
        services.AddHostedService(provider => provider.GetRequiredService<ChannelMessages>());
        services.TryAddSingleton<ContactConversations>();
        services.AddWorkflow(SendNoticeWorkflow.Definition);
        services.TryAddSingleton<WhatsAppInbox>();
        services.TryAddSingleton<MediaStore>();
        services.AddWorkflow(ReceiveWhatsAppWorkflow.Definition);
    }

    private static IWhatsAppSender Sender(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<WhatsAppOptions>();
        return options.Account is { } account ? new TwilioSender(account, options, provider.GetRequiredService<TwilioHttp>()) : new RecordingSender();
    }
}
