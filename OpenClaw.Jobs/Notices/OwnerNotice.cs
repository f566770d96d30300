using OpenClaw.Data.Agents;

namespace OpenClaw.Jobs.Notices;

/// <summary>Something that an owner is told of.</summary>
/// <param name="Event">Its kind; owners choose which kinds they hear of.</param>
/// <param name="Owner">Who is told.</param>
/// <param name="Subject">Whom it is about, by name.</param>
/// <param name="Detail">What <see cref="NoticeTexts"/> adds; null where the event says it all.</param>
/// <param name="Key">With the agent it names the notice: the same one is told once.</param>
public sealed record OwnerNotice(NoticeEvent Event, string Owner, string Subject, string? Detail, string Key)
{
    public Guid? AgentId { get; init; }

    public static OwnerNotice About(Agent agent, NoticeEvent what, string? detail, string key) =>
        new(what, agent.UserId, agent.Name, detail, key) { AgentId = agent.Id };
}
