using System.Globalization;
using System.Reflection;
using OpenClaw.Data.Conventions;
using OpenClaw.Jobs.ForeignInput;

namespace OpenClaw.Web.Dashboard.Pages;

/// <summary>
/// The filters of a page as its address has them. People type and keep addresses: what cannot be used is told in words, and
/// never dropped, or the page would show what nobody asked for.
/// </summary>
public sealed class PageQuery
{
    /// <summary>Of an hour in an address.</summary>
    public const string HourFormat = "yyyy-MM-ddTHH";

    /// <summary>Of a minute in an address.</summary>
    public const string MinuteFormat = "yyyy-MM-ddTHH:mm";

    private readonly IQueryCollection _given;
    private readonly List<string> _known = [];
    private readonly List<string> _problems = [];

    internal PageQuery(IQueryCollection given) => _given = given;

    /// <summary>What cannot be used, names that the page does not have among it. Whole once all filters are read.</summary>
    public IReadOnlyList<string> Problems =>
    [
        .. _problems,
        .. _given.Keys.Where(name => !_known.Contains(name, StringComparer.OrdinalIgnoreCase))
            .Select(name => $"\"{ForeignText.Quote(name)}\" is not a filter of this page{(_known.Count == 0 ? "" : $", which has {string.Join(", ", _known)}")}."),
    ];

    public static ValueTask<PageQuery?> BindAsync(HttpContext context, ParameterInfo _) => ValueTask.FromResult<PageQuery?>(new(context.Request.Query));

    /// <summary>Null when it is not given, or empty, as forms send it.</summary>
    public string? Text(string name)
    {
        _known.Add(name);
        var values = _given[name];
        if (values.Count > 1)
        {
            Refuse($"{name} is given {values.Count} times, and one is meant.");
            return null;
        }

        var value = values.ToString();
        if (value.Contains('\0'))
        {
            Refuse($"{name} holds a character that no text has.");
            return null;
        }

        return string.IsNullOrWhiteSpace(value) ? null : value.Trim();
    }

    public T? OneOf<T>(string name) where T : struct, Enum
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (EnumText.TryParse<T>(text, out var value))
        {
            return value;
        }

        RefuseValue(name, text, $"not one of {string.Join(", ", Enum.GetValues<T>().Select(EnumText.ToLower))}");
        return null;
    }

    /// <summary>For a filter that may be given more than once; each value once, in its order.</summary>
    public IReadOnlyList<T> AllOf<T>(string name) where T : struct, Enum
    {
        _known.Add(name);
        var chosen = new SortedSet<T>();
        foreach (var text in _given[name].OfType<string>().Where(text => !string.IsNullOrWhiteSpace(text)).Select(text => text.Trim()))
        {
            if (EnumText.TryParse<T>(text, out var value))
            {
                chosen.Add(value);
            }
            else if (text.Contains('\0'))
            {
                Refuse($"{name} holds a character that no text has.");
            }
            else
            {
                RefuseValue(name, text, $"not one of {string.Join(", ", Enum.GetValues<T>().Select(EnumText.ToLower))}");
            }
        }

        return [.. chosen];
    }

    public string? OneOf(string name, IEnumerable<string> allowed)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (allowed.Contains(text))
        {
            return text;
        }

        RefuseValue(name, text, $"not one of {string.Join(", ", allowed)}");
        return null;
    }

    public Guid? Id(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (Guid.TryParse(text, out var id))
        {
            return id;
        }

        RefuseValue(name, text, "not an id");
        return null;
    }

    public long? Number(string name, long least, long most)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        RefuseValue(name, text, string.Create(CultureInfo.InvariantCulture, $"not a whole number from {least} to {most}"));
        return null;
    }

    /// <summary>As 2026-01-31.</summary>
    public DateOnly? Day(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day;
        }

        RefuseValue(name, text, "not a day such as 2026-01-31");
        return null;
    }

    /// <summary>In UTC, as 2026-01-31T12.</summary>
    public DateTimeOffset? Hour(string name) => Moment(name, HourFormat, "not an hour in UTC such as 2026-01-31T12");

    /// <summary>In UTC, as 2026-01-31T12:05.</summary>
    public DateTimeOffset? Minute(string name) => Moment(name, MinuteFormat, "not a minute in UTC such as 2026-01-31T12:05");

    public void Refuse(string problem) => _problems.Add(problem);

    private DateTimeOffset? Moment(string name, string format, string rule)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (DateTimeOffset.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) && moment.Year is > 1970 and < 9999)
        {
            return moment;
        }

        RefuseValue(name, text, rule);
        return null;
    }

    private void RefuseValue(string name, string value, string rule) => Refuse($"{name} is \"{ForeignText.Quote(value)}\", which is {rule}.");
}
