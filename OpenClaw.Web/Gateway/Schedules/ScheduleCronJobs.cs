using System.Globalization;
using OpenClaw.Data.Agents;
using OpenClaw.Data.Messages;
using OpenClaw.Data.Schedules;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Channels.WhatsApp;
using OpenClaw.Jobs.Messages;
using OpenClaw.Jobs.Protocol;
using OpenClaw.Jobs.Requests;
using OpenClaw.Jobs.Schedules;
using OpenClaw.Web.Gateway.Methods;

namespace OpenClaw.Web.Gateway.Schedules;

/// <summary>Prompts as scheduled jobs; their ids are uuids.</summary>
internal sealed class ScheduleCronJobs(ScheduleService service, ScheduleQueries prompts, ScheduleJobStore scheduleJobs, ScheduleReader reader, AgentQueries agents)
{
    private const int MaxList = 500;

    public async Task<IEnumerable<CronJob>> ListAsync(GatewayCall call) =>
        await JobsAsync(await prompts.ListAsync(MaxList, call.Caller, call.Cancelled), call.Caller, call.Cancelled);

    public Task<CronJob> GetAsync(GatewayCall call, string id) => GetAsync(Parse(id), call.Caller, call.Cancelled);

    public async Task<CronJob> GetAsync(Guid id, Caller caller, CancellationToken cancellationToken)
    {
        var prompt = await prompts.FindAsync(id, caller, cancellationToken) ?? throw Unknown(id.ToString());
        return (await JobsAsync([prompt], caller, cancellationToken)).SingleOrDefault() ?? throw Unknown(id.ToString());
    }

    public async Task<CronJob> AddAsync(GatewayCall call)
    {
        var id = Guid.CreateVersion7();
        var (agent, settings) = await reader.NewAsync(call, id);
        (await service.AddAsync(id, agent.Id, settings, call.Caller, call.Cancelled)).OrThrow();
        return await GetAsync(call, id.ToString());
    }

    public async Task<CronJob> UpdateAsync(GatewayCall call, string id, GatewayParams given)
    {
        var prompt = await prompts.FindAsync(Parse(id), call.Caller, call.Cancelled) ?? throw Unknown(id);
        var agent = await agents.FindAsync(prompt.AgentId, call.Caller, call.Cancelled) ?? throw Unknown(id);
        var change = await reader.ChangeAsync(call, given, prompt.Id, agent);
        (await service.UpdateAsync(prompt.Id, change, call.Caller, call.Cancelled)).OrThrow();
        return await GetAsync(call, id);
    }

    public async Task<CronRemoved> RemoveAsync(GatewayCall call, string id) =>
        new(true, await service.RemoveAsync(Parse(id), call.Caller, call.Cancelled) is Decision<Guid>.Accepted);

    public async Task<CronRun> RunAsync(GatewayCall call, string id) =>
        new(true, true, (await service.RunAsync(Parse(id), call.Caller, call.Cancelled)).OrThrow());

    public async Task<CronRuns> RunsAsync(GatewayCall call, string id, string? run, int limit, int offset)
    {
        var (runs, total) = await prompts.RunsAsync(Parse(id), run, limit, offset, call.Caller, call.Cancelled);
        return new CronRuns([.. runs.Select(run => Entry(id, run))], total, offset, limit, offset + runs.Count < total);
    }

    /// <summary>What is kept beside the prompt.</summary>
    public async Task<CronScratch> NotesAsync(GatewayCall call, string id)
    {
        var prompt = await prompts.FindAsync(Parse(id), call.Caller, call.Cancelled) ?? throw Unknown(id);
        var revision = prompt.NotesRevision ?? 0;
        return new CronScratch(prompt.Notes is { } notes ? new CronNotes(notes, revision, prompt.NotesAt!.Value.ToUnixTimeMilliseconds()) : null, revision, ScheduleService.MaxNotes);
    }

    /// <summary>Replaces it.</summary>
    public async Task<CronScratch> ReplaceNotesAsync(GatewayCall call, string id, string? notes, int? expected)
    {
        var change = (await service.ReplaceNotesAsync(Parse(id), notes, expected, call.Caller, call.Cancelled)).OrThrow();
        return change.IsDone
            ? await NotesAsync(call, id) with { Ok = true }
            : new CronScratch(null, change.Revision, ScheduleService.MaxNotes) { Ok = false, Reason = "revision-conflict" };
    }

    private async Task<IEnumerable<CronJob>> JobsAsync(IReadOnlyCollection<AgentSchedule> some, Caller caller, CancellationToken cancellationToken)
    {
        var owners = await agents.FindAsync([.. some.Select(prompt => prompt.AgentId)], caller, cancellationToken);
        var next = scheduleJobs.NextRuns(some);
        return some.Where(prompt => owners.ContainsKey(prompt.AgentId))
            .Select(prompt => Job(prompt, owners[prompt.AgentId], next.TryGetValue(prompt.Id, out var at) ? at : null));
    }

    private static CronJob Job(AgentSchedule prompt, Agent agent, DateTimeOffset? next) => new(
        prompt.Id.ToString(), AgentLookup.Of(agent), prompt.Name, prompt.Enabled, Schedule(prompt.Schedule), ScheduleReader.TargetOf(prompt, agent), "now",
        new CronPayload("agentTurn", Message: prompt.Message, Thinking: prompt.Thinking), new CronState(next?.ToUnixTimeMilliseconds(), prompt.LastRunAt?.ToUnixTimeMilliseconds()))
    {
        DisplayName = prompt.DisplayName,
        Description = prompt.Description,
        Delivery = prompt.DeliverTo is { } to ? new CronDelivery("announce", Addresses.ChannelOf(to), PhoneNumbers.Parse(to)) : new CronDelivery("none"),
        SessionKey = prompt.SessionKey ?? AgentLookup.MainSession(agent),
        DeleteAfterRun = prompt.DeleteAfterRun,
        CreatedAtMs = prompt.CreatedAt.ToUnixTimeMilliseconds(),
        UpdatedAtMs = prompt.UpdatedAt.ToUnixTimeMilliseconds(),
    };

    private static CronSchedule Schedule(ScheduleTiming schedule) => schedule switch
    {
        { At: { } at } => new CronSchedule("at", At: at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)),
        { Every: { } every } => new CronSchedule("every", (long)every.TotalMilliseconds),
        _ => new CronSchedule("cron", Expr: schedule.Cron, Tz: schedule.TimeZone),
    };

    private static CronRunEntry Entry(string id, PromptRun run)
    {
        var message = run.Message;
        var status = message.State switch
        {
            MessageState.Delivered => "ok",
            MessageState.Dead => "error",
            _ => null,
        };
        var (delivery, undelivered) = DeliveryOf(run);
        return new CronRunEntry(
            (message.DeliveredAt ?? message.CreatedAt).ToUnixTimeMilliseconds(), id, status is null ? "started" : "finished", status,
            status == "error" ? message.StateReason : null, run.Reply?.Content ?? message.StateReason, message.MessageId,
            message.CreatedAt.ToUnixTimeMilliseconds(), (long?)(message.DeliveredAt - message.CreatedAt)?.TotalMilliseconds, message.SessionKey)
        {
            CompletionStatus = (status, delivery) switch
            {
                (null, _) => null,
                ("error", _) or (_, "not-delivered") => "failed",
                (_, "unknown") => "unknown",
                _ => "succeeded",
            },
            DeliveryStatus = status is null ? null : delivery,
            DeliveryError = undelivered,
        };
    }

    private static (string Status, string? Error) DeliveryOf(PromptRun run) => run.Reply switch
    {
        { } reply when Addresses.ChannelOf(reply.Recipient) is null => ("not-requested", null),
        { State: MessageState.Delivered } => ("delivered", null),
        { State: MessageState.Dead } dead => ("not-delivered", dead.StateReason),
        { } reply => ("unknown", reply.StateReason),
        null => ("not-requested", null),
    };

    private static Guid Parse(string id) => Guid.TryParse(id, out var uuid) ? uuid : throw Unknown(id);

    private static GatewayException Unknown(string id) => GatewayException.Invalid($"cron job not found: {id}", "CRON_JOB_NOT_FOUND");
}
