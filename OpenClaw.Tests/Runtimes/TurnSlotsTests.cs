using OpenClaw.Jobs.Runtimes;
using OpenClaw.Tests.Support;

namespace OpenClaw.Tests.Runtimes;

/// <summary>So many turns at once, and what becomes of a place.</summary>
public sealed class TurnSlotsTests
{
    [Test]
    public async Task So_many_run_and_the_next_one_begins_when_one_has_ended()
    {
        using var slots = new TurnSlots(2, TimeProvider.System);
        var (first, second, third) = (new Signal<int>(), new Signal<int>(), new Signal<int>());
        var begun = new List<int>();
        var turns = new[] { first, second, third }.Select((turn, number) => slots.RunAsync(
            TurnLimits.Default,
            _ =>
            {
                begun.Add(number);
                return turn.Task;
            },
            default)).ToArray();

        Assert.That(begun, Is.EqualTo(new[] { 0, 1 }));
        second.SetResult(20);
        Assert.That(await turns[1], Is.EqualTo(20));
        third.SetResult(30);
        Assert.That(await turns[2], Is.EqualTo(30));
        Assert.That(begun, Is.EqualTo(new[] { 0, 1, 2 }));
        Assert.That(turns[0].IsCompleted, Is.False);
        first.SetResult(10);
        await turns[0];
    }

    [Test]
    public async Task A_turn_that_fails_or_is_cancelled_gives_its_place_back()
    {
        using var slots = new TurnSlots(1, TimeProvider.System);
        using var cancelled = new CancellationTokenSource();

        Assert.That(async () => await slots.RunAsync<int>(TurnLimits.Default, _ => throw new InvalidOperationException("it failed"), default), Throws.InvalidOperationException);
        var running = slots.RunAsync(TurnLimits.Default, async token =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return 0;
        }, cancelled.Token);
        await cancelled.CancelAsync();
        Assert.That(async () => await running, Throws.InstanceOf<OperationCanceledException>());

        Assert.That(await slots.RunAsync(TurnLimits.Default, _ => Task.FromResult(7), default).WaitAsync(TimeSpan.FromSeconds(20)), Is.EqualTo(7));
    }

    [Test]
    public async Task Who_is_cancelled_in_line_does_not_begin_and_takes_no_place()
    {
        using var slots = new TurnSlots(1, TimeProvider.System);
        using var cancelled = new CancellationTokenSource();
        var first = new Signal<int>();
        var running = slots.RunAsync(TurnLimits.Default, _ => first.Task, default);
        var begun = false;
        var waiting = slots.RunAsync(
            TurnLimits.Default,
            _ =>
            {
                begun = true;
                return Task.FromResult(0);
            },
            cancelled.Token);

        await cancelled.CancelAsync();
        Assert.That(async () => await waiting, Throws.InstanceOf<OperationCanceledException>());
        first.SetResult(1);
        await running;

        Assert.That(begun, Is.False);
        Assert.That(await slots.RunAsync(TurnLimits.Default, _ => Task.FromResult(7), default).WaitAsync(TimeSpan.FromSeconds(20)), Is.EqualTo(7));
    }
}
