namespace Hangfire.Dashboard.Components;

internal static class StateDataExtensions
{
    public static string? Find(this IDictionary<string, string>? data, string key) =>
        data is not null && data.TryGetValue(key, out var value) ? value : null;
}
