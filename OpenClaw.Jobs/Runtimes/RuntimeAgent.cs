using System.Text.Json;
using OpenClaw.Data.Agents;

namespace OpenClaw.Jobs.Runtimes;

/// <summary>What a runtime knows of an agent.</summary>
/// <param name="Id">Our id.</param>
/// <param name="Name">For people.</param>
/// <param name="Persona">Who it is to be.</param>
/// <param name="Model"><c>provider/name</c>.</param>
/// <param name="SessionKey">Where its conversation lives.</param>
/// <param name="RuntimeId">What <see cref="IAgentRuntime.ConnectAsync"/> returned; null before.</param>
/// <param name="Configuration">The agent's JSON object, for the runtime to read.</param>
public sealed record RuntimeAgent(
    Guid Id, string Name, string? Persona, string Model, string SessionKey, string? RuntimeId, JsonElement Configuration)
{
    /// <summary>Whose agent it is.</summary>
    public string Owner { get; init; } = "";

    public static RuntimeAgent From(Agent agent) => new(
        agent.Id, agent.Name, agent.Persona, agent.Model, agent.OpenclawSessionKey, agent.OpenclawAgentId, agent.Configuration)
    { Owner = agent.UserId };
}
