using static OpenClaw.Claw.CommonOptions;

namespace OpenClaw.Claw;

/// <summary>What an agent is, and what has become of it.</summary>
internal static class AgentHistoryCommands
{

    public static IEnumerable<ServiceCommand> All =>
    [
        new ServiceCommand("show", "Show an agent's settings, its health, and what is under way.", ShowAsync) { Example = "claw show Ada", Arguments = [AgentCommands.Agent] },
        new ServiceCommand("messages", "List an agent's messages, newest first.", context => ListAsync(context, "messages", "id", "from", "to", "state", "created_at", "content")) { Example = "claw messages Ada -n 10", Arguments = [AgentCommands.Agent], Options = [Limit] },
        new ServiceCommand("beats", "List an agent's heartbeats, newest first.", context => ListAsync(context, "heartbeats", "id", "status", "due_at", "completed_at", "reason")) { Example = "claw beats Ada", Arguments = [AgentCommands.Agent], Options = [Limit] },
        new ServiceCommand("checkpoints", "List the states that an agent was paused in.", context => ListAsync(context, "checkpoints", "number", "created_at", "workflow_uuid")) { Example = "claw checkpoints Ada", Arguments = [AgentCommands.Agent], Options = [Limit] },
        new ServiceCommand("usage", "Tell what an agent's turns took in tokens, day by day (UTC).", UsageAsync) { Example = "claw usage Ada", Arguments = [AgentCommands.Agent] },
    ];

    private static async Task<int> ShowAsync(CommandContext context)
    {
        var id = await context.Service.AgentAsync(context.Get(AgentCommands.Agent), context.Cancelled);
        var agent = await context.Service.GetAsync($"agents/{id}", context.Cancelled);
        return context.Fields(agent);
    }

    private static async Task<int> UsageAsync(CommandContext context)
    {
        var id = await context.Service.AgentAsync(context.Get(AgentCommands.Agent), context.Cancelled);
        return context.Fields(await context.Service.GetAsync($"agents/{id}/usage", context.Cancelled));
    }

    private static async Task<int> ListAsync(CommandContext context, string list, params string[] columns)
    {
        var id = await context.Service.AgentAsync(context.Get(AgentCommands.Agent), context.Cancelled);
        return context.Table(await context.Service.GetAsync($"agents/{id}/{list}?limit={context.Get(Limit)}", context.Cancelled), list, columns);
    }
}
