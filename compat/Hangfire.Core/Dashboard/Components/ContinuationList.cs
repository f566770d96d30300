using System.Text.Json;
using Hangfire.Dashboard.Pages;

namespace Hangfire.Dashboard.Components;

/// <summary>The jobs that wait for this one, or have been released by it.</summary>
internal static class ContinuationList
{
    private const int Shown = 20;

    private sealed record Continuation(string? JobId);

    public static Html Render(PageContext context, IDictionary<string, string> parameters)
    {
        var ids = Parse(parameters.Find("Continuations"));
        if (ids.Count == 0) return Html.Empty;

        using var connection = context.Storage.GetConnection();
        var rows = ids.Take(Shown).Select(id => (Id: id, Job: connection.GetJobData(id))).ToList();
        return Html.Of($"""
            <h2>Continuations</h2>
            {JobTable.Table(context, "Continuations", ["State"], [.. rows.Select(row => new JobRow(
                row.Id, row.Job?.Job, row.Job?.InvocationData, StateBadge.Render(row.Job?.State ?? "Expired")))])}
            {Html.When(ids.Count > Shown, () => Html.Of($"""<p class="muted">and {ids.Count - Shown:N0} more</p>"""))}
            """);
    }

    private static List<string> Parse(string? json)
    {
        try
        {
            return json is null ? [] : [.. (JsonSerializer.Deserialize<Continuation[]>(json) ?? []).Select(entry => entry.JobId).OfType<string>()];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
