using System.Text.Json;
using System.Text.Json.Serialization;
using OpenClaw.Data.Agents;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Messages;
using OpenClaw.Jobs.Requests;
using OpenClaw.Web.Api.Binding;

namespace OpenClaw.Web.Api.Agents;

/// <summary>When and with what an agent's heart beats.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record HeartbeatSettings
{
    /// <summary>Whether the heart beats on schedule; default true.</summary>
    public bool? Enabled { get; init => (field, Given) = (value, Given | AgentSetting.HeartbeatEnabled); }

    /// <summary>5m, 15m, 30m, 1h, 2h, or any "Nm", "Nh" or ISO 8601 duration from 1 minute to 24 hours; default 30m.</summary>
    public string? Interval { get; init => (field, Given) = (value, Given | AgentSetting.HeartbeatInterval); }

    /// <summary>What the agent looks at with each beat.</summary>
    public IReadOnlyList<string?>? Checklist { get; init => (field, Given) = (value, Given | AgentSetting.HeartbeatChecklist); }

    /// <summary>When the heart may beat; absent, always. Outside of them a beat is recorded as skipped.</summary>
    public ActiveHoursSettings? ActiveHours { get; init => (field, Given) = (value, Given | AgentSetting.HeartbeatActiveHours); }

    internal const AgentSetting All = AgentSetting.HeartbeatEnabled | AgentSetting.HeartbeatInterval | AgentSetting.HeartbeatChecklist | AgentSetting.HeartbeatActiveHours;

    /// <summary>What the request names, also with null.</summary>
    internal AgentSetting Given { get; private init; }
}

/// <param name="Start">HH:MM, inclusive.</param>
/// <param name="End">HH:MM, exclusive; 24:00 is the end of the day. Before the start, the hours span midnight.</param>
/// <param name="TimeZone">An IANA name such as Europe/Berlin; absent, UTC.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ActiveHoursSettings(string? Start, string? End, string? TimeZone = null)
{
    internal ActiveHours ToActiveHours() => new(Start ?? "", End ?? "", TimeZone);
}

/// <param name="Name">1 to 255 characters.</param>
/// <param name="Model">provider/name, for example local/echo.</param>
/// <param name="Persona">Who the agent is.</param>
/// <param name="Heartbeat">When and with what the agent's heart beats.</param>
/// <param name="Configuration">A JSON object that the runtime understands.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CreateAgentRequest(
    string? Name, string? Model, string? Persona = null, HeartbeatSettings? Heartbeat = null, JsonElement? Configuration = null)
{
    internal NewAgent ToNewAgent() =>
        new(Name, Persona, Model, Heartbeat?.Enabled, IntervalText.Read(Heartbeat?.Interval), Heartbeat?.Checklist, Heartbeat?.ActiveHours?.ToActiveHours(), Configuration);
}

/// <summary>Settings to change. What is absent stays as it is; what is null is cleared, as if the agent had been created without it.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record UpdateAgentSettingsRequest
{
    /// <summary>1 to 255 characters.</summary>
    public string? Name { get; init => (field, _given) = (value, _given | AgentSetting.Name); }

    /// <summary>provider/name. Another provider's runtime is told of the agent, and the present one lets it go.</summary>
    public string? Model { get; init => (field, _given) = (value, _given | AgentSetting.Model); }

    /// <summary>Who the agent is.</summary>
    public string? Persona { get; init => (field, _given) = (value, _given | AgentSetting.Persona); }

    /// <summary>When and with what the agent's heart beats.</summary>
    public HeartbeatSettings? Heartbeat { get; init => (field, _given) = (value, value is null ? _given | HeartbeatSettings.All : _given); }

    /// <summary>A JSON object that the runtime understands.</summary>
    public JsonElement? Configuration { get; init => (field, _given) = (value, _given | AgentSetting.Configuration); }

    private readonly AgentSetting _given;

    internal AgentSettings ToSettings()
    {
        var settings = new AgentSettings(
            Name, Persona, Model, Heartbeat?.Enabled, IntervalText.Read(Heartbeat?.Interval), Heartbeat?.Checklist, Heartbeat?.ActiveHours?.ToActiveHours(), Configuration);
        return settings with { Cleared = (_given | (Heartbeat?.Given ?? AgentSetting.None)) & ~Present(settings) };
    }

    private static AgentSetting Present(AgentSettings settings) =>
        Is(settings.Name, AgentSetting.Name) | Is(settings.Model, AgentSetting.Model) | Is(settings.Persona, AgentSetting.Persona)
        | Is(settings.HeartbeatEnabled, AgentSetting.HeartbeatEnabled) | Is(settings.HeartbeatInterval, AgentSetting.HeartbeatInterval)
        | Is(settings.HeartbeatChecklist, AgentSetting.HeartbeatChecklist) | Is(settings.HeartbeatActiveHours, AgentSetting.HeartbeatActiveHours)
        | Is(settings.Configuration, AgentSetting.Configuration);

    private static AgentSetting Is(object? given, AgentSetting setting) => given is null ? AgentSetting.None : setting;
}

/// <param name="Checkpoint">Number of the checkpoint to go back to; absent for the newest.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ResumeAgentRequest(int? Checkpoint = null);

/// <param name="Content">The text.</param>
/// <param name="Id">The sender's own id of the message; a second one with it is the same message.</param>
/// <param name="From">Who writes; absent, the owner does.</param>
/// <param name="Metadata">A JSON object that travels along.</param>
/// <param name="Message">The text by the DBOS version's name; beside content it must be the same. With it the reply is waited for up to a minute, since who writes so cannot ask for it later.</param>
/// <param name="Timeout">How long the agent's turn may take, such as 90s, 30m or 4h, from 1s to 12h; absent, as long as the agent's configuration says.</param>
/// <param name="QueueMode">What becomes of it when the agent has a turn under way: followup, collect, interrupt or steer; absent, what its configuration says.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record SendMessageRequest(string? Content = null, string? Id = null, string? From = null, JsonElement? Metadata = null, string? Message = null, string? Timeout = null, string? QueueMode = null)
{
    /// <summary>What a message may not say in two ways; null when it does not.</summary>
    internal Refusal.Invalid? Contradiction => Content is not null && Message is not null && !string.Equals(Content, Message, StringComparison.Ordinal)
        ? Refusal.Invalid.Of("message", "message and content are the same text by two names, and they differ: send one of them.")
        : null;

    /// <summary>How long its sender waits for the reply; null for as long as everybody does.</summary>
    internal TimeSpan? Patience => Message is null ? null : TimeSpan.FromMinutes(1);

    internal NewMessage ToNewMessage(Caller caller) => new(Id, From ?? Addresses.OfOwner(caller.Owner), Content ?? Message, Metadata) { Timeout = IntervalText.Read(Timeout), QueueMode = QueueMode };
}

/// <param name="Status">provisioning, running, paused, stopped or failed.</param>
/// <param name="Limit">1 to 500; default 50.</param>
/// <param name="Offset">How many to skip.</param>
public sealed record AgentListQuery(string? Status, int? Limit, int? Offset);
