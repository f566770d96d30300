using OpenClaw.Data.Agents;
using OpenClaw.Data.Conventions;
using OpenClaw.Data.Heartbeats;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Protocol;
using OpenClaw.Jobs.Schedules;
using OpenClaw.Web.Gateway.Methods;

namespace OpenClaw.Web.Gateway.Schedules;

/// <summary>Agents' heartbeats as scheduled jobs, <c>heartbeat:{agent}</c>.</summary>
internal sealed class BeatJobs(AgentService service, AgentQueries agents, TargetResolver targets)
{
    private const int MaxAgents = 500;
    private const string IdPrefix = "heartbeat:";

    public static bool Has(string id) => id.StartsWith(IdPrefix, StringComparison.Ordinal);

    public async Task<IEnumerable<CronJob>> ListAsync(GatewayCall call) => (await BeatingAsync(call)).Select(Job);

    public async Task<CronJob> GetAsync(GatewayCall call, string id) => Job(await AgentAsync(call, id));

    public async Task<CronJob> UpdateAsync(GatewayCall call, string id, GatewayParams given)
    {
        var agent = await AgentAsync(call, id);
        var patch = given.Nested("patch", "enabled", "schedule") ?? throw given.Wrong("must have required property 'patch'");
        TimeSpan? every = patch.Nested("schedule", "kind", "everyMs") is { } schedule
            ? TimeSpan.FromMilliseconds(schedule.Number("everyMs", 0, 0, int.MaxValue))
            : null;
        await ChangeAsync(call, agent.Id, patch.Flag("enabled", agent.HeartbeatEnabled), every);
        return Job((await agents.FindAsync(agent.Id, call.Caller, call.Cancelled))!);
    }

    public async Task<CronRun> RunAsync(GatewayCall call, string id)
    {
        var agent = await AgentAsync(call, id);
        var started = (await service.HeartbeatAsync(agent.Id, call.Caller, key: null, call.Cancelled)).OrThrow();
        return new CronRun(true, true, started.WorkflowUuid?.ToString());
    }

    public async Task<CronRuns> RunsAsync(GatewayCall call, string id, string? run, int limit, int offset)
    {
        var agent = await AgentAsync(call, id);
        var (beats, total) = await agents.HeartbeatsAsync(agent.Id, Run(run), limit, offset, call.Cancelled);
        return new CronRuns([.. beats.Select(beat => Entry(id, beat))], total, offset, limit, offset + beats.Count < total);
    }

    /// <summary>What is kept beside a heartbeat is its checklist, an item a line.</summary>
    public async Task<CronScratch> ChecklistAsync(GatewayCall call, string id)
    {
        var agent = await AgentAsync(call, id);
        var (items, revision) = (string.Join('\n', agent.HeartbeatChecklist), agent.HeartbeatChecklist.Count == 0 ? 0 : 1);
        return new CronScratch(revision == 0 ? null : new CronNotes(items, revision, agent.UpdatedAt.ToUnixTimeMilliseconds()), revision, ScheduleService.MaxNotes);
    }

    /// <summary>Switches all heartbeats on or off.</summary>
    public async Task SetAllAsync(GatewayCall call, bool enabled)
    {
        foreach (var agent in (await BeatingAsync(call)).Where(agent => agent.HeartbeatEnabled != enabled))
        {
            await ChangeAsync(call, agent.Id, enabled, every: null);
        }
    }

    private async Task ChangeAsync(GatewayCall call, Guid agent, bool enabled, TimeSpan? every)
    {
        var settings = new AgentSettings(null, null, null, enabled, every, null, null, null);
        (await service.UpdateSettingsAsync(agent, settings, call.Caller, call.Cancelled)).OrThrow();
    }

    private Task<List<Agent>> BeatingAsync(GatewayCall call) => agents.NotStoppedAsync(MaxAgents, call.Caller, call.Cancelled);

    private Task<Agent> AgentAsync(GatewayCall call, string id) => targets.AgentAsync(id[IdPrefix.Length..], call.Caller, call.Cancelled);

    private static CronJob Job(Agent agent) => new(
        IdPrefix + AgentLookup.Of(agent), AgentLookup.Of(agent), $"Heartbeat of {agent.Name}", agent.HeartbeatEnabled,
        new CronSchedule("every", (long)agent.HeartbeatInterval.TotalMilliseconds), AgentLookup.Main, "now", new CronPayload("heartbeat", agent.HeartbeatChecklist),
        new CronState(agent.NextHeartbeatAt?.ToUnixTimeMilliseconds(), agent.LastHeartbeatAt?.ToUnixTimeMilliseconds()));

    // An id that is none of ours is nobody's.
    private static Guid? Run(string? run) => run is null ? null : Guid.TryParse(run, out var uuid) ? uuid : Guid.Empty;

    private static CronRunEntry Entry(string id, HeartbeatExecution beat)
    {
        var status = beat.Status switch
        {
            HeartbeatStatus.Running => null,
            HeartbeatStatus.Ok or HeartbeatStatus.Alert => "ok",
            HeartbeatStatus.Failed => "error",
            _ => "skipped",
        };
        return new CronRunEntry(
            (beat.CompletedAt ?? beat.StartedAt).ToUnixTimeMilliseconds(), id, status is null ? "started" : "finished", status,
            status == "error" ? beat.Reason : null, beat.Reason ?? EnumText.ToLower(beat.Status), beat.WorkflowUuid.ToString(),
            beat.StartedAt.ToUnixTimeMilliseconds(), (long?)(beat.CompletedAt - beat.StartedAt)?.TotalMilliseconds, SessionKey: null)
        {
            // A beat that was left out has not done what a beat is for.
            CompletionStatus = status is null ? null : status == "ok" || beat.Status is HeartbeatStatus.Quiet ? "succeeded" : "failed",
            DeliveryStatus = status is null ? null : "not-requested",
        };
    }
}
