using System.Security.Cryptography;
using System.Text;
using OpenClaw.Jobs.Messages;
using OpenClaw.Jobs.Protocol;
using OpenClaw.Jobs.Schedules;
using OpenClaw.Web.Gateway.Connections;
using OpenClaw.Web.Gateway.Runs;
using OpenClaw.Web.Gateway.Schedules;

namespace OpenClaw.Web.Gateway.Methods;

/// <summary>What happens on schedule, heartbeats and prompts, and waking an agent between two beats.</summary>
internal sealed class ScheduleMethods(BeatJobs beats, ScheduleCronJobs prompts, TargetResolver targets, RunFeed feed, CronFeed news) : IGatewayMethods
{
    private const int DefaultRuns = 50;
    private const int MaxPage = 200;

    public IEnumerable<GatewayMethod> All =>
    [
        GatewayMethod.Of("cron.list", Scopes.Read, ListAsync),
        GatewayMethod.Of("cron.status", Scopes.Read, StatusAsync),
        GatewayMethod.Of("cron.get", Scopes.Read, GetAsync),
        GatewayMethod.Of("cron.runs", Scopes.Read, RunsAsync),
        GatewayMethod.Of("cron.add", Scopes.Admin, async call => news.Changed("added", await prompts.AddAsync(call), call.Caller)),
        GatewayMethod.Of("cron.update", Scopes.Admin, UpdateAsync),
        GatewayMethod.Of("cron.remove", Scopes.Admin, RemoveAsync),
        GatewayMethod.Of("cron.run", Scopes.Admin, RunAsync),
        GatewayMethod.Of("cron.scratch.get", Scopes.Admin, NotesAsync),
        GatewayMethod.Of("cron.scratch.set", Scopes.Admin, ReplaceNotesAsync),
        GatewayMethod.Of("set-heartbeats", Scopes.Admin, SetAsync),
        GatewayMethod.Of("wake", Scopes.Write, WakeAsync),
    ];

    private async Task<List<CronJob>> AllAsync(GatewayCall call) => [.. await prompts.ListAsync(call), .. await beats.ListAsync(call)];

    private async Task<CronList> ListAsync(GatewayCall call)
    {
        var given = call.Params();
        var (limit, offset) = (given.Number("limit", MaxPage, 1, MaxPage), given.Number("offset", 0, 0, int.MaxValue));
        var enabled = given.OptionalText("enabled") ?? (given.Flag("includeDisabled", true) ? "all" : "enabled");
        var agent = given.OptionalText("agentId");
        var jobs = (await AllAsync(call)).FindAll(job =>
            (agent is null || job.AgentId == agent) && enabled switch { "enabled" => job.Enabled, "disabled" => !job.Enabled, _ => true });
        var page = jobs.Skip(offset).Take(limit).ToList();
        var next = offset + page.Count;
        return new CronList(page, Revision(jobs), jobs.Count, offset, limit, next < jobs.Count, next < jobs.Count ? next : null);
    }

    private static string Revision(List<CronJob> jobs) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', jobs.Select(job => $"{job.Id} {job.Enabled} {job.UpdatedAtMs}")))));

    private async Task<CronStatus> StatusAsync(GatewayCall call)
    {
        call.Params();
        var jobs = await AllAsync(call);
        return new CronStatus(jobs.Exists(job => job.Enabled), jobs.Count, jobs.Min(job => job.State.NextRunAtMs));
    }

    private Task<CronJob> GetAsync(GatewayCall call)
    {
        var id = Id(call.Params("id", "jobId"));
        return BeatJobs.Has(id) ? beats.GetAsync(call, id) : prompts.GetAsync(call, id);
    }

    private Task<CronRuns> RunsAsync(GatewayCall call)
    {
        var given = call.Params();
        var (id, limit, offset) = (Id(given), given.Number("limit", DefaultRuns, 1, MaxPage), given.Number("offset", 0, 0, int.MaxValue));
        var run = given.OptionalText("runId");
        return BeatJobs.Has(id) ? beats.RunsAsync(call, id, run, limit, offset) : prompts.RunsAsync(call, id, run, limit, offset);
    }

    private async Task<CronJob> UpdateAsync(GatewayCall call)
    {
        var given = call.Params("id", "jobId", "patch");
        var id = Id(given);
        return news.Changed("updated", BeatJobs.Has(id) ? await beats.UpdateAsync(call, id, given) : await prompts.UpdateAsync(call, id, given), call.Caller);
    }

    private async Task<CronRemoved> RemoveAsync(GatewayCall call)
    {
        var id = Id(call.Params("id", "jobId"));
        if (BeatJobs.Has(id))
        {
            throw GatewayException.Invalid("A heartbeat belongs to its agent: switch it off instead.");
        }

        var removed = await prompts.RemoveAsync(call, id);
        if (removed.Removed)
        {
            news.Removed(id, call.Caller);
        }

        return removed;
    }

    private Task<CronRun> RunAsync(GatewayCall call)
    {
        var id = Id(call.Params("id", "jobId", "mode"));
        return BeatJobs.Has(id) ? beats.RunAsync(call, id) : prompts.RunAsync(call, id);
    }

    private Task<CronScratch> NotesAsync(GatewayCall call)
    {
        var id = Id(call.Params("id", "jobId"));
        return BeatJobs.Has(id) ? beats.ChecklistAsync(call, id) : prompts.NotesAsync(call, id);
    }

    private Task<CronScratch> ReplaceNotesAsync(GatewayCall call)
    {
        var given = call.Params("id", "jobId", "content", "expectedRevision");
        var (id, expected) = (Id(given), given.Has("expectedRevision") ? given.Number("expectedRevision", 0, 0, int.MaxValue) : (int?)null);
        given.Required("content");
        var content = given.IsNull("content") ? null : given.OptionalText("content", ScheduleService.MaxNotes);
        return BeatJobs.Has(id)
            ? throw GatewayException.Invalid("What is kept beside a heartbeat is its agent's checklist: change it in the agent's settings.")
            : prompts.ReplaceNotesAsync(call, id, content, expected);
    }

    // Clients of the protocol write either.
    private static string Id(GatewayParams given) => given.Filled(given.Has("jobId") && !given.Has("id") ? "jobId" : "id");

    private async Task<HeartbeatsSet> SetAsync(GatewayCall call)
    {
        var given = call.Params("enabled");
        given.Required("enabled");
        var enabled = given.Flag("enabled", fallback: true);
        await beats.SetAllAsync(call, enabled);
        return new HeartbeatsSet(true, enabled);
    }

    // A wake is a turn with the text.
    private async Task<Acknowledgement> WakeAsync(GatewayCall call)
    {
        var given = call.Params("mode", "text", "sessionKey", "agentId");
        var text = given.Filled("text", MessageRules.MaxContentLength);
        var target = await targets.ResolveAsync(given.OptionalText("agentId"), given.OptionalText("sessionKey"), call);
        var run = $"{call.Connection.Id}:{call.Id}";
        await feed.BeginAsync(run, target, new RunInput(text), call.Caller, call.Cancelled);
        return new Acknowledgement(true);
    }
}
