using System.Text.Json;
using OpenClaw.Data.Agents;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Decisions;
using OpenClaw.Jobs.Messaging;
using OpenClaw.Web.Api.Binding;

namespace OpenClaw.Web.Api.Agents;

/// <param name="Enabled">Whether the heart beats on schedule; default true.</param>
/// <param name="Interval">5m, 15m, 30m, 1h, 2h, or any "Nm", "Nh" or ISO 8601 duration from 1 minute to 24 hours; default 30m.</param>
/// <param name="Checklist">What the agent looks at with each beat.</param>
/// <param name="ActiveHours">When the heart may beat; absent, always. Outside of them a beat is recorded as skipped.</param>
public sealed record HeartbeatSettings(
    bool? Enabled = null, string? Interval = null, IReadOnlyList<string?>? Checklist = null, ActiveHoursSettings? ActiveHours = null);

/// <param name="Start">HH:MM, inclusive.</param>
/// <param name="End">HH:MM, exclusive; 24:00 is the end of the day. Before the start, the hours span midnight.</param>
/// <param name="TimeZone">An IANA name such as Europe/Berlin; absent, UTC.</param>
public sealed record ActiveHoursSettings(string? Start, string? End, string? TimeZone = null)
{
    internal ActiveHours ToActiveHours() => new(Start ?? "", End ?? "", TimeZone);
}

/// <param name="Name">1 to 255 characters.</param>
/// <param name="Model">provider/name, for example local/echo.</param>
/// <param name="Persona">Who the agent is.</param>
/// <param name="Heartbeat">When and with what the agent's heart beats.</param>
/// <param name="Configuration">A JSON object that the runtime understands.</param>
public sealed record CreateAgentRequest(
    string? Name, string? Model, string? Persona = null, HeartbeatSettings? Heartbeat = null, JsonElement? Configuration = null)
{
    internal NewAgent ToNewAgent() =>
        new(Name, Persona, Model, Heartbeat?.Enabled, IntervalText.Read(Heartbeat?.Interval), Heartbeat?.Checklist, Heartbeat?.ActiveHours?.ToActiveHours(), Configuration);
}

/// <summary>Settings to change; what is absent or null stays as it is.</summary>
public sealed record UpdateAgentSettingsRequest(
    string? Name = null, string? Model = null, string? Persona = null, HeartbeatSettings? Heartbeat = null, JsonElement? Configuration = null)
{
    internal AgentSettings ToSettings() =>
        new(Name, Persona, Model, Heartbeat?.Enabled, IntervalText.Read(Heartbeat?.Interval), Heartbeat?.Checklist, Heartbeat?.ActiveHours?.ToActiveHours(), Configuration);
}

/// <param name="Checkpoint">Number of the checkpoint to go back to; absent for the newest.</param>
public sealed record ResumeAgentRequest(int? Checkpoint = null);

/// <param name="Content">The text.</param>
/// <param name="Id">The sender's own id of the message; a second one with it is the same message.</param>
/// <param name="From">Who writes; absent, the owner does.</param>
/// <param name="Metadata">A JSON object that travels along.</param>
public sealed record SendMessageRequest(string? Content, string? Id = null, string? From = null, JsonElement? Metadata = null)
{
    internal NewMessage ToNewMessage(Caller caller) => new(Id, From ?? Addresses.OfOwner(caller.Owner), Content, Metadata);
}

/// <param name="Status">provisioning, running, paused, stopped or failed.</param>
/// <param name="Limit">1 to 500; default 50.</param>
/// <param name="Offset">How many to skip.</param>
public sealed record AgentListQuery(string? Status, int? Limit, int? Offset);
