using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OpenClaw.Jobs.Engine;

namespace OpenClaw.Jobs.Messages;

internal static class MessagesComposition
{
    public static void AddMessages(this IServiceCollection services)
    {
        services.TryAddSingleton<MessageQueries>();
        services.TryAddSingleton<MessageContexts>();
        services.TryAddSingleton<MessageRouter>();
        services.TryAddSingleton<StoredReplies>();
        services.TryAddSingleton<Inbox>();
        services.AddJobs<MessageExpiry>("OpenClaw.Jobs.Messaging.MessageExpiry, OpenClaw.Jobs");
        services.TryAddSingleton<ConversationStore>();
        services.TryAddSingleton<SessionFacts>();
        services.TryAddSingleton<RunQueries>();
        services.AddWorkflow(RouteMessageWorkflow.Definition);
    }
}
