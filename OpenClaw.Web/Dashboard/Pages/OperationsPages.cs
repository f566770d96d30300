using System.Security.Claims;
using OpenClaw.Data.Conventions;
using OpenClaw.Data.Messaging;
using OpenClaw.Jobs.Decisions;
using OpenClaw.Jobs.Messaging;
using OpenClaw.Jobs.Monitoring;
using OpenClaw.Jobs.Orchestration;
using OpenClaw.Web.Hosting;
using OpenClaw.Web.Security;

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
        pages.MapGet(Routes.Health, Health);
        pages.MapGet(Routes.Audit, Audit);
        pages.MapGet(Routes.Settings, (IConfiguration configuration, OpenClawOptions options, DatabaseTopology topology, AuthToken token) =>
            DashboardPage.Of<SettingsPage>(new { Settings = EffectiveSettings.Of(options, topology, configuration, token) }));
    }

    private static async Task<IResult> Messages(string? state, string? before, ClaimsPrincipal user, MessageDirectory messages, CancellationToken cancellationToken)
    {
        MessageState? wanted = state is not null && EnumText.TryParse<MessageState>(state, out var known) ? known : null;
        var found = await messages.ListAsync(wanted, recipient: null, Guid.TryParse(before, out var last) ? last : null, PageSize, user.ToCaller(), cancellationToken);
        var older = found.Count < PageSize
            ? null
            : Links.With(Links.Messages, ("state", wanted is { } chosen ? EnumText.ToLower(chosen) : null), ("before", found[^1].Id.ToString()));
        return DashboardPage.Of<MessagesPage>(new { State = wanted, Messages = found, Older = older });
    }

    private static async Task<IResult> Commands(string? before, ClaimsPrincipal user, CommandLog log, CancellationToken cancellationToken)
    {
        var found = await log.ListAsync(Guid.TryParse(before, out var last) ? last : null, PageSize, user.ToCaller(), cancellationToken);
        var older = found.Count < PageSize ? null : Links.With(Links.Commands, ("before", found[^1].Id.ToString()));
        return DashboardPage.Of<CommandsPage>(new { Commands = found, Older = older });
    }

    private static async Task<IResult> Health(HealthLedger health, OverviewQueries overview, ClaimsPrincipal user, CancellationToken cancellationToken) => DashboardPage.Of<HealthPage>(new
    {
        Checks = await health.ReadAsync(cancellationToken),
        Transitions = await health.TransitionsAsync(ShownTransitions, cancellationToken),
        (await overview.ReadAsync(user.ToCaller().Owner, cancellationToken)).Nodes,
    });

    private static async Task<IResult> Audit(string? subject, long? before, AuditQueries audit, CancellationToken cancellationToken)
    {
        var wanted = string.IsNullOrWhiteSpace(subject) ? null : subject.Trim();
        var entries = await audit.ListAsync(wanted, before, PageSize, cancellationToken);
        var older = entries.Count < PageSize
            ? null
            : Links.With(Links.Audit, ("subject", wanted), ("before", entries[^1].Id.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        return DashboardPage.Of<AuditPage>(new { Subject = wanted, Entries = entries, Older = older });
    }
}
