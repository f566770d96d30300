using OpenClaw.Jobs.Workflows.Execution;
using OpenClaw.Jobs.Workflows.Ledger;

namespace OpenClaw.Tests.Jobs;

public sealed class ReservationsTests
{
    private static readonly StepClaim Claim = new(
        Guid.NewGuid(), "scripted", 1, null, "tester", "null", null, StepIndex: 1, "second", Attempt: 1, Failures: 0, Epoch: 1, "41");

    private readonly Clock _clock = new();

    [Test]
    public void The_job_of_the_step_takes_it_once()
    {
        var reservations = new Reservations(_clock);
        reservations.Add(Claim);

        Assert.That(reservations.Take(Claim.WorkflowUuid, "first", "40"), Is.Null, "Another step's job.");
        Assert.That(reservations.Take(Claim.WorkflowUuid, "second", "42"), Is.EqualTo(Claim with { JobId = "42" }));
        Assert.That(reservations.Take(Claim.WorkflowUuid, "second", "42"), Is.Null);
    }

    [Test]
    public void One_that_nobody_came_for_is_given_back_and_stops_reserving_for_a_minute()
    {
        var reservations = new Reservations(_clock);
        reservations.Add(Claim);
        Assert.That((reservations.TakeStale().Count, reservations.AreWorthIt), Is.EqualTo((0, true)));

        _clock.Now += TimeSpan.FromSeconds(2);

        Assert.That(reservations.TakeStale(), Is.EqualTo(new[] { Claim }));
        Assert.That(reservations.AreWorthIt, Is.False);
        _clock.Now += TimeSpan.FromSeconds(61);
        Assert.That(reservations.AreWorthIt, Is.True);
    }

    [Test]
    public void A_process_that_stops_gives_all_back_and_reserves_no_more()
    {
        var reservations = new Reservations(_clock);
        reservations.Add(Claim);

        Assert.That(reservations.Close(), Is.EqualTo(new[] { Claim }));
        Assert.That(reservations.AreWorthIt, Is.False);
    }

    private sealed class Clock : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
