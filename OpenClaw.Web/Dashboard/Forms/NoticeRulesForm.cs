using System.Globalization;
using OpenClaw.Data.Conventions;
using OpenClaw.Data.Notices;
using OpenClaw.Jobs.Notices;
using OpenClaw.Jobs.Requests;

namespace OpenClaw.Web.Dashboard.Forms;

/// <summary>What the owner wants to be told as fields of a form, and what was wrong with them.</summary>
public sealed record NoticeRulesForm
{
    public static readonly IReadOnlyList<string> AllEvents = [.. Enum.GetValues<NoticeEvent>().Select(EnumText.ToLower)];

    public required IReadOnlyCollection<string> Events { get; init; }

    public string QuietFrom { get; init; } = "";

    public string QuietUntil { get; init; } = "";

    public string TimeZone { get; init; } = "";

    public string DigestAfter { get; init; } = "";

    /// <summary>Is changed by buttons of its own.</summary>
    public DateTimeOffset? MutedUntil { get; init; }

    /// <summary>By the field's name in the API.</summary>
    public IReadOnlyDictionary<string, string[]> Errors { get; init; } = new Dictionary<string, string[]>();

    public static NoticeRulesForm From(NoticeRules rules) => new()
    {
        Events = rules.Events ?? AllEvents,
        QuietFrom = rules.QuietFrom?.ToString("HH:mm", CultureInfo.InvariantCulture) ?? "",
        QuietUntil = rules.QuietUntil?.ToString("HH:mm", CultureInfo.InvariantCulture) ?? "",
        TimeZone = rules.TimeZone,
        DigestAfter = rules.DigestAfter.ToString(CultureInfo.InvariantCulture),
        MutedUntil = rules.MutedUntil,
    };

    public static NoticeRulesForm From(IFormCollection fields, NoticeRules known) => new()
    {
        Events = [.. fields["event"].OfType<string>()],
        QuietFrom = fields["quiet_from"].ToString().Trim(),
        QuietUntil = fields["quiet_until"].ToString().Trim(),
        TimeZone = fields["time_zone"].ToString().Trim(),
        DigestAfter = fields["digest_after"].ToString().Trim(),
        MutedUntil = known.MutedUntil,
    };

    public NoticeRulesForm Refused(Refusal refusal) => this with
    {
        Errors = refusal is Refusal.Invalid invalid ? invalid.Errors : new Dictionary<string, string[]> { [""] = [refusal.Detail] },
    };

    // With every kind ticked, those that a later build adds are wanted too.
    public NoticeRulesDraft ToDraft() => new(
        AllEvents.All(Events.Contains) ? null : [.. Events], Given(QuietFrom), Given(QuietUntil), Given(TimeZone), Number(DigestAfter), MutedUntil);

    private static string? Given(string text) => text.Length == 0 ? null : text;

    // What is no number is refused as one that is out of range.
    private static int? Number(string text) =>
        text.Length == 0 ? null : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
