using System.Globalization;

namespace OpenClaw.Web.Api.Problems;

/// <summary>What the text of a route or query parameter must be, by its type.</summary>
internal static class ParameterTexts
{
    /// <summary>What is allowed, when <paramref name="given"/> is not.</summary>
    public static string? Problem(Type type, string given) => type switch
    {
        _ when type == typeof(Guid) && !Guid.TryParse(given, out _) => "a UUID such as 0190d1c6-7a5b-7c3d-8e4f-5a6b7c8d9e0f",
        _ when type == typeof(int) && !int.TryParse(given, NumberStyles.Integer, CultureInfo.InvariantCulture, out _) => "a whole number",
        _ when type == typeof(long) && !long.TryParse(given, NumberStyles.Integer, CultureInfo.InvariantCulture, out _) => "a whole number",
        _ when type == typeof(bool) && !bool.TryParse(given, out _) => "true or false",
        _ when type == typeof(DateTimeOffset) && !DateTimeOffset.TryParse(given, CultureInfo.InvariantCulture, DateTimeStyles.None, out _) => "a time such as 2026-01-31T12:00:00Z",
        _ => null,
    };
}
