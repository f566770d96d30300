using OpenClaw.Data.Agents;
using OpenClaw.Data.Schedules;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Schedules;
using OpenClaw.Web.Gateway.Methods;
using OpenClaw.Web.Gateway.Runs;

namespace OpenClaw.Web.Gateway.Schedules;

/// <summary>Reads prompts as clients write them.</summary>
internal sealed class ScheduleReader(TargetResolver targets, ReplyDelivery delivery)
{
    private const string Isolated = "isolated";
    private const string SessionPrefix = "session:";

    private static readonly string[] Fields =
        ["name", "displayName", "description", "schedule", "sessionTarget", "sessionKey", "wakeMode", "payload", "delivery", "enabled", "deleteAfterRun"];

    /// <summary>The parameters of <c>cron.add</c>.</summary>
    public async Task<(Agent Agent, ScheduleSettings Settings)> NewAsync(GatewayCall call, Guid id)
    {
        var given = call.Params([.. Fields, "agentId"]);
        var (name, schedule, payload) = (given.Filled("name"), Schedule(given), PromptPayload.Of(given, isPatch: false));
        given.Required("schedule");
        given.Required("payload");
        var (agent, sessionKey) = await TargetAsync(call, given, given.OptionalText("agentId"), id);
        payload!.Check(given, agent);
        var deliverTo = DeliverTo(given);
        return (agent, new ScheduleSettings(name, payload.Text!, schedule!, sessionKey, given.Flag("enabled", true), given.Flag("deleteAfterRun", schedule!.At is not null))
        {
            DisplayName = Words(given, "displayName"),
            Description = Words(given, "description"),
            Thinking = payload.Thinking,
            DeliverTo = deliverTo,
        });
    }

    /// <summary>The patch of <c>cron.update</c>.</summary>
    public async Task<Func<ScheduleSettings, ScheduleSettings>> ChangeAsync(GatewayCall call, GatewayParams given, Guid id, Agent agent)
    {
        var patch = given.Nested("patch", Fields) ?? throw given.Wrong("must have required property 'patch'");
        var (name, schedule, payload) = (patch.OptionalText("name"), Schedule(patch), PromptPayload.Of(patch, isPatch: true));
        payload?.Check(patch, agent);
        var (displayName, description, deliverTo) = (Words(patch, "displayName"), Words(patch, "description"), DeliverTo(patch));
        var (_, sessionKey) = await TargetAsync(call, patch, AgentLookup.Of(agent), id);

        var moved = patch.OptionalText("sessionTarget") is not null || patch.OptionalText("sessionKey") is not null;
        return current => current with
        {
            Name = name ?? current.Name,
            Message = payload?.Text ?? current.Message,
            Schedule = schedule ?? current.Schedule,
            SessionKey = moved ? sessionKey : current.SessionKey,
            Enabled = patch.Flag("enabled", current.Enabled),
            DeleteAfterRun = patch.Flag("deleteAfterRun", current.DeleteAfterRun),
            DisplayName = patch.Has("displayName") ? displayName : current.DisplayName,
            Description = patch.Has("description") ? description : current.Description,
            Thinking = payload is { HasThinking: true } ? payload.Thinking : current.Thinking,
            DeliverTo = patch.Has("delivery") ? deliverTo : current.DeliverTo,
        };
    }

    private string? DeliverTo(GatewayParams given)
    {
        var address = ReplyDelivery.OfJob(given);
        delivery.Require(address);
        return address;
    }

    // An empty text takes away what was there.
    private static string? Words(GatewayParams given, string name) => given.OptionalText(name, ScheduleRules.MaxDescription) is { Length: > 0 } words ? words : null;

    /// <summary>The conversation of a prompt as <c>sessionTarget</c> says it.</summary>
    public static string TargetOf(AgentSchedule prompt, Agent agent) => prompt.SessionKey switch
    {
        null => AgentLookup.Main,
        { } key when key == IsolatedKey(agent, prompt.Id) => Isolated,
        var key => SessionPrefix + key,
    };

    private static string IsolatedKey(Agent agent, Guid id) => $"agent:{AgentLookup.Of(agent)}:cron:{id}";

    private async Task<(Agent Agent, string? SessionKey)> TargetAsync(GatewayCall call, GatewayParams given, string? agentId, Guid id)
    {
        var target = given.OptionalText("sessionTarget");
        var isNamed = target?.StartsWith(SessionPrefix, StringComparison.Ordinal) is true && target.Length > SessionPrefix.Length;
        var key = given.OptionalText("sessionKey") ?? (isNamed ? target![SessionPrefix.Length..] : null);
        var found = await targets.ResolveAsync(agentId, key, call);
        return target switch
        {
            _ when key is not null => (found.Agent, found.SessionKey),
            Isolated => (found.Agent, IsolatedKey(found.Agent, id)),
            null or AgentLookup.Main or "current" => (found.Agent, null),
            _ => throw given.Wrong("at /sessionTarget: must be equal to one of the allowed values"),
        };
    }

    private static ScheduleTiming? Schedule(GatewayParams given)
    {
        if (given.Nested("schedule", "kind", "at", "atMs", "everyMs", "anchorMs", "expr", "tz", "staggerMs") is not { } schedule)
        {
            return null;
        }

        return schedule.Text("kind") switch
        {
            "cron" => Cron(schedule),
            "every" => Every(schedule),
            "at" => At(schedule),
            _ => throw schedule.Wrong("at /schedule/kind: must be equal to one of the allowed values"),
        };
    }

    private static ScheduleTiming Cron(GatewayParams schedule)
    {
        OnlyFor(schedule, "cron", "at", "atMs", "everyMs", "anchorMs");
        if (schedule.Number("staggerMs", 0, 0, int.MaxValue) > 0)
        {
            throw schedule.Wrong("at /schedule/staggerMs: prompts are sent when they are due; leave it out or make it 0");
        }

        return new ScheduleTiming { Cron = schedule.Filled("expr"), TimeZone = schedule.OptionalText("tz") };
    }

    private static ScheduleTiming Every(GatewayParams schedule)
    {
        OnlyFor(schedule, "every", "at", "atMs", "expr", "tz", "staggerMs");
        var every = TimeSpan.FromMilliseconds(schedule.Number("everyMs", 0, 0, int.MaxValue));
        return schedule.Instant("anchorMs", TimeZoneInfo.Utc) is { } anchor ? ScheduleRules.Anchored(every, anchor) : new ScheduleTiming { Every = every };
    }

    private static ScheduleTiming At(GatewayParams schedule)
    {
        OnlyFor(schedule, "at", "everyMs", "anchorMs", "expr", "staggerMs");
        var zone = TimeZoneInfo.Utc;
        if (schedule.OptionalText("tz") is { } name && !TimeZoneInfo.TryFindSystemTimeZoneById(name, out zone))
        {
            throw schedule.Wrong($"at /schedule/tz: {ScheduleRules.ZoneRule}");
        }

        return new ScheduleTiming { At = schedule.Instant("at", zone!) ?? schedule.Instant("atMs", zone!) ?? throw schedule.Wrong("at /schedule: must have required property 'at'") };
    }

    private static void OnlyFor(GatewayParams schedule, string kind, params string[] others)
    {
        if (Array.Find(others, schedule.Has) is { } other)
        {
            throw schedule.Wrong($"at /schedule/{other}: has no meaning for kind \"{kind}\"; leave it out");
        }
    }
}
