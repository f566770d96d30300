namespace Hangfire.Dashboard.Components;

internal static class StateBadge
{
    public static Html Render(string state) =>
        Html.Of($"""<span class="state" data-state="{state.ToLowerInvariant()}">{state}</span>""");
}
