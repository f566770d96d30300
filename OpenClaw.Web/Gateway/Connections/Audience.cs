using OpenClaw.Data.Agents;
using OpenClaw.Data.Messages;
using OpenClaw.Jobs.Requests;
using OpenClaw.Jobs.Runtimes;

namespace OpenClaw.Web.Gateway.Connections;

/// <summary>Who hears of something that happens: those of the owner whose it is, and of a key for some agents alone what happens to these.</summary>
/// <param name="Owner">Whose it is.</param>
/// <param name="AgentId">To which agent it happens; null for no single one.</param>
internal readonly record struct Audience(string Owner, Guid? AgentId)
{
    public static Audience Of(Agent agent) => new(agent.UserId, agent.Id);

    public static Audience Of(Message message) => new(message.Owner, message.AgentId);

    public static Audience Of(ReplyGrowth growth) => new(growth.Owner, growth.AgentId);

    public static Audience Of(Caller caller) => new(caller.Owner, AgentId: null);

    public bool Has(Caller caller) => caller.Owner == Owner && (caller.Agents.Count == 0 || (AgentId is { } agent && caller.Agents.Contains(agent)));
}
