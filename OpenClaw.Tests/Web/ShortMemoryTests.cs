using Microsoft.Extensions.Time.Testing;
using OpenClaw.Tests.Support;
using OpenClaw.Web.Health;

namespace OpenClaw.Tests.Web;

public sealed class ShortMemoryTests
{
    private readonly FakeTimeProvider _time = new();
    private int _looks;

    [Test]
    public async Task However_many_ask_within_a_second_one_look_answers()
    {
        var memory = new ShortMemory<string>(LookAsync, _time);

        var answers = await Task.WhenAll(Enumerable.Range(0, 1_000).Select(_ => memory.ReadAsync(CancellationToken.None)));
        _time.Advance(TimeSpan.FromMilliseconds(999));
        var late = await memory.ReadAsync(CancellationToken.None);

        Assert.That(answers.Append(late), Is.All.EqualTo("look 1"));
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.That(await memory.ReadAsync(CancellationToken.None), Is.EqualTo("look 2"));
    }

    [Test]
    public async Task A_look_that_failed_is_not_remembered()
    {
        var memory = new ShortMemory<string>(_ => ++_looks == 1 ? throw new InvalidOperationException("away") : Task.FromResult("back"), _time);

        Assert.ThrowsAsync<InvalidOperationException>(() => memory.ReadAsync(CancellationToken.None));

        Assert.That(await memory.ReadAsync(CancellationToken.None), Is.EqualTo("back"));
    }

    [Test]
    public async Task Who_gives_up_gives_up_alone()
    {
        var looking = new Signal<string>();
        var memory = new ShortMemory<string>(_ => looking.Task, _time);
        using var impatient = new CancellationTokenSource();
        var (first, second) = (memory.ReadAsync(impatient.Token), memory.ReadAsync(CancellationToken.None));

        await impatient.CancelAsync();
        Assert.CatchAsync<OperationCanceledException>(() => first);
        looking.SetResult("seen");

        Assert.That(await second, Is.EqualTo("seen"));
    }

    [Test]
    public async Task A_look_that_hangs_is_given_up()
    {
        var hanging = new Signal();
        var memory = new ShortMemory<string>(
            async token =>
            {
                hanging.TrySetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, token);
                return "never";
            },
            _time);
        var asked = memory.ReadAsync(CancellationToken.None);
        await hanging.Task;

        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.CatchAsync<OperationCanceledException>(() => asked);
    }

    private Task<string> LookAsync(CancellationToken cancellationToken) => Task.FromResult($"look {Interlocked.Increment(ref _looks)}");
}
