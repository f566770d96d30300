using Hangfire.Common;
using Hangfire.Dashboard.Pages;
using Hangfire.Storage;

namespace Hangfire.Dashboard.Components;

internal sealed record JobRow(string Id, Job? Job, InvocationData? Data, params Html[] Cells);

internal static class JobTable
{
    /// <summary>A page that is one list of jobs: heading, selection, table, pager.</summary>
    public static Page Page(
        PageContext context, string title, long total, string state, string[] columns, IEnumerable<JobRow> jobs, params BulkAction[] actions)
    {
        List<JobRow> rows = [.. jobs];
        return new(title, Html.Of($"""
            <h1>{title}</h1>
            {(rows.Count == 0 ? Empty : BulkForm.Render(context, state, actions, Table(context, title, columns, rows, selectable: true)))}
            {Pager.Render(context, total)}
            """));
    }

    public static Html Table(PageContext context, string caption, string[] columns, IReadOnlyList<JobRow> rows, bool selectable = false) => Html.Of($"""
        <div class="scroll">
        <table>
        <caption class="hidden">{caption}</caption>
        <thead><tr>
        {Html.When(selectable, () => BulkForm.HeadCell(context))}
        <th scope="col">Id</th><th scope="col">Job</th>
        {Html.Join(columns, column => Html.Of($"""<th scope="col">{column}</th>"""))}
        </tr></thead>
        <tbody>
        {Html.Join(rows, row => Html.Of($"""
            <tr>
            {Html.When(selectable, () => BulkForm.Cell(context, row.Id, $"job {row.Id}"))}
            <td class="id">{JobName.IdLink(context, row.Id)}</td>
            <td class="name">{JobName.Link(context, row.Id, row.Job, row.Data)}</td>
            {Html.Join(row.Cells.Zip(columns), cell => Html.Of($"""<td data-label="{cell.Second}">{cell.First}</td>"""))}
            </tr>
            """))}
        </tbody>
        </table>
        </div>
        """);

    public static Html Empty => Html.Of($"""<p class="empty">There are none.</p>""");
}
