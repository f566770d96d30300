using Hangfire.Dashboard.Dispatchers;
using Hangfire.Dashboard.Pages;

namespace Hangfire.Dashboard.Components;

/// <summary>A button; <see cref="Confirm"/> is the question asked first, where there is script to ask it.</summary>
internal sealed record BulkAction(string Path, string Label, string? Confirm = null);

/// <summary>A list of which the user selects some and presses a button; only the list where the dashboard is read-only.</summary>
internal static class BulkForm
{
    public static Html Render(PageContext context, string? state, IReadOnlyList<BulkAction> actions, Html table) => context.IsReadOnly
        ? table
        : Html.Of($"""
            <form method="post" class="bulk">
            {Fields(context, state, context.Path + context.Paging.Query(context.Paging.Number))}
            <div class="bar">{Html.Join(actions, action => Button(context, action))}<span class="muted" data-selected></span></div>
            {table}
            </form>
            """);

    public static Html Fields(PageContext context, string? state, string returnTo) => Html.Of($"""
        {Html.When(context.Dashboard.AntiforgeryField is not null, () => Html.Of(
            $"""<input type="hidden" name="{context.Dashboard.AntiforgeryField}" value="{context.Dashboard.AntiforgeryToken}">"""))}
        {Html.When(state is not null, () => Html.Of($"""<input type="hidden" name="{CommandDispatcher.StateField}" value="{state}">"""))}
        <input type="hidden" name="{CommandDispatcher.ReturnField}" value="{returnTo}">
        """);

    public static Html Button(PageContext context, BulkAction action) => action.Confirm is { } question
        ? Html.Of($"""<button class="danger" formaction="{context.Url(action.Path)}" data-confirm="{question}">{action.Label}</button>""")
        : Html.Of($"""<button formaction="{context.Url(action.Path)}">{action.Label}</button>""");

    public static Html HeadCell(PageContext context) => Html.When(!context.IsReadOnly, () => Html.Of(
        $"""<td class="check"><input type="checkbox" data-select-all hidden aria-label="Select all on this page"></td>"""));

    public static Html Cell(PageContext context, string id, string label) => Html.When(!context.IsReadOnly, () => Html.Of(
        $"""<td class="check"><input type="checkbox" name="{CommandDispatcher.IdField}" value="{id}" aria-label="Select {label}"></td>"""));
}
