using System.CommandLine;

namespace OpenClaw.Claw;

/// <summary>Workflows, and why they stand as they do.</summary>
internal static class WorkflowCommands
{
    private static readonly Argument<string> Workflow = new("workflow") { Description = "Its uuid." };
    private static readonly Option<string> Agent = new("--agent") { Description = "Only those of this agent: its id, or its name." };
    private static readonly Option<bool> Failed = new("--failed") { Description = "Only those that want a person." };

    public static IEnumerable<ServiceCommand> All =>
    [
        new ServiceCommand("workflows", "List workflows, newest first.", ListAsync) { Options = [Agent, Failed] },
        new ServiceCommand("why", "Tell in words what became of a workflow, why, and what to do.", WhyAsync) { Arguments = [Workflow] },
    ];

    private static async Task<int> ListAsync(CommandContext context)
    {
        if (context.Get(Failed) && context.Get(Agent) is not null)
        {
            throw new Failure(ExitCodes.Usage, "--failed is of all agents; leave --agent out.");
        }

        var path = context.Get(Failed) ? "workflows/failed"
            : context.Get(Agent) is { } agent ? $"workflows?agent_id={await context.Service.AgentAsync(agent, context.Cancelled)}"
            : "workflows";
        return context.Table(await context.Service.GetAsync(path, context.Cancelled), "workflows", "workflow_uuid", "name", "status", "agent_id", "created_at");
    }

    private static async Task<int> WhyAsync(CommandContext context)
    {
        var story = await context.Service.GetAsync($"workflows/{Uri.EscapeDataString(context.Get(Workflow))}/why", context.Cancelled);
        return context.Say(story, story.Text("text")!);
    }
}
