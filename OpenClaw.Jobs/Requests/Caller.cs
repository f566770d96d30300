namespace OpenClaw.Jobs.Requests;

/// <summary>Who asks.</summary>
/// <param name="Owner">Whose agents and workflows these are.</param>
/// <param name="Actor">Who is named in audit and events, e.g. <c>api</c>.</param>
public sealed record Caller(string Owner, string Actor)
{
    /// <summary>The agents that they may have to do with; empty for all of their owner's.</summary>
    public IReadOnlyList<Guid> Agents { get; init; } = [];

    /// <summary>Whether they may do all that is for their owner, such as raising its limits.</summary>
    public bool IsAdmin { get; init; } = true;

    /// <summary>Whether they are of those who run the service, and may see what is of all of it.</summary>
    public bool IsOfHouse => Owner == Owners.House;

    /// <summary>Whether they may do what is for who runs the service, such as letting devices in.</summary>
    public bool MayManage => IsAdmin && IsOfHouse;

    public bool May(Guid agent) => Agents.Count == 0 || Agents.Contains(agent);
}
