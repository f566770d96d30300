using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Jobs.Engine.Hangfire;

namespace OpenClaw.Jobs.Monitoring.Routing;

/// <summary>One look at all runtimes. It ends well whatever they say: that stands in its output, and in the check <c>routing</c>.</summary>
public static class RoutingWorkflow
{
    public const string Name = "check_routing";

    private static readonly RetryPolicy Once = new(1, TimeSpan.Zero, TimeSpan.Zero);

    public static readonly WorkflowDefinition Definition = WorkflowDefinition.Inline(Name, version: 1, Queues.Default)
        .External<AskRuntimesStep>("ask_runtimes", Once, TimeSpan.FromMinutes(1));
}
