using System.Globalization;

namespace Hangfire.Dashboard.Pages;

/// <summary>Which slice of a list a page shows; part of its address.</summary>
internal sealed record Paging(int From, int Count)
{
    public const int MaxCount = 500;

    public static IReadOnlyList<int> Choices { get; } = [10, 20, 50, 100];

    public int Number => From / Count;

    public string Query(int page) =>
        string.Create(CultureInfo.InvariantCulture, $"?from={(long)page * Count}&count={Count}");
}
