using System.Text.Json.Serialization;
using OpenClaw.Data.Conventions;
using OpenClaw.Data.Schedules;
using OpenClaw.Jobs.Requests;
using OpenClaw.Jobs.Schedules;
using OpenClaw.Web.Api.Binding;

namespace OpenClaw.Web.Api.Schedules;

/// <summary>What an agent is sent on schedule. What a change does not name stays as it is.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ScheduleRequest
{
    internal const string Always = "always";

    /// <summary>For people, 1 to 255 characters.</summary>
    public string? Name { get; init; }

    /// <summary>What the agent is sent.</summary>
    public string? Message { get; init; }

    /// <summary>An expression of 5 fields, or 6 with seconds first. One of cron, every and at says when.</summary>
    public string? Cron { get; init; }

    /// <summary>Of cron, such as Europe/Berlin; absent, UTC.</summary>
    public string? TimeZone { get; init; }

    /// <summary>An interval that divides a minute, an hour or a day, such as 15m or 2h.</summary>
    public string? Every { get; init; }

    /// <summary>Once, then.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>false: it is kept, and not sent; default true.</summary>
    public bool? Enabled { get; init; }

    /// <summary>true: it goes when it was sent once; default true for at, else false.</summary>
    public bool? DeleteAfterRun { get; init; }

    /// <summary>When it is due while the one before is under way: queue (one waits, the default), skip, or cancel (the one before is ended).</summary>
    public string? Overlap { get; init; }

    /// <summary>How late it is sent at most, from 1m to 30d; always, the default, however late.</summary>
    public string? CatchUp { get; init; }

    /// <summary>Of times that were missed in a row so many are sent, the last ones, in order: 1 (the default) to 10.</summary>
    public int? CatchUpRuns { get; init; }

    /// <summary>It is switched off when so many in a row have failed, 1 to 100; 0, the default, never.</summary>
    public int? PauseAfter { get; init; }

    /// <summary>A new one.</summary>
    internal Decision<ScheduleSettings> ToSettings() => ScheduleFields.Timing(Cron, TimeZone, IntervalText.Read(Every), At).Match<Decision<ScheduleSettings>>(
        timing => Apply(new ScheduleSettings(Name ?? "", Message ?? "", timing, SessionKey: null, Enabled ?? true, DeleteAfterRun ?? timing.At is not null)),
        refusal => refusal);

    /// <summary>The change; null timing leaves it as it is.</summary>
    internal Decision<Func<ScheduleSettings, ScheduleSettings>> ToChange()
    {
        ScheduleTiming? timing = null;
        if ((Cron ?? TimeZone ?? Every) is not null || At is not null)
        {
            var read = ScheduleFields.Timing(Cron, TimeZone, IntervalText.Read(Every), At);
            if (read is Decision<ScheduleTiming>.Refused refused)
            {
                return refused.Refusal;
            }

            timing = ((Decision<ScheduleTiming>.Accepted)read).Value;
        }

        return WhyNot is { } wrong ? wrong : (Func<ScheduleSettings, ScheduleSettings>)(current => With(current with
        {
            Name = Name ?? current.Name,
            Message = Message ?? current.Message,
            Schedule = timing ?? current.Schedule,
            Enabled = Enabled ?? current.Enabled,
            DeleteAfterRun = DeleteAfterRun ?? current.DeleteAfterRun,
        }));
    }

    private Refusal.Invalid? WhyNot => Overlap is null || EnumText.TryParse<ScheduleOverlap>(Overlap, out _) ? null : Refusal.Invalid.Of("overlap", "overlap must be queue, skip or cancel.");

    private Decision<ScheduleSettings> Apply(ScheduleSettings settings) => WhyNot is { } wrong ? wrong : With(settings);

    private ScheduleSettings With(ScheduleSettings settings) => settings with
    {
        Overlap = Overlap is null ? settings.Overlap : EnumText.Parse<ScheduleOverlap>(Overlap),
        CatchUp = CatchUp switch
        {
            null => settings.CatchUp,
            Always => null,
            _ => IntervalText.Read(CatchUp),
        },
        CatchUpRuns = CatchUpRuns ?? settings.CatchUpRuns,
        PauseAfter = PauseAfter switch
        {
            null => settings.PauseAfter,
            0 => null,
            _ => PauseAfter,
        },
    };
}
