using System.Text.Json;
using OpenClaw.Data.Agents;
using OpenClaw.Jobs.Requests;

namespace OpenClaw.Jobs.Agents;

internal static class AgentFactory
{
    public static readonly JsonElement NoConfiguration = JsonSerializer.Deserialize<JsonElement>("{}");

    /// <summary>A new agent from a request that <see cref="AgentRules"/> found well.</summary>
    public static Agent Create(NewAgent request, Caller caller, DateTimeOffset now)
    {
        var id = Guid.CreateVersion7();
        return new Agent
        {
            Id = id,
            Name = request.Name!,
            Persona = request.Persona,
            Model = request.Model!,
            UserId = caller.Owner,
            Status = AgentStatus.Provisioning,
            OpenclawSessionKey = AgentSlug.SessionKey(request.Name!, id),
            HeartbeatEnabled = request.HeartbeatEnabled ?? true,
            HeartbeatInterval = request.HeartbeatInterval ?? AgentRules.DefaultHeartbeatInterval,
            HeartbeatChecklist = [.. (request.HeartbeatChecklist ?? []).OfType<string>()],
            HeartbeatActiveHours = request.HeartbeatActiveHours,
            Configuration = request.Configuration ?? NoConfiguration,
            CreatedAt = now,
            UpdatedAt = now,
        };
    }
}
