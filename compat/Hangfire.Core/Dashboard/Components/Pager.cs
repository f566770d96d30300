using System.Globalization;
using Hangfire.Dashboard.Pages;

namespace Hangfire.Dashboard.Components;

internal static class Pager
{
    private const int Around = 2;

    public static Html Render(PageContext context, long total)
    {
        var paging = context.Paging;
        var last = (int)Math.Min((Math.Max(total, 1) - 1) / paging.Count, int.MaxValue / paging.Count - 1);

        return Html.Of($"""
            <div class="pager">
            {Html.When(last > 0 || paging.From > 0, () => Numbers(context, paging, last))}
            {Html.When(total > Paging.Choices[0], () => Sizes(context, paging))}
            </div>
            """);
    }

    private static Html Numbers(PageContext context, Paging paging, int last)
    {
        var current = paging.Number;
        var shown = Enumerable.Range(current - Around, 2 * Around + 1).Append(0).Append(last)
            .Where(page => page >= 0 && page <= last).Distinct().Order().ToList();

        return Html.Of($"""
            <nav aria-label="Pages"><ul>
            {Html.When(current > 0, () => Link(context, Math.Min(current - 1, last), "Previous", "Previous page"))}
            {Html.Join(shown.Select((page, at) => Html.Of($"{Gap(at > 0 && shown[at - 1] < page - 1)}{Number(context, page, current)}")))}
            {Html.When(current < last, () => Link(context, current + 1, "Next", "Next page"))}
            </ul></nav>
            """);
    }

    private static Html Number(PageContext context, int page, int current) => page == current
        ? Html.Of($"""<li><a href="{Address(context, page)}" aria-current="page" aria-label="Page {page + 1}">{page + 1:N0}</a></li>""")
        : Link(context, page, (page + 1).ToString("N0", CultureInfo.InvariantCulture), $"Page {page + 1}");

    private static Html Gap(bool shown) => Html.When(shown, () => Html.Of($"""<li class="muted" aria-hidden="true">…</li>"""));

    private static Html Sizes(PageContext context, Paging paging) => Html.Of($"""
        <nav aria-label="Rows per page"><ul>
        <li class="muted" aria-hidden="true">Rows</li>
        {Html.Join(Paging.Choices, count => count == paging.Count
            ? Html.Of($"""<li><a href="{context.Url(context.Path)}?count={count}" aria-current="true" aria-label="{count} rows">{count}</a></li>""")
            : Html.Of($"""<li><a href="{context.Url(context.Path)}?count={count}" aria-label="{count} rows">{count}</a></li>"""))}
        </ul></nav>
        """);

    private static Html Link(PageContext context, int page, string text, string label) =>
        Html.Of($"""<li><a href="{Address(context, page)}" aria-label="{label}">{text}</a></li>""");

    private static string Address(PageContext context, int page) => context.Url(context.Path) + context.Paging.Query(page);
}
