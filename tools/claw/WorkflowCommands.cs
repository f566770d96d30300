using System.CommandLine;
using static OpenClaw.Claw.CommonOptions;

namespace OpenClaw.Claw;

/// <summary>Workflows, and why they stand as they do.</summary>
internal static class WorkflowCommands
{
    private static readonly Argument<string> Workflow = new("workflow") { Description = "Its uuid." };
    private static readonly Option<string> Agent = new("--agent") { Description = "Only those of this agent: its id, or its name." };
    private static readonly Option<bool> Failed = new("--failed") { Description = "Only those that want a person." };

    private static readonly Option<string> Reason = new("--reason") { Description = "For the workflow's log." };
    private static readonly Option<string> Step = new("--step") { Description = "Where the new one begins: a step's name; claw why has them.", Required = true };

    public static IEnumerable<ServiceCommand> All =>
    [
        new ServiceCommand("workflows", "List workflows, newest first.", ListAsync) { Example = "claw workflows --failed", Options = [Agent, Failed] },
        new ServiceCommand("why", "Tell in words what became of a workflow, why, and what to do.", WhyAsync) { Example = $"claw why {SomeId}", Arguments = [Workflow] },
        new ServiceCommand("cancel", "Cancel a workflow at its next step.", context => ActAsync(context, "cancel", new { reason = context.Get(Reason) }, "is cancelled at its next step")) { Example = $"claw cancel {SomeId} --reason 'not needed'", Arguments = [Workflow], Options = [Reason] },
        new ServiceCommand("recover", "Get a workflow going again, whatever holds it.", context => ActAsync(context, "recover", body: null, "goes on")) { Example = $"claw recover {SomeId}", Arguments = [Workflow] },
        new ServiceCommand("fork", "Run a workflow that has ended anew, as another one, from one of its steps.", context => ActAsync(context, "fork", new { step = context.Get(Step) }, "runs")) { Example = $"claw fork {SomeId} --step deliver", Arguments = [Workflow], Options = [Step] },
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

    private static async Task<int> ActAsync(CommandContext context, string action, object? body, string words)
    {
        var workflow = await context.Service.PostAsync($"workflows/{Uri.EscapeDataString(context.Get(Workflow))}/{action}", body, context.Cancelled);
        var uuid = workflow.Text("workflow_uuid");
        return context.Say(workflow, $"{workflow.Text("name")} {uuid} {words}; claw why {uuid} tells what becomes of it.");
    }

    private static async Task<int> WhyAsync(CommandContext context)
    {
        var story = await context.Service.GetAsync($"workflows/{Uri.EscapeDataString(context.Get(Workflow))}/why", context.Cancelled);
        return context.Say(story, story.Text("text")!);
    }
}
