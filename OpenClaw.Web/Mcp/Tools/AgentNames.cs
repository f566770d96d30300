using OpenClaw.Data.Agents;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.ForeignInput;
using OpenClaw.Web.Mcp.Serving;

namespace OpenClaw.Web.Mcp.Tools;

/// <summary>Finds the agent that a call names.</summary>
internal sealed class AgentNames(AgentLookup agents)
{
    /// <exception cref="ToolRefusedException">There is none, or more than one.</exception>
    public async Task<Agent> FindAsync(ToolCall call) =>
        await FindAsync(call, call.Text(ToolArgument.AgentName.Name) ?? "");

    /// <summary>Null when the call names none.</summary>
    /// <exception cref="ToolRefusedException">There is none of that name, or more than one.</exception>
    public async Task<Agent?> FindIfNamedAsync(ToolCall call) =>
        call.Text(ToolArgument.AgentName.Name) is { } name ? await FindAsync(call, name) : null;

    private async Task<Agent> FindAsync(ToolCall call, string name) => await agents.FindAsync(name, call.Caller, call.Cancelled)
        ?? throw new ToolRefusedException("agent_not_found", $"There is no agent \"{ForeignText.Quote(name)}\", or more than one; list_agents has their ids.");
}
