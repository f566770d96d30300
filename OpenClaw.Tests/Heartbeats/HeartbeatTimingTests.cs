using OpenClaw.Data.Agents;
using OpenClaw.Jobs.Agents;

namespace OpenClaw.Tests.Heartbeats;

public sealed class HeartbeatTimingTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 4, 3, 2, 1, TimeSpan.Zero);

    [Test]
    public void Agents_whose_heart_is_switched_on_together_are_spread_over_the_interval()
    {
        var agents = Enumerable.Range(0, 200).Select(_ => Running()).ToList();

        agents.ForEach(agent => HeartbeatTiming.Refresh(agent, Now));

        var waits = agents.Select(agent => agent.NextHeartbeatAt!.Value - Now).ToList();
        Assert.That(waits, Is.All.InRange(TimeSpan.Zero, TimeSpan.FromMinutes(60)));
        Assert.That(waits.Select(wait => (int)(wait.TotalMinutes / 10)).Distinct().Count(), Is.EqualTo(6));
    }

    [Test]
    public void A_beat_that_is_due_within_the_interval_stays_where_it_is()
    {
        var agent = Running();
        agent.NextHeartbeatAt = Now.AddMinutes(10);

        HeartbeatTiming.Refresh(agent, Now);

        Assert.That(agent.NextHeartbeatAt, Is.EqualTo(Now.AddMinutes(10)));
    }

    private static Agent Running() => new()
    {
        Id = Guid.NewGuid(),
        Name = "a",
        Model = "local/echo",
        UserId = "admin",
        Status = AgentStatus.Running,
        OpenclawSessionKey = "k",
        HeartbeatEnabled = true,
        HeartbeatInterval = TimeSpan.FromHours(1),
        HeartbeatChecklist = [],
        Configuration = default,
    };
}
