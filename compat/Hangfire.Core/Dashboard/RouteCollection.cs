using System.Text.RegularExpressions;

namespace Hangfire.Dashboard;

/// <summary>Path templates are regular expressions over the path below the dashboard's own.</summary>
public class RouteCollection
{
    private readonly List<(Regex Pattern, IDashboardDispatcher Dispatcher)> _routes = [];

    public void Add(string pathTemplate, IDashboardDispatcher dispatcher) =>
        _routes.Add((new Regex($"^(?:{pathTemplate})$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)), dispatcher));

    public Tuple<IDashboardDispatcher, Match>? FindDispatcher(string path)
    {
        var normalized = path.Length > 1 ? path.TrimEnd('/') : path;
        if (normalized.Length == 0) normalized = "/";

        foreach (var (pattern, dispatcher) in _routes)
        {
            if (pattern.Match(normalized) is { Success: true } match) return Tuple.Create(dispatcher, match);
        }
        return null;
    }
}
