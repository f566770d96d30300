using OpenClaw.Data.Agents;
using OpenClaw.Data.Scheduling;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Scheduling;

namespace OpenClaw.Web.Gateway.Schedules;

/// <summary>Reads prompts as clients write them.</summary>
internal sealed class PromptReader(TargetResolver targets)
{
    private const string Isolated = "isolated";
    private const string SessionPrefix = "session:";

    private static readonly string[] Fields =
        ["name", "description", "schedule", "sessionTarget", "sessionKey", "wakeMode", "payload", "delivery", "enabled", "deleteAfterRun"];

    /// <summary>The parameters of <c>cron.add</c>.</summary>
    public async Task<(Agent Agent, PromptSettings Settings)> NewAsync(GatewayCall call, Guid id)
    {
        var given = call.Params([.. Fields, "agentId"]);
        var (name, schedule, message) = (given.Filled("name"), Schedule(given), Message(given));
        given.Required("schedule");
        given.Required("payload");
        var (agent, sessionKey) = await TargetAsync(call, given, given.OptionalText("agentId"), id);
        return (agent, new PromptSettings(name, message!, schedule!, sessionKey, given.Flag("enabled", true), given.Flag("deleteAfterRun", schedule!.At is not null)));
    }

    /// <summary>The patch of <c>cron.update</c>.</summary>
    public async Task<Func<PromptSettings, PromptSettings>> ChangeAsync(GatewayCall call, GatewayParams given, Guid id, Agent agent)
    {
        var patch = given.Nested("patch", Fields) ?? throw given.Wrong("must have required property 'patch'");
        var (name, schedule, message) = (patch.OptionalText("name"), Schedule(patch), Message(patch));
        var (target, sessionKey) = await TargetAsync(call, patch, AgentNames.Of(agent), id);
        if (target.Id != agent.Id)
            throw given.Wrong("at /patch/sessionKey: belongs to another agent");

        var moved = patch.OptionalText("sessionTarget") is not null || patch.OptionalText("sessionKey") is not null;
        return current => current with
        {
            Name = name ?? current.Name,
            Message = message ?? current.Message,
            Schedule = schedule ?? current.Schedule,
            SessionKey = moved ? sessionKey : current.SessionKey,
            Enabled = patch.Flag("enabled", current.Enabled),
            DeleteAfterRun = patch.Flag("deleteAfterRun", current.DeleteAfterRun),
        };
    }

    /// <summary>The conversation of a prompt as <c>sessionTarget</c> says it.</summary>
    public static string TargetOf(ScheduledPrompt prompt, Agent agent) => prompt.SessionKey switch
    {
        null => AgentNames.Main,
        { } key when key == IsolatedKey(agent, prompt.Id) => Isolated,
        var key => SessionPrefix + key,
    };

    private static string IsolatedKey(Agent agent, Guid id) => $"agent:{AgentNames.Of(agent)}:cron:{id}";

    private async Task<(Agent Agent, string? SessionKey)> TargetAsync(GatewayCall call, GatewayParams given, string? agentId, Guid id)
    {
        var target = given.OptionalText("sessionTarget");
        var isNamed = target?.StartsWith(SessionPrefix, StringComparison.Ordinal) is true && target.Length > SessionPrefix.Length;
        var key = given.OptionalText("sessionKey") ?? (isNamed ? target![SessionPrefix.Length..] : null);
        var found = await targets.ResolveAsync(agentId, key, "cron", call.Caller, call.Cancelled);
        return target switch
        {
            _ when key is not null => (found.Agent, found.SessionKey),
            Isolated => (found.Agent, IsolatedKey(found.Agent, id)),
            null or AgentNames.Main or "current" => (found.Agent, null),
            _ => throw given.Wrong("at /sessionTarget: must be equal to one of the allowed values"),
        };
    }

    private static PromptSchedule? Schedule(GatewayParams given)
    {
        if (given.Nested("schedule", "kind", "at", "atMs", "everyMs", "expr", "tz") is not { } schedule)
            return null;

        return schedule.Text("kind") switch
        {
            "cron" => new PromptSchedule { Cron = schedule.Filled("expr"), TimeZone = schedule.OptionalText("tz") },
            "every" => new PromptSchedule { Every = TimeSpan.FromMilliseconds(schedule.Number("everyMs", 0, 0, int.MaxValue)) },
            "at" => new PromptSchedule { At = schedule.Instant("at") ?? schedule.Instant("atMs") ?? throw schedule.Wrong("at /schedule: must have required property 'at'") },
            _ => throw schedule.Wrong("at /schedule/kind: must be equal to one of the allowed values"),
        };
    }

    private static string? Message(GatewayParams given)
    {
        if (given.Nested("payload", "kind", "text", "message", "model", "fallbacks", "thinking", "timeoutSeconds", "deliver", "channel", "to", "bestEffortDeliver") is not { } payload)
            return null;

        return payload.Text("kind") switch
        {
            "systemEvent" => payload.Filled("text"),
            "agentTurn" => payload.Filled("message"),
            _ => throw payload.Wrong("at /payload/kind: must be equal to one of the allowed values"),
        };
    }
}
