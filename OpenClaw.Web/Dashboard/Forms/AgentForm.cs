using System.Text.Json;
using OpenClaw.Data.Agents;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Requests;
using OpenClaw.Web.Api.Binding;
using OpenClaw.Web.Dashboard.Parts;

namespace OpenClaw.Web.Dashboard.Forms;

/// <summary>An agent's settings as text in a form, and what was wrong with them.</summary>
public sealed record AgentForm
{
    public string Name { get; init; } = "";

    public string Persona { get; init; } = "";

    public string Model { get; init; } = "";

    public bool Beats { get; init; } = true;

    public string Interval { get; init; } = IntervalText.Write(AgentRules.DefaultHeartbeatInterval);

    /// <summary>One item a line.</summary>
    public string Checklist { get; init; } = "";

    public string ActiveFrom { get; init; } = "";

    public string ActiveTo { get; init; } = "";

    public string TimeZone { get; init; } = "";

    public string Configuration { get; init; } = "{}";

    /// <summary>By the field's name in the API.</summary>
    public IReadOnlyDictionary<string, string[]> Errors { get; init; } = new Dictionary<string, string[]>();

    public static AgentForm From(Agent agent) => new()
    {
        Name = agent.Name,
        Persona = agent.Persona ?? "",
        Model = agent.Model,
        Beats = agent.HeartbeatEnabled,
        Interval = IntervalText.Write(agent.HeartbeatInterval),
        Checklist = string.Join('\n', agent.HeartbeatChecklist),
        ActiveFrom = agent.HeartbeatActiveHours?.Start ?? "",
        ActiveTo = agent.HeartbeatActiveHours?.End ?? "",
        TimeZone = agent.HeartbeatActiveHours?.TimeZone ?? "",
        Configuration = PrettyJson.Write(agent.Configuration),
    };

    public static AgentForm From(IFormCollection fields) => new()
    {
        Name = fields["name"].ToString(),
        Persona = fields["persona"].ToString().Replace("\r\n", "\n", StringComparison.Ordinal),
        Model = fields["model"].ToString().Trim(),
        Beats = fields["beats"] == "true",
        Interval = fields["interval"].ToString().Trim(),
        Checklist = fields["checklist"].ToString(),
        ActiveFrom = fields["active_from"].ToString().Trim(),
        ActiveTo = fields["active_to"].ToString().Trim(),
        TimeZone = fields["time_zone"].ToString().Trim(),
        Configuration = fields["configuration"].ToString(),
    };

    public AgentForm Refused(Refusal refusal)
    {
        var errors = refusal is Refusal.Invalid invalid ? new Dictionary<string, string[]>(invalid.Errors) : new() { [""] = [refusal.Detail] };
        if (errors.ContainsKey("configuration") && Read(out _) is { } problem)
        {
            errors["configuration"] = [$"configuration is no JSON from line {problem.LineNumber + 1} on. It must be an object such as {{\"daily_token_cap\": 50000}}."];
        }

        return this with { Errors = errors };
    }

    public NewAgent ToNewAgent() => new(Name, Persona.Length == 0 ? null : Persona, Model, Beats, IntervalText.Read(Interval), Items, ActiveHours, Json);

    /// <summary>A field of the form that is empty clears the setting.</summary>
    public AgentSettings ToSettings() => new(Name, Persona, Model, Beats, IntervalText.Read(Interval), Items, ActiveHours, Json)
    {
        Cleared = (Persona.Length == 0 ? AgentSetting.Persona : 0) | (ActiveHours is null ? AgentSetting.HeartbeatActiveHours : 0),
    };

    private string[] Items => Checklist.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private ActiveHours? ActiveHours =>
        ActiveFrom.Length + ActiveTo.Length + TimeZone.Length == 0 ? null : new ActiveHours(ActiveFrom, ActiveTo, TimeZone.Length == 0 ? null : TimeZone);

    // What is no JSON is handed on as a text, which the rules for agents refuse with the rest.
    private JsonElement Json => Read(out var json) is null ? json : JsonSerializer.SerializeToElement(Configuration);

    /// <summary>Null, or why the configuration is no JSON.</summary>
    private JsonException? Read(out JsonElement json)
    {
        try
        {
            json = JsonSerializer.Deserialize<JsonElement>(string.IsNullOrWhiteSpace(Configuration) ? "{}" : Configuration);
            return null;
        }
        catch (JsonException problem)
        {
            json = default;
            return problem;
        }
    }
}
