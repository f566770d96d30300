using OpenClaw.Data.Agents;
using OpenClaw.Data.Schedules;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Schedules;
using OpenClaw.Web.Api.Binding;
using OpenClaw.Web.Api.Schedules;
using OpenClaw.Web.Gateway.Schedules;
using OpenClaw.Web.Mcp.Serving;
using OpenClaw.Web.Security.Keys;
using static OpenClaw.Web.Mcp.Serving.ToolArgument;

namespace OpenClaw.Web.Mcp.Tools;

/// <summary>What agents are sent on schedule; clients of the gateway are told of changes as of their own.</summary>
internal sealed class ScheduleTools(ScheduleService service, ScheduleQueries schedules, ScheduleJobStore scheduleJobs, CronFeed news, AgentQueries agents, AgentNames names) : IToolbox
{
    private const string ScheduleId = "schedule";

    public IEnumerable<Tool> Tools =>
    [
        new Tool("list_schedules", "Lists what agents are sent on schedule, and when next. Heartbeats stand with their agents.", KeyScopes.Read, [Limit, Full], ListAsync),
        new Tool("add_schedule", "Has an agent sent a message on schedule: by one of cron, every and at.", KeyScopes.Write,
            [
                AgentName,
                Text("name", "For people, 1 to 255 characters.").Needed(),
                Text("message", "What the agent is sent.").Needed(),
                Text("cron", "An expression of 5 fields, or 6 with seconds first."),
                Text("time_zone", "Of cron, such as Europe/Berlin; left out, UTC."),
                Text("every", "An interval that divides a minute, an hour or a day, such as 15m or 2h."),
                Text("at", "Once, at a time such as 2030-01-31T08:00:00Z."),
                Flag("enabled", "false: it is kept, and not sent; default true."),
                Flag("delete_after_run", "true: it goes when it was sent once; default true for at, else false."),
            ],
            AddAsync),
        new Tool("delete_schedule", "Deletes a schedule. A person is asked first.", KeyScopes.Write, [Id(ScheduleId, "Its id; list_schedules has them.").Needed(), Confirm], DeleteAsync) { IsDangerous = true },
    ];

    private async Task<ToolAnswer> ListAsync(ToolCall call)
    {
        var rules = new QueryRules();
        var limit = rules.Limit(call.Number("limit"));
        ToolCall.Require(rules.Problem);
        var page = await schedules.ListAsync(limit, call.Caller, call.Cancelled);
        var owners = await agents.FindAsync([.. page.Select(schedule => schedule.AgentId)], call.Caller, call.Cancelled);
        var next = scheduleJobs.NextRuns(page);
        return AnswerText.List(
            call,
            "schedules",
            [.. page.Where(schedule => owners.ContainsKey(schedule.AgentId)).Select(schedule => ScheduleLine.From(schedule, owners[schedule.AgentId], next.TryGetValue(schedule.Id, out var at) ? at : null))],
            page.Count == limit,
            next: null);
    }

    private async Task<ToolAnswer> AddAsync(ToolCall call)
    {
        var timing = Timing(call);
        var agent = await names.FindAsync(call);
        var settings = new ScheduleSettings(
            call.Text("name")!, call.Text("message")!, timing, SessionKey: null, call.Flag("enabled") ?? true, call.Flag("delete_after_run") ?? timing.At is not null);
        var id = (await service.AddAsync(Guid.CreateVersion7(), agent.Id, settings, call.Caller, call.Cancelled)).Match(added => added, refusal => throw ToolRefusedException.Of(ScheduleFields.Flat(refusal)));
        await news.ChangedAsync("added", id, call.Caller, call.Cancelled);
        var schedule = (await schedules.FindAsync(id, call.Caller, call.Cancelled))!;
        return AnswerText.Of(call, ScheduleLine.From(schedule, agent, scheduleJobs.NextRuns([schedule]).TryGetValue(id, out var at) ? at : null));
    }

    private async Task<ToolAnswer> DeleteAsync(ToolCall call)
    {
        var id = call.Id(ScheduleId)!.Value;
        var schedule = await schedules.FindAsync(id, call.Caller, call.Cancelled) ?? throw new ToolRefusedException("schedule_not_found", $"There is no schedule {id}.");
        var agent = await agents.FindAsync(schedule.AgentId, call.Caller, call.Cancelled);
        call.Confirmation.Require(call, $"The schedule \"{schedule.Name}\" ({id}) of the agent \"{agent?.Name}\" is to be deleted: the agent is not sent its message any more, and it cannot be had back.");
        (await service.RemoveAsync(id, call.Caller, call.Cancelled)).OrThrow();
        news.Removed(id.ToString(), call.Caller);
        return AnswerText.Words(call, $"The schedule \"{schedule.Name}\" is deleted.");
    }

    private static ScheduleTiming Timing(ToolCall call) =>
        ScheduleFields.Timing(call.Text("cron"), call.Text("time_zone"), IntervalText.Read(call.Text("every")), call.Instant("at")).Match(timing => timing, refusal => throw ToolRefusedException.Of(refusal));

    private sealed record ScheduleLine(
        Guid Id, string Name, Guid AgentId, string Agent, string Message, string? Cron, string? TimeZone, string? Every, DateTimeOffset? At, bool Enabled, DateTimeOffset? NextRunAt, DateTimeOffset? LastRunAt)
    {
        public static ScheduleLine From(AgentSchedule schedule, Agent agent, DateTimeOffset? next) => new(
            schedule.Id, schedule.Name, schedule.AgentId, agent.Name, schedule.Message, schedule.Schedule.Every is null ? schedule.Schedule.Cron : null, schedule.Schedule.TimeZone,
            schedule.Schedule.Every is { } every ? IntervalText.Write(every) : null, schedule.Schedule.At, schedule.Enabled, next, schedule.LastRunAt);
    }
}
