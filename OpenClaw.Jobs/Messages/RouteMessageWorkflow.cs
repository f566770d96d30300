using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Jobs.Engine.Hangfire;

namespace OpenClaw.Jobs.Messages;

/// <summary>The delivery of one stored message to an agent.</summary>
public static class RouteMessageWorkflow
{
    public const string Name = "route_message";

    /// <summary>How long a message may wait for its turn and its reply in one attempt. The turn itself has a limit of its own, from when it has a slot.</summary>
    public static readonly TimeSpan WaitsInLine = TimeSpan.FromHours(24);

    // A large model is loaded, and a server restarted, within minutes.
    private static readonly RetryPolicy TurnRetry = new(6, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1)) { Patience = TimeSpan.FromMinutes(10) };

    public static readonly WorkflowDefinition Definition = WorkflowDefinition.Inline(Name, version: 1, Queues.Messages)
        .Database<ResolveRecipientStep>("resolve_recipient")
        .External<DeliverStep>("deliver", TurnRetry, WaitsInLine)
        .Database<ReplyStep>("reply")
        .WithHooks<RouteMessageHooks>();
}

/// <summary>Stored with a route_message run.</summary>
public sealed record RouteMessageRequest(Guid MessageId);
