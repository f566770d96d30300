using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Time.Testing;
using OpenClaw.Jobs.ForeignInput;
using OpenClaw.Jobs.Runtimes;
using OpenClaw.Tests.Support;

namespace OpenClaw.Tests.Runtimes;

/// <summary>A reply that grows, told in parts.</summary>
public sealed class LiveReplyTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly List<(int Position, string Delta)> _told = [];

    [Test]
    public void A_character_whose_halves_come_in_two_tokens_is_told_whole()
    {
        using (var reply = Open())
        {
            reply.Report("so \ud83d");
            Tick();
            Assert.That(_told, Is.EqualTo(new[] { (0, "so ") }));
            Tick();
            reply.Report("\ude00!");
            Tick();
        }

        Assert.That(_told, Is.EqualTo(new[] { (0, "so "), (3, "\ud83d\ude00!") }));
    }

    [Test]
    public void A_reply_that_another_model_takes_over_is_told_from_its_beginning()
    {
        using (var reply = Open())
        {
            reply.Report("<think>I am ");
            reply.Report("not</think>Well, ");
            Tick();
            reply.Report("no");
            reply.Restart();
            reply.Report("I can.");
            Tick();
            Assert.That(reply.Said, Is.EqualTo("I can."));
        }

        Assert.That(_told.TakeLast(1), Is.EqualTo(new[] { (0, "I can.") }));
    }

    [Test]
    public void Half_of_a_character_that_stays_alone_is_told_in_the_end_as_it_is_kept()
    {
        using (var reply = Open())
        {
            reply.Report("x\ud83d");
            Tick();
        }

        Assert.That(_told, Is.EqualTo(new[] { (0, "x"), (1, "\ufffd") }));
    }

    [Test]
    public void Whatever_the_tokens_are_what_was_told_is_the_reply_as_it_is_kept() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(1_000),
        Prop.ForAll(
            Gen.Elements("\ud83d", "\ude00", "a", "\0", "\u001b", "ä\n", new string('x', 999)).ListOf().ToArbitrary(),
            tokens =>
            {
                _told.Clear();
                using (var reply = Open())
                {
                    foreach (var token in tokens)
                    {
                        reply.Report(token);
                        Tick();
                    }
                }

                var whole = string.Concat(_told.Select(part => part.Delta));
                return whole == ForeignText.Clean(string.Concat(tokens)) && _told.All(part => part.Delta.Length <= 1_000 && ForeignText.IsWhole(part.Delta));
            }));

    [Test]
    public async Task What_was_said_by_a_turn_that_broke_off_is_told_once_and_nothing_is_remembered_for_long()
    {
        var replies = new LiveReplies(_time);
        var (ended, broken, abandoned, begun) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        foreach (var message in new[] { ended, broken, abandoned, begun })
        {
            using var reply = replies.Open(Guid.NewGuid(), message, "run", "agent:a:main", "admin");
            reply.Report("Once ");
            reply.Report("upon\0");
            if (message == ended)
            {
                replies.Close(message);
            }
        }

        using var again = replies.Open(Guid.NewGuid(), begun, "run", "agent:a:main", "admin");

        Assert.That((replies.TakeBrokenOff(broken), replies.TakeBrokenOff(broken), replies.TakeBrokenOff(ended), replies.TakeBrokenOff(begun)), Is.EqualTo(("Once upon\ufffd", (string?)null, (string?)null, (string?)null)));
        Assert.That(replies.Remembering, Is.EqualTo(1));
        _time.Advance(TimeSpan.FromMinutes(2));
        await Eventually.That(() => replies.Remembering, Is.Zero);
    }

    private LiveReply Open() => new((position, delta) => _told.Add((position, delta)), _time, waits: false, _ => { });

    private void Tick() => _time.Advance(TimeSpan.FromMilliseconds(200));
}
