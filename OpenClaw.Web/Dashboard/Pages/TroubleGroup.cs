using System.Text.RegularExpressions;
using OpenClaw.Data.Agents;
using OpenClaw.Jobs.Agents;

namespace OpenClaw.Web.Dashboard.Pages;

/// <summary>What has one cause, and so one action.</summary>
/// <param name="Id">Of the last that it befell.</param>
/// <param name="Items">Those that it befell, last first.</param>
public sealed record TroubleGroup<T>(string Id, IReadOnlyList<T> Items)
{
    public T First => Items[0];
}

/// <summary>Tells causes apart by what was said of them, without the names and ids that differ.</summary>
public static partial class TroubleGroups
{
    public static IReadOnlyList<TroubleGroup<AgentSummary>> Of(IEnumerable<AgentSummary> agents) => Group(
        agents, agent => agent.Id,
        agent => agent is { Status: AgentStatus.Failed, ErrorMessage: { } error } ? Cause(error, agent.Name) : null);

    public static IReadOnlyList<TroubleGroup<WorkflowLine>> Of(IEnumerable<WorkflowLine> lines) => Group(
        lines, line => line.Workflow.WorkflowUuid,
        line => line.Error is { } error ? $"{line.Workflow.Name} {error.Step} {Cause(error.Message, line.AgentName)}" : null);

    /// <summary>Without the name, ids and counts.</summary>
    public static string Cause(string error, string? name) =>
        Differing().Replace(string.IsNullOrEmpty(name) ? error : error.Replace(name, "…", StringComparison.Ordinal), "…");

    // What has no cause to compare stands for itself.
    private static List<TroubleGroup<T>> Group<T>(IEnumerable<T> items, Func<T, Guid> id, Func<T, string?> cause) =>
        [.. items.GroupBy(item => cause(item) ?? id(item).ToString()).Select(group => new TroubleGroup<T>(id(group.First()).ToString(), [.. group]))];

    [GeneratedRegex("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|[0-9]+", RegexOptions.ExplicitCapture)]
    private static partial Regex Differing();
}
