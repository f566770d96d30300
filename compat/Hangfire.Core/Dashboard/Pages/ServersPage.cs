using Hangfire.Dashboard.Components;
using Hangfire.Storage.Monitoring;

namespace Hangfire.Dashboard.Pages;

internal static class ServersPage
{
    public static Page Render(PageContext context)
    {
        var servers = context.Monitor.Servers();
        return new("Servers", Html.Of($"""
            <h1>Servers</h1>
            {(servers.Count == 0 ? Html.Of($"""<p class="empty">No server is running: nothing will be processed.</p>""") : Table(context, servers))}
            """));
    }

    private static Html Table(PageContext context, IList<ServerDto> servers) => Html.Of($"""
        <div class="scroll" tabindex="0" role="region" aria-label="Servers">
        <table>
        <caption class="hidden">Servers</caption>
        <thead><tr><th scope="col">Name</th><th scope="col" class="number">Workers</th><th scope="col">Queues</th><th scope="col">Started</th><th scope="col">Heartbeat</th></tr></thead>
        <tbody>
        {Html.Join(servers, server => Html.Of($"""
            <tr>
            <th scope="row" class="server">{server.Name} {Html.When(IsSilent(context, server), () => Html.Of($"""<span class="tag warn">Possibly aborted</span>"""))}</th>
            <td class="number" data-label="Workers">{server.WorkersCount}</td>
            <td data-label="Queues">{string.Join(", ", server.Queues)}</td>
            <td data-label="Started">{Moment.Relative(context.Now, server.StartedAt)}</td>
            <td data-label="Heartbeat">{Moment.Relative(context.Now, server.Heartbeat)}</td>
            </tr>
            """))}
        </tbody>
        </table>
        </div>
        """);

    private static bool IsSilent(PageContext context, ServerDto server) =>
        server.Heartbeat is not { } heartbeat || context.Now - heartbeat > context.Options.ServerPossiblyAbortedThreshold;
}
