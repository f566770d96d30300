using System.Globalization;
using System.Text.RegularExpressions;
using OpenClaw.Jobs.ForeignInput;
using OpenClaw.Web.Api.Binding;

namespace OpenClaw.Web.Hosting;

/// <summary>Reads settings as text of one kind each, and keeps every problem instead of stopping at the first.</summary>
/// <remarks>A variable that is set to nothing counts as unset, as in a copied <c>.env</c> template.</remarks>
internal sealed partial class SettingsReader(IConfiguration configuration)
{
    private const int MaxShown = 200;

    private static readonly string[] SecretNames = ["KEY", "TOKEN", "SID", "MODEL"];

    private readonly List<string> _problems = [];
    private readonly List<string> _warnings = [];

    public IReadOnlyList<string> Problems => _problems;

    /// <summary>A problem that several settings have together.</summary>
    public void Refuse(string problem) => _problems.Add(problem);

    public string? Text(string name) => configuration[name]?.Trim() is { Length: > 0 } value ? value : null;

    /// <summary>A secret: the variable, or what the file holds that <c>{name}_FILE</c> names, as containers are handed secrets.</summary>
    public string? Secret(string name)
    {
        var (value, file) = (Text(name), $"{name}_FILE");
        if (value is null)
        {
            return File(file, text => text.Trim() is { Length: > 0 } secret ? secret : throw new FormatException("there is nothing."));
        }

        if (Text(file) is not null)
        {
            _problems.Add($"{name} and {file} are both set. Set one of them.");
        }

        return value;
    }

    public string? Secret(string name, string allowed, Func<string, bool> isAllowed)
    {
        var value = Secret(name);
        if (value is not null && !isAllowed(value))
        {
            _problems.Add($"{name} is set, but not to {allowed}.");
        }

        return value;
    }

    public string? Text(string name, string allowed, Func<string, bool> isAllowed) =>
        Text(name) is { } value ? Check(name, value, isAllowed(value) ? value : null, allowed) : null;

    public int Number(string name, int fallback, int least, int most) => Number(name, least, most) ?? fallback;

    public int? Number(string name, int least, int most) => Text(name) is { } value
        ? Check(name, value, int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most ? number : (int?)null, $"a whole number from {least} to {most}")
        : null;

    public TimeSpan Duration(string name, TimeSpan fallback, TimeSpan? most = null)
    {
        if (Text(name) is not { } value)
        {
            return fallback;
        }

        var duration = IntervalText.Read(value) is { } read && read > TimeSpan.Zero && !(read > most) ? read : (TimeSpan?)null;
        return Check(name, value, duration, most is { } limit ? $"a duration of up to {limit.TotalHours:0} h, such as 30s or 5m" : "a duration such as 30s, 1h30m, 7d or P30D") ?? fallback;
    }

    /// <summary>What a file holds; null when none is named, or when it cannot be read, which is a problem.</summary>
    /// <param name="name">The setting with the file's path.</param>
    /// <param name="parse">Throws <see cref="FormatException"/> with what is wrong in it, as a sentence.</param>
    public T? File<T>(string name, Func<string, T> parse) where T : class
    {
        if (Text(name) is not { } path)
        {
            return null;
        }

        try
        {
            return parse(System.IO.File.ReadAllText(path));
        }
        catch (FormatException wrong)
        {
            _problems.Add($"{name}: in {path} {wrong.Message}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            _problems.Add($"{name} is \"{path}\", which cannot be read: {exception.Message}");
        }

        return null;
    }

    public Uri? Url(string name, params string[] schemes)
    {
        if (Text(name) is not { } value)
        {
            return null;
        }

        var url = Uri.TryCreate(value, UriKind.Absolute, out var parsed) && schemes.Contains(parsed.Scheme) && parsed.Host.Length > 0 ? parsed : null;

        return Check(name, value, url, $"a URL that begins with {string.Join(" or ", schemes.Select(scheme => scheme + "://"))}");
    }

    public T? OneOf<T>(string name, IReadOnlyDictionary<string, T> values) where T : struct =>
        Text(name) is { } value
            ? Check(name, value, values.TryGetValue(value, out var chosen) ? chosen : (T?)null, $"one of {string.Join(", ", values.Keys)}")
            : null;

    public IReadOnlyList<string> List(string name, string allowed, Func<string, bool> isAllowed)
    {
        var items = (Text(name) ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (var item in items)
        {
            Check(name, item, isAllowed(item) ? item : null, allowed);
        }

        return items;
    }

    /// <summary>What is said and not acted on, each as a sentence that names its variable.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>An unusable one is a problem, and an address without a connection string.</summary>
    public DatabaseAddress Database(string name, DatabaseAddress? fallback)
    {
        var none = fallback ?? new DatabaseAddress("", DeclaresPooler: false, []);
        if (Secret(name) is not { } value)
        {
            if (fallback is null)
            {
                _problems.Add($"{name} is not set. Allowed: {DatabaseUrl.Shape}. scripts/run starts a database of its own and sets it.");
            }

            return none;
        }

        if (!DatabaseUrl.TryParse(value, out var address, out var problem))
        {
            _problems.Add($"{name}: {problem} Allowed: {DatabaseUrl.Shape}.");
            return none;
        }

        _warnings.AddRange(address.Warnings.Select(warning => $"{name}: {warning}"));
        return address;
    }

    private T? Check<T>(string name, string given, T? value, string allowed)
    {
        if (value is null)
        {
            _problems.Add($"{name} is {(MayBeSecret(name, given) ? "set, but" : $"\"{ForeignText.OneLine(given, MaxShown)}\", which is")} not {allowed}.");
        }

        return value;
    }

    // A URL may carry a password before its @, and a key may have been pasted into the wrong variable:
    // what stands where an address should and is not like one may be any secret.
    private static bool MayBeSecret(string name, string given) =>
        given.Contains('@', StringComparison.Ordinal) || (name.EndsWith("_URL", StringComparison.Ordinal) && !given.Contains("://", StringComparison.Ordinal)) || SecretNames.Any(end => name.EndsWith(end, StringComparison.Ordinal)) || KeyPattern().IsMatch(given);

    // Keys are long words with digits; of what may be set here no word is.
    [GeneratedRegex("(?=[A-Za-z0-9_-]{20})(?=[A-Za-z_-]*[0-9])[A-Za-z0-9_-]+")]
    private static partial Regex KeyPattern();
}
