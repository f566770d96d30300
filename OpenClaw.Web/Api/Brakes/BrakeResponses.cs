using OpenClaw.Data.Brakes;
using OpenClaw.Jobs.Brakes;

namespace OpenClaw.Web.Api.Brakes;

/// <param name="Id">Names it.</param>
/// <param name="State">on, or releasing while what waited begins again.</param>
/// <param name="Everything">It is of all agents there are.</param>
/// <param name="AgentId">Whose turns; null for those of all your agents, or of everything.</param>
/// <param name="AgentName">For people.</param>
/// <param name="Mode">What it does to turns.</param>
/// <param name="Reason">Why; null when nobody said.</param>
/// <param name="SetBy">Who set it.</param>
/// <param name="SetAt">When.</param>
/// <param name="ReleasedAt">Since when turns begin again; null while it is on.</param>
/// <param name="ReleasedBy">Who released it.</param>
public sealed record BrakeResponse(
    Guid Id, string State, bool Everything, Guid? AgentId, string? AgentName, BrakeMode Mode, string? Reason, string SetBy, DateTimeOffset SetAt, DateTimeOffset? ReleasedAt, string? ReleasedBy)
{
    internal static BrakeResponse From(BrakeStanding brake) => new(
        brake.Id, brake.IsOn ? "on" : "releasing", brake.Owner is null, brake.AgentId, brake.AgentName, brake.Mode, brake.Reason, brake.SetBy, brake.SetAt, brake.ReleasedAt, brake.ReleasedBy);
}

/// <param name="Brakes">That of everything first, then that of all your agents.</param>
public sealed record BrakeListResponse(IReadOnlyList<BrakeResponse> Brakes);
