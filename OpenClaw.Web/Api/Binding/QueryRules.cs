using System.Globalization;
using OpenClaw.Data.Conventions;
using OpenClaw.Jobs.Requests;

namespace OpenClaw.Web.Api.Binding;

/// <summary>Checks the parameters of a list; all problems are reported at once.</summary>
internal sealed class QueryRules
{
    public const int DefaultLimit = 50;
    public const int MaxLimit = 500;

    private readonly Dictionary<string, string[]> _errors = [];

    /// <summary>Null when all is well.</summary>
    public Refusal.Invalid? Problem => _errors.Count == 0 ? null : new Refusal.Invalid(_errors);

    public int Limit(int? given) => InRange("limit", given ?? DefaultLimit, 1, MaxLimit);

    public int Offset(int? given) => InRange("offset", given ?? 0, 0, int.MaxValue);

    public T? OneOf<T>(string name, string? given) where T : struct, Enum
    {
        if (string.IsNullOrEmpty(given))
        {
            return null;
        }

        if (EnumText.TryParse<T>(given, out var value))
        {
            return value;
        }

        _errors[name] = [$"{name} must be one of {string.Join(", ", Enum.GetValues<T>().Select(EnumText.ToLower))}."];
        return null;
    }

    /// <summary>A day as 2026-01-31; null when it is not given.</summary>
    public DateOnly? Day(string name, string? given)
    {
        if (string.IsNullOrEmpty(given))
        {
            return null;
        }

        if (DateOnly.TryParseExact(given, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day;
        }

        _errors[name] = [$"{name} must be a day such as 2026-01-31."];
        return null;
    }

    public void Refuse(string name, string problem) => _errors[name] = [problem];

    public void Require(string name, object? given)
    {
        if (given is null)
        {
            _errors[name] = [$"{name} is needed here."];
        }
    }

    private int InRange(string name, int value, int least, int most)
    {
        if (value < least || value > most)
        {
            _errors[name] = [most == int.MaxValue ? $"{name} must be {least} or more." : $"{name} must lie between {least} and {most}."];
        }

        return value;
    }
}
