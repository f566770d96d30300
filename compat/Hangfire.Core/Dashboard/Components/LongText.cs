namespace Hangfire.Dashboard.Components;

internal static class LongText
{
    private const int Limit = 16_384;

    /// <summary>A result of many megabytes must not make the page as large.</summary>
    public static string Shorten(string text) => text.Length <= Limit
        ? text
        : $"{text.AsSpan(0, Limit)} … ({text.Length - Limit:N0} characters more)";

    public static string FirstLine(string? text)
    {
        var line = text.AsSpan().TrimStart();
        var end = line.IndexOfAny('\r', '\n');
        if (end >= 0) line = line[..end];
        return line.Length <= 200 ? line.ToString() : $"{line[..200]}…";
    }
}
