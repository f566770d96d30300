using System.Globalization;
using OpenClaw.Data.Conventions;
using OpenClaw.Data.Notices;
using OpenClaw.Jobs.Requests;

namespace OpenClaw.Jobs.Notices;

/// <summary>What an owner wants to be told, as people and programs write it.</summary>
/// <param name="Events">Kinds of events; null for all.</param>
/// <param name="QuietFrom">HH:MM; with the next one or not at all.</param>
/// <param name="QuietUntil">HH:MM.</param>
/// <param name="TimeZone">Of the quiet hours, such as Europe/Berlin; UTC when it is null.</param>
/// <param name="DigestAfter">After so many messages within a minute what comes is told as one, 1 to 100; null for the default.</param>
/// <param name="MutedUntil">What happens until then is told afterwards.</param>
public sealed record NoticeRulesDraft(
    IReadOnlyList<string?>? Events, string? QuietFrom, string? QuietUntil, string? TimeZone, int? DigestAfter, DateTimeOffset? MutedUntil)
{
    private const int MostInMinute = 100;

    /// <summary>The rules, or all that is wrong with them, by the field's name in the API.</summary>
    public Decision<NoticeRules> Check(string owner)
    {
        var errors = new Dictionary<string, string[]>();
        if (Events?.Any(what => !EnumText.TryParse<NoticeEvent>(what, out _)) == true)
        {
            errors["events"] = [$"events may hold {string.Join(", ", Enum.GetValues<NoticeEvent>().Select(EnumText.ToLower))}; leave it out for all."];
        }

        if ((QuietFrom is null) != (QuietUntil is null) || (QuietFrom is not null && (Time(QuietFrom) is null || Time(QuietUntil) is null)))
        {
            errors["quiet_from"] = ["quiet_from and quiet_until are times of day as HH:MM, both or none."];
        }

        if (TimeZone is { } zone && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
        {
            errors["time_zone"] = ["time_zone must be a name such as Europe/Berlin."];
        }

        if (DigestAfter is < 1 or > MostInMinute)
        {
            errors["digest_after"] = [$"digest_after must lie between 1 and {MostInMinute}."];
        }

        return errors.Count > 0 ? new Refusal.Invalid(errors) : new NoticeRules
        {
            Owner = owner,
            Events = Events?.OfType<string>().ToArray(),
            QuietFrom = Time(QuietFrom),
            QuietUntil = Time(QuietUntil),
            TimeZone = TimeZone ?? "UTC",
            DigestAfter = DigestAfter ?? NoticeRules.DefaultDigestAfter,
            MutedUntil = MutedUntil?.ToUniversalTime(),
        };
    }

    private static TimeOnly? Time(string? text) => TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
}
