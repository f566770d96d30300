using System.Globalization;
using Hangfire.Common;
using Hangfire.Dashboard.Pages;
using Hangfire.Storage.Monitoring;

namespace Hangfire.Dashboard.Components;

/// <summary>One entry of a job's history.</summary>
internal static class StateCard
{
    public static Html Render(PageContext context, StateHistoryDto state, StateHistoryDto? previous) => Html.Of($"""
        <li class="event">
        <div class="head">
        <h3>{StateBadge.Render(state.StateName)}</h3>
        <span class="muted">{Moment.Relative(context.Now, state.CreatedAt)}{(previous is null ? "" : $", {Moment.Duration(state.CreatedAt - previous.CreatedAt)} later")}</span>
        </div>
        {Html.When(!string.IsNullOrEmpty(state.Reason), () => Html.Of($"<p>{state.Reason}</p>"))}
        {Html.When(state.Data is { Count: > 0 }, () => Html.Of($"<dl>{Html.Join(state.Data, entry => Html.Of($"<div><dt>{entry.Key}</dt><dd>{Value(context, entry.Key, entry.Value)}</dd></div>"))}</dl>"))}
        </li>
        """);

    private static Html Value(PageContext context, string key, string? value) => key switch
    {
        _ when value is null => Html.Of($"""<span class="muted">null</span>"""),
        "ParentId" => JobName.IdLink(context, value),
        "Latency" or "PerformanceDuration" when long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var duration) =>
            Html.Of($"{Moment.Duration(duration)}"),
        "ExceptionDetails" or "Result" or "NextState" => Html.Of($"""<pre tabindex="0" aria-label="{key}">{LongText.Shorten(value)}</pre>"""),
        _ when key.EndsWith("At", StringComparison.Ordinal) && JobHelper.FindDateTime(value) is { } at => Moment.Exact(at),
        _ => Html.Of($"{LongText.Shorten(value)}"),
    };
}
