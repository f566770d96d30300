using OpenClaw.Data.Agents;
using OpenClaw.Data.Schedules;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Requests;
using OpenClaw.Jobs.Schedules;
using OpenClaw.Web.Api.Binding;
using OpenClaw.Web.Api.Schedules;
using OpenClaw.Web.Gateway.Schedules;
using OpenClaw.Web.Mcp.Serving;
using OpenClaw.Web.Security.Keys;
using static OpenClaw.Web.Mcp.Serving.ToolArgument;

namespace OpenClaw.Web.Mcp.Tools;

/// <summary>What agents are sent on schedule; clients of the gateway are told of changes as of their own.</summary>
internal sealed class ScheduleTools(ScheduleService service, ScheduleQueries schedules, ScheduleJobStore scheduleJobs, CronFeed news, AgentQueries agents, AgentNames names, TimeProvider time) : IToolbox
{
    internal static readonly ToolArgument ScheduleId = Id("schedule", "Its id; list_schedules has them.").Needed();

    private static readonly ToolArgument ScheduleName = Text("name", "For people, 1 to 255 characters.");
    private static readonly ToolArgument ScheduleMessage = Text("message", "What the agent is sent.");

    private static readonly ToolArgument[] Timing =
    [
        Text("cron", "An expression of 5 fields, or 6 with seconds first."),
        Text("time_zone", "Of cron, such as Europe/Berlin; left out, UTC."),
        Text("every", "An interval that divides a minute, an hour or a day, such as 15m or 2h."),
        Text("at", "Once, at a time such as 2030-01-31T08:00:00Z."),
        Flag("enabled", "false: it is kept, and not sent; default true."),
        Flag("delete_after_run", "true: it goes when it was sent once; default true for at, else false."),
        Text("overlap", "When it is due while the one before is under way: queue (one waits, the default), skip, or cancel (the one before is ended)."),
        Text("catch_up", "How late it is sent at most, from 1m to 30d; always, the default, however late."),
        Number("catch_up_runs", "Of times that were missed in a row so many are sent, the last ones: 1 (the default) to 10."),
        Number("pause_after", "It is switched off when so many in a row have failed, 1 to 100; 0, the default, never."),
    ];

    public IEnumerable<Tool> Tools =>
    [
        new Tool("list_schedules", "Lists what agents are sent on schedule, and when next. Heartbeats stand with their agents.", KeyScopes.Read, [AgentName with { IsRequired = false }, Limit, Full], ListAsync) { Rest = ["GET /schedules"] },
        new Tool("add_schedule", "Has an agent sent a message on schedule: by one of cron, every and at.", KeyScopes.Write,
            [
                AgentName,
                ScheduleName.Needed(),
                ScheduleMessage.Needed(),
                .. Timing,
                IdempotencyKey,
            ],
            AddAsync) { IsOfAgents = true, Rest = ["POST /agents/{id}/schedules"] },
        new Tool("change_schedule", "Changes a schedule, or switches it off and on. What is left out stays.", KeyScopes.Write, [ScheduleId, ScheduleName, ScheduleMessage, .. Timing], ChangeAsync) { Rest = ["PATCH /schedules/{id}"] },
        new Tool("delete_schedule", "Deletes a schedule. A person is asked first.", KeyScopes.Write, [ScheduleId, Confirm], DeleteAsync) { IsDangerous = true, Rest = ["DELETE /schedules/{id}"] },
    ];

    private async Task<ToolAnswer> ListAsync(ToolCall call)
    {
        var limit = call.Limit();
        var page = await schedules.ListAsync(limit, call.Caller, call.Cancelled, (await names.FindIfNamedAsync(call))?.Id);
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
        var settings = OrThrow(call.Request<ScheduleRequest>(AgentName.Name).ToSettings());
        var agent = await names.FindAsync(call);
        var id = OrThrow(await service.AddAsync(Guid.CreateVersion7(), agent.Id, settings, call.Caller, call.Cancelled, call.Key));
        return await ChangedAsync("added", await FindAsync(id, schedules, call), call);
    }

    private async Task<ToolAnswer> ChangeAsync(ToolCall call)
    {
        var (id, request) = (call.Id(ScheduleId.Name)!.Value, call.Request<ScheduleRequest>(ScheduleId.Name));
        await FindAsync(id, schedules, call);
        OrThrow(await service.UpdateAsync(id, OrThrow(request.ToChange()), call.Caller, call.Cancelled));
        return await ChangedAsync("updated", await FindAsync(id, schedules, call), call);
    }

    private async Task<ToolAnswer> ChangedAsync(string how, AgentSchedule schedule, ToolCall call)
    {
        await news.ChangedAsync(how, schedule.Id, call.Caller, call.Cancelled);
        return AnswerText.Of(call, ScheduleResponse.From(schedule, next: 1, time.GetUtcNow()));
    }

    private async Task<ToolAnswer> DeleteAsync(ToolCall call)
    {
        var id = call.Id(ScheduleId.Name)!.Value;
        var schedule = await FindAsync(id, schedules, call);
        var agent = await agents.FindAsync(schedule.AgentId, call.Caller, call.Cancelled);
        call.Confirmation.Require(call, $"The schedule \"{schedule.Name}\" ({id}) of the agent \"{agent?.Name}\" is to be deleted: the agent is not sent its message any more, and it cannot be had back.");
        (await service.RemoveAsync(id, call.Caller, call.Cancelled)).OrThrow();
        news.Removed(id.ToString(), call.Caller);
        return AnswerText.Words(call, $"The schedule \"{schedule.Name}\" is deleted.");
    }

    /// <exception cref="ToolRefusedException">It is not there, or of somebody else's agent.</exception>
    internal static async Task<AgentSchedule> FindAsync(Guid id, ScheduleQueries schedules, ToolCall call) =>
        await schedules.FindAsync(id, call.Caller, call.Cancelled) ?? throw NotThere(id);

    internal static ToolRefusedException NotThere(Guid id) => new("schedule_not_found", $"There is no schedule {id}.");

    private static T OrThrow<T>(Decision<T> decision) => decision.Match(value => value, refusal => throw ToolRefusedException.Of(ScheduleFields.Flat(refusal)));

    private sealed record ScheduleLine(
        Guid Id, string Name, Guid AgentId, string Agent, string Message, string? Cron, string? TimeZone, string? Every, DateTimeOffset? At, bool Enabled, DateTimeOffset? NextRunAt, DateTimeOffset? LastRunAt)
    {
        public static ScheduleLine From(AgentSchedule schedule, Agent agent, DateTimeOffset? next) => new(
            schedule.Id, schedule.Name, schedule.AgentId, agent.Name, schedule.Message, schedule.Schedule.Every is null ? schedule.Schedule.Cron : null, schedule.Schedule.TimeZone,
            schedule.Schedule.Every is { } every ? IntervalText.Write(every) : null, schedule.Schedule.At, schedule.Enabled, next, schedule.LastRunAt);
    }
}
