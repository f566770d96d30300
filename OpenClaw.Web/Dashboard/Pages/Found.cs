using OpenClaw.Jobs.Agents;

namespace OpenClaw.Web.Dashboard.Pages;

/// <summary>What a text means anywhere in the dashboard.</summary>
/// <param name="Text">As it was typed; null for nothing.</param>
/// <param name="IsCommand">Whether it is one command in plain words, as it stands.</param>
/// <param name="Pages">Whose names it is a part of.</param>
/// <param name="Agents">By part of a name or model, or by id.</param>
/// <param name="Workflows">By id, or by part of why they ended.</param>
public sealed record Found(
    string? Text, bool IsCommand, IReadOnlyList<(string Path, string Name)> Pages, IReadOnlyList<AgentSummary> Agents, IReadOnlyList<WorkflowLine> Workflows)
{
    /// <summary>Of each kind.</summary>
    public const int Shown = 8;

    public bool None => !IsCommand && Pages.Count + Agents.Count + Workflows.Count == 0;
}
