using System.Text.Json;
using OpenClaw.Data.Agents;
using OpenClaw.Data.Security;
using OpenClaw.Jobs.Heartbeats;
using OpenClaw.Jobs.Heartbeats.Gates;
using OpenClaw.Jobs.Messages;
using OpenClaw.Jobs.Monitoring.Auditing;
using OpenClaw.Jobs.Requests;
using OpenClaw.Jobs.Runtimes;

namespace OpenClaw.Jobs.Agents;

public sealed partial class AgentService
{
    /// <summary>Changes settings; the heartbeat's schedule follows at once, and the agent moves to another runtime where its new model needs that.</summary>
    public Task<Decision<Guid>> UpdateSettingsAsync(Guid id, AgentSettings settings, Caller caller, CancellationToken cancellationToken)
    {
        if (AgentRules.Check(settings) is { } invalid)
        {
            return Task.FromResult<Decision<Guid>>(invalid);
        }

        return decisions.DecideAsync<Guid>(
            key: null,
            async db =>
            {
                if (await db.LockAgentAsync(id, caller, cancellationToken) is not { } agent)
                {
                    return AgentNotFound(id);
                }

                if (agent.Status is AgentStatus.Stopped)
                {
                    return new Refusal.Conflict("wrong_status", $"Agent {id} is stopped; its settings are kept as they were.");
                }

                var before = Told(agent);
                if (settings.Model is { } model && model != agent.Model)
                {
                    if (WhyNot(agent, model) is { } refusal)
                    {
                        return refusal;
                    }

                    await runtimeChange.ApplyAsync(agent, model, cancellationToken);
                }

                Apply(agent, settings);
                if ((settings.Model is not null || settings.Configuration is not null) && WhyNotUsable(agent.Model, agent.Configuration) is { } unusable)
                {
                    return unusable;
                }

                HeartbeatTiming.Refresh(agent, await db.NowAsync(cancellationToken));
                agent.UpdatedAt = time.GetUtcNow();
                db.AuditLog.Add(new AuditEntry { Actor = caller.Actor, Action = "agent.settings", Subject = Addresses.OfAgent(id), Change = AuditChange.Between(before, Told(agent)) });
                return id;
            },
            cancellationToken);
    }

    private Refusal? WhyNot(Agent agent, string model)
    {
        if (runtimes.WhyUnavailable(model) is { } reason)
        {
            return Refusal.Invalid.Of("model", reason);
        }

        // The operation may be talking to the old runtime in this moment.
        return agent.Operation is { } underWay && !RuntimeCatalog.IsSameRuntime(agent.Model, model)
            ? AgentTransitions.UnderWay(agent, underWay)
            : null;
    }

    // A model that cannot stand in, or a gate that cannot be looked at, would be found out when it is needed.
    private Refusal.Invalid? WhyNotUsable(string model, JsonElement configuration) =>
        Fallbacks.Of(configuration).Select(fallback => runtimes.WhyNotInstead(model, fallback)).FirstOrDefault(reason => reason is not null) is { } why
            ? Refusal.Invalid.Of("configuration", $"configuration.{Fallbacks.Setting}: {why}")
        : BeatSettings.ModelOf(configuration) is { } beats && runtimes.WhyNotInstead(model, beats) is { } unfit
            ? Refusal.Invalid.Of("configuration", $"configuration.{BeatSettings.ModelSetting}: {unfit}")
        : GateRules.Of(configuration)?.Leaves.Select(gates.WhyNot).FirstOrDefault(reason => reason is not null) is { } unset
            ? Refusal.Invalid.Of("configuration", $"configuration.{GateRules.Setting}: {unset}")
        : null;

    private static object Told(Agent agent) => new
    {
        agent.Name,
        agent.Model,
        agent.Persona,
        agent.HeartbeatEnabled,
        agent.HeartbeatInterval,
        agent.HeartbeatChecklist,
        agent.HeartbeatActiveHours,
        agent.Configuration,
    };

    // The model has been changed before, where it was to be.
    private static void Apply(Agent agent, AgentSettings settings)
    {
        agent.Name = settings.Name ?? agent.Name;
        agent.Persona = Or(AgentSetting.Persona, settings.Persona, agent.Persona, null);
        agent.HeartbeatEnabled = Or(AgentSetting.HeartbeatEnabled, settings.HeartbeatEnabled, agent.HeartbeatEnabled, true)!.Value;
        agent.HeartbeatInterval = Or(AgentSetting.HeartbeatInterval, settings.HeartbeatInterval, agent.HeartbeatInterval, AgentRules.DefaultHeartbeatInterval)!.Value;
        agent.HeartbeatChecklist = [.. Or(AgentSetting.HeartbeatChecklist, settings.HeartbeatChecklist, agent.HeartbeatChecklist, [])!.OfType<string>()];
        agent.HeartbeatActiveHours = Or(AgentSetting.HeartbeatActiveHours, settings.HeartbeatActiveHours, agent.HeartbeatActiveHours, null);
        agent.Configuration = Or(AgentSetting.Configuration, settings.Configuration, agent.Configuration, AgentFactory.NoConfiguration)!.Value;

        T? Or<T>(AgentSetting setting, T? given, T? present, T? cleared) => settings.Cleared.HasFlag(setting) ? cleared : given ?? present;
    }
}
