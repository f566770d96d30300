using System.Globalization;
using System.Security.Claims;
using OpenClaw.Data.Messages;
using OpenClaw.Jobs.Commands;
using OpenClaw.Jobs.Messages;
using OpenClaw.Jobs.Monitoring;
using OpenClaw.Jobs.Monitoring.Auditing;
using OpenClaw.Web.Hosting;
using OpenClaw.Web.Security;
using OpenClaw.Web.Security.Keys;

namespace OpenClaw.Web.Dashboard.Pages;

/// <summary>Pages about the service as a whole.</summary>
internal static class OperationsPages
{
    private const int PageSize = 50;
    private const int ShownTransitions = 100;

    public static void MapOperations(this IEndpointRouteBuilder pages)
    {
        pages.MapGet(Routes.Messages, Messages);
        pages.MapGet(Routes.Commands, Commands);
        pages.MapGet(Routes.Health, Health).OfHouseAlone();
        pages.MapGet(Routes.Audit, Audit).RequireScope(KeyScopes.Admin).OfHouseAlone();
        pages.MapGet(Routes.Brakes, () => DashboardPage.Of<BrakesPage>());
        pages.MapGet(Routes.Settings, (IConfiguration configuration, OpenClawOptions options, DatabaseTopology topology, AuthToken token) =>
            DashboardPage.Of<SettingsPage>(new { Settings = EffectiveSettings.Of(options, topology, configuration, token) })).RequireScope(KeyScopes.Admin).OfHouseAlone();
    }

    private static async Task<IResult> Messages(PageQuery query, ClaimsPrincipal user, MessageQueries messages, CancellationToken cancellationToken)
    {
        var (state, before, size) = (query.OneOf<MessageState>("state"), query.Id("before"), PageSizes.Of(query));
        var problems = query.Problems;
        var found = problems.Count == 0
            ? await messages.ListAsync(new MessageSearch(state, Recipient: null, WithNotices: false, before, size), user.ToCaller(), cancellationToken)
            : [];
        var older = found.Count < size ? null : MessagesPage.AddressOf(state, size, found[^1].Id);
        return DashboardPage.Of<MessagesPage>(new { State = state, Messages = found, Size = size, Older = older, Problems = problems }, problems);
    }

    private static async Task<IResult> Commands(PageQuery query, ClaimsPrincipal user, CommandLog log, CancellationToken cancellationToken)
    {
        var before = query.Id("before");
        var problems = query.Problems;
        var found = problems.Count == 0 ? await log.ListAsync(before, PageSize, user.ToCaller(), cancellationToken) : [];
        var older = found.Count < PageSize ? null : Links.With(Links.Commands, ("before", found[^1].Id.ToString()));
        return DashboardPage.Of<CommandsPage>(new { Commands = found, Older = older, Problems = problems }, problems);
    }

    private static async Task<IResult> Health(HealthLedger health, OverviewQueries overview, ClaimsPrincipal user, CancellationToken cancellationToken) => DashboardPage.Of<HealthPage>(new
    {
        Checks = await health.ReadAsync(cancellationToken),
        Transitions = await health.TransitionsAsync(ShownTransitions, cancellationToken),
        (await overview.ReadAsync(user.ToCaller().Owner, cancellationToken)).Nodes,
    });

    private static async Task<IResult> Audit(PageQuery query, AuditQueries audit, CancellationToken cancellationToken)
    {
        var (filter, before) = (new AuditFilter(query.Text("actor"), query.Text("action"), query.Text("subject")), query.Number("before", 1, long.MaxValue));
        var problems = query.Problems;
        var entries = problems.Count == 0 ? await audit.ListAsync(filter, before, PageSize, cancellationToken) : [];
        var older = entries.Count < PageSize
            ? null
            : Links.With(Links.Audit, ("actor", filter.Actor), ("action", filter.Action), ("subject", filter.Subject), ("before", entries[^1].Id.ToString(CultureInfo.InvariantCulture)));
        return DashboardPage.Of<AuditPage>(new { Filter = filter, Entries = entries, Older = older, Problems = problems }, problems);
    }
}
