using System.Text.Json;
using OpenClaw.Data.Agents;
using OpenClaw.Jobs.ForeignInput;
using OpenClaw.Jobs.Heartbeats;
using OpenClaw.Jobs.Heartbeats.Gates;
using OpenClaw.Jobs.Messages;
using OpenClaw.Jobs.Requests;
using OpenClaw.Jobs.Runaways;
using OpenClaw.Jobs.Runtimes;

namespace OpenClaw.Jobs.Agents;

/// <summary>What an agent's settings may be. All problems are reported at once, each under its field's JSON name.</summary>
public static class AgentRules
{
    public const int MaxPersonaLength = 32_768;
    public const int MaxChecklistItems = 100;
    public const int MaxChecklistItemLength = 1_000;

    public static readonly TimeSpan DefaultHeartbeatInterval = TimeSpan.FromMinutes(30);
    public static readonly TimeSpan ShortestHeartbeatInterval = TimeSpan.FromMinutes(1);
    public static readonly TimeSpan LongestHeartbeatInterval = TimeSpan.FromHours(24);

    /// <summary>Null when all is well.</summary>
    public static Refusal.Invalid? Check(NewAgent agent) =>
        Check(agent.Name ?? "", agent.Persona, agent.Model ?? "", agent.HeartbeatInterval, agent.HeartbeatChecklist, agent.HeartbeatActiveHours, agent.Configuration);

    /// <summary>Null when all is well.</summary>
    public static Refusal.Invalid? Check(AgentSettings settings) =>
        Check(
            settings.Cleared.HasFlag(AgentSetting.Name) ? "" : settings.Name, settings.Persona, settings.Cleared.HasFlag(AgentSetting.Model) ? "" : settings.Model,
            settings.HeartbeatInterval, settings.HeartbeatChecklist, settings.HeartbeatActiveHours, settings.Configuration);

    private static Refusal.Invalid? Check(
        string? name, string? persona, string? model, TimeSpan? interval, IReadOnlyList<string?>? checklist, ActiveHours? activeHours, JsonElement? configuration)
    {
        var errors = new Dictionary<string, string[]>();

        void Require(bool holds, string field, string rule)
        {
            if (!holds)
            {
                errors[field] = [rule];
            }
        }

        Require(name is null || (ForeignText.IsVisible(name) && name.Length <= Agent.MaxNameLength && ForeignText.IsLine(name)), "name", $"name must have 1 to {Agent.MaxNameLength} characters that can be seen, without control characters.");
        Require(persona is null || (persona.Length <= MaxPersonaLength && ForeignText.IsWhole(persona)), "persona", $"persona may have up to {MaxPersonaLength} characters.");
        Require(model is null || IsModel(model), "model", "model must have the form provider/name, for example local/echo.");
        Require(
            interval is not { } time || (time >= ShortestHeartbeatInterval && time <= LongestHeartbeatInterval && time.Ticks % TimeSpan.TicksPerSecond == 0),
            "heartbeat.interval",
            "heartbeat.interval must lie between 1m and 24h, for example 5m, 15m, 30m, 1h, 2h or PT45M.");
        Require(
            checklist is null || (checklist.Count <= MaxChecklistItems && checklist.All(IsChecklistItem)),
            "heartbeat.checklist",
            $"heartbeat.checklist may have up to {MaxChecklistItems} entries of 1 to {MaxChecklistItemLength} characters each.");
        Require(activeHours is null || ActiveHoursRules.AreValid(activeHours), "heartbeat.active_hours", ActiveHoursRules.Rule);
        Require(
            configuration is not { } json || JsonRules.IsStorableObject(json),
            "configuration",
            JsonRules.ObjectRule("configuration"));

        Require(
            configuration is not { ValueKind: JsonValueKind.Object } settings || !settings.TryGetProperty(UsageLedger.CapSetting, out _) || UsageLedger.CapOf(settings) is not null,
            "configuration",
            $"configuration.{UsageLedger.CapSetting} must be a whole number above 0: tokens a day. Leave it out for no cap.");

        // What is not whole cannot be read either.
        if (configuration is { } given && JsonRules.IsStorableObject(given) && WhyNotConfigured(given) is { } rule)
        {
            errors["configuration"] = [rule];
        }

        return errors.Count == 0 ? null : new Refusal.Invalid(errors);
    }

    private static string? WhyNotConfigured(JsonElement configuration) =>
        Fallbacks.WhyNot(configuration, IsModel)
        ?? TurnLimits.WhyNot(configuration)
        ?? QueueModes.WhyNot(configuration)
        ?? GateRules.WhyNot(configuration)
        ?? BeatSettings.WhyNot(configuration, IsModel)
        ?? BeatBackoff.WhyNot(configuration)
        ?? RunawaySettings.WhyNot(configuration);

    private static bool IsModel(string model)
    {
        var slash = model.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && slash < model.Length - 1 && model.Length <= 255 && ForeignText.IsLine(model) && !model.Any(char.IsWhiteSpace);
    }

    private static bool IsChecklistItem(string? item) =>
        !string.IsNullOrWhiteSpace(item) && item.Length <= MaxChecklistItemLength && ForeignText.IsWhole(item);
}
