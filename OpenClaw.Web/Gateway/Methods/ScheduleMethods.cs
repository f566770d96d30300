using OpenClaw.Data.Agents;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Protocol;

namespace OpenClaw.Web.Gateway.Methods;

/// <summary>Heartbeat schedules as the protocol's scheduled jobs, and waking an agent between two beats.</summary>
internal sealed class ScheduleMethods(AgentService service, AgentQueries agents, TargetResolver targets, GatewayRuns runs, RunFeed feed) : IGatewayMethods
{
    private const int MaxAgents = 500;
    private const string IdPrefix = "heartbeat:";

    public IEnumerable<GatewayMethod> All =>
    [
        GatewayMethod.Of("cron.list", Scopes.Read, ListAsync),
        GatewayMethod.Of("cron.status", Scopes.Read, StatusAsync),
        GatewayMethod.Of("cron.get", Scopes.Read, async call => Job(await AgentAsync(call, call.Params("id")))),
        GatewayMethod.Of("cron.update", Scopes.Admin, UpdateAsync),
        GatewayMethod.Of("cron.run", Scopes.Admin, RunAsync),
        GatewayMethod.Of("set-heartbeats", Scopes.Admin, SetAsync),
        GatewayMethod.Of("wake", Scopes.Write, WakeAsync),
    ];

    private async Task<CronList> ListAsync(GatewayCall call)
    {
        call.Params();
        return new CronList([.. (await BeatingAsync(call)).Select(Job)]);
    }

    private async Task<CronStatus> StatusAsync(GatewayCall call)
    {
        call.Params();
        var jobs = (await BeatingAsync(call)).Select(Job).ToList();
        return new CronStatus(jobs.Exists(job => job.Enabled), jobs.Count, jobs.Min(job => job.State.NextRunAtMs));
    }

    private async Task<CronJob> UpdateAsync(GatewayCall call)
    {
        var given = call.Params("id", "patch");
        var agent = await AgentAsync(call, given);
        var patch = new GatewayParams("cron.update", given.Object("patch") ?? throw given.Wrong("must have required property 'patch'"), ["enabled", "schedule"]);
        TimeSpan? every = patch.Object("schedule") is { } schedule
            ? TimeSpan.FromMilliseconds(new GatewayParams("cron.update", schedule, ["kind", "everyMs"]).Number("everyMs", 0, 0, int.MaxValue))
            : null;
        var enabled = patch.Flag("enabled", agent.HeartbeatEnabled);
        await ChangeAsync(call, agent.Id, enabled, every);
        return Job((await agents.FindAsync(agent.Id, call.Caller, call.Cancelled))!);
    }

    private async Task<CronRun> RunAsync(GatewayCall call)
    {
        var agent = await AgentAsync(call, call.Params("id", "mode"));
        var started = (await service.HeartbeatAsync(agent.Id, call.Caller, key: null, call.Cancelled)).OrThrow();
        return new CronRun(true, true, started.WorkflowUuid?.ToString());
    }

    private async Task<HeartbeatsSet> SetAsync(GatewayCall call)
    {
        var given = call.Params("enabled");
        given.Required("enabled");
        var enabled = given.Flag("enabled", fallback: true);
        foreach (var agent in (await BeatingAsync(call)).Where(agent => agent.HeartbeatEnabled != enabled))
            await ChangeAsync(call, agent.Id, enabled, every: null);

        return new HeartbeatsSet(true, enabled);
    }

    // A wake is a turn with the text.
    private async Task<Acknowledgement> WakeAsync(GatewayCall call)
    {
        var given = call.Params("mode", "text", "sessionKey", "agentId");
        var text = given.Filled("text");
        var target = await targets.ResolveAsync(given.OptionalText("agentId"), given.OptionalText("sessionKey"), "wake", call.Caller, call.Cancelled);
        var run = $"{call.Connection.Id}:{call.Id}";
        await runs.AcceptAsync(run, target, text, call.Caller, call.Cancelled);
        feed.Started(run, target);
        return new Acknowledgement(true);
    }

    private async Task ChangeAsync(GatewayCall call, Guid agent, bool enabled, TimeSpan? every)
    {
        var settings = new AgentSettings(null, null, null, enabled, every, null, null, null);
        (await service.UpdateSettingsAsync(agent, settings, call.Caller, call.Cancelled)).OrThrow();
    }

    private async Task<IEnumerable<Agent>> BeatingAsync(GatewayCall call)
    {
        var (page, _) = await agents.ListAsync(status: null, MaxAgents, 0, call.Caller, call.Cancelled);
        return page.Where(agent => agent.Status is not AgentStatus.Stopped);
    }

    private async Task<Agent> AgentAsync(GatewayCall call, GatewayParams given)
    {
        var id = given.Filled("id");
        return id.StartsWith(IdPrefix, StringComparison.Ordinal)
            ? await targets.AgentAsync(id[IdPrefix.Length..], call.Caller, call.Cancelled)
            : throw GatewayException.Invalid($"cron job not found: {id}", "CRON_JOB_NOT_FOUND");
    }

    private static CronJob Job(Agent agent) => new(
        IdPrefix + AgentNames.Of(agent), AgentNames.Of(agent), $"Heartbeat of {agent.Name}", agent.HeartbeatEnabled,
        new CronSchedule((long)agent.HeartbeatInterval.TotalMilliseconds), AgentNames.Main, "now", new CronPayload("heartbeat", agent.HeartbeatChecklist),
        new CronState(agent.NextHeartbeatAt?.ToUnixTimeMilliseconds(), agent.LastHeartbeatAt?.ToUnixTimeMilliseconds()));
}
