using OpenClaw.Data.Schedules;
using OpenClaw.Jobs.Schedules;
using OpenClaw.Web.Api.Binding;

namespace OpenClaw.Web.Api.Schedules;

/// <param name="Id">Names it.</param>
/// <param name="AgentId">Who is sent it.</param>
/// <param name="Name">For people.</param>
/// <param name="Message">What the agent is sent.</param>
/// <param name="Cron">When, as an expression; null for an interval and an instant.</param>
/// <param name="TimeZone">Of cron; null for UTC.</param>
/// <param name="Every">When, as an interval; null for an expression and an instant.</param>
/// <param name="At">When, once.</param>
/// <param name="Enabled">Otherwise it is kept, and not sent.</param>
/// <param name="DeleteAfterRun">It goes when it was sent once.</param>
/// <param name="Overlap">queue, skip or cancel.</param>
/// <param name="CatchUp">How late it is sent at most, or always.</param>
/// <param name="CatchUpRuns">Of times that were missed in a row so many are sent, the last ones.</param>
/// <param name="PauseAfter">It is switched off when so many in a row have failed; 0 for never.</param>
/// <param name="LastRunAt">When it was sent last.</param>
/// <param name="Next">The next ten times; in a list the next one alone.</param>
public sealed record ScheduleResponse(
    Guid Id, Guid AgentId, string Name, string Message, string? Cron, string? TimeZone, string? Every, DateTimeOffset? At, bool Enabled, bool DeleteAfterRun, ScheduleOverlap Overlap, string CatchUp,
    int CatchUpRuns, int PauseAfter, DateTimeOffset? LastRunAt, IReadOnlyList<DateTimeOffset> Next)
{
    internal static ScheduleResponse From(AgentSchedule schedule, int next, DateTimeOffset now) => new(
        schedule.Id, schedule.AgentId, schedule.Name, schedule.Message, schedule.Schedule.Every is null ? schedule.Schedule.Cron : null, schedule.Schedule.TimeZone,
        schedule.Schedule.Every is { } every ? IntervalText.Write(every) : null, schedule.Schedule.At, schedule.Enabled, schedule.DeleteAfterRun, schedule.Overlap,
        schedule.CatchUp is { } late ? IntervalText.Write(late) : ScheduleRequest.Always, schedule.CatchUpRuns ?? 1, schedule.PauseAfter ?? 0, schedule.LastRunAt, [.. ScheduleQueries.Next(schedule, now).Take(next)]);
}

/// <param name="Schedules">Newest first.</param>
public sealed record ScheduleListResponse(IReadOnlyList<ScheduleResponse> Schedules);

/// <param name="Id">Names it.</param>
/// <param name="DueAt">When the agent was to be sent it.</param>
/// <param name="At">When that was seen to.</param>
/// <param name="Outcome">ran, late (sent a minute or more after it was due), skipped (the one before was in its way), missed (nobody was there), or paused (it had failed too often).</param>
/// <param name="Reason">Why it was not sent.</param>
/// <param name="MessageId">What was sent; null when nothing was.</param>
/// <param name="Status">under_way, answered, quiet (the agent had nothing to say) or failed; null when nothing was sent, or it is kept no more.</param>
/// <param name="Reply">What the agent said, or why it failed.</param>
public sealed record ScheduleRunResponse(Guid Id, DateTimeOffset DueAt, DateTimeOffset At, ScheduleOutcome Outcome, string? Reason, Guid? MessageId, string? Status, string? Reply)
{
    internal static ScheduleRunResponse From(DueRun due) =>
        new(due.Run.Id, due.Run.DueAt, due.Run.CreatedAt, due.Run.Outcome, due.Run.Reason, due.Run.MessageId, due.Status, due.Reply?.Content ?? due.Message?.StateReason);
}

/// <param name="Runs">Newest first.</param>
/// <param name="Next">Give it as before for the next page; null on the last one.</param>
public sealed record ScheduleRunListResponse(IReadOnlyList<ScheduleRunResponse> Runs, Guid? Next);

/// <param name="MessageId">The sender's id of the message, by which its run is found; of an earlier one that waits still.</param>
public sealed record ScheduleSentResponse(string MessageId);
