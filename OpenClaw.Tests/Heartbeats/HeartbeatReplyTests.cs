using FsCheck;
using FsCheck.Fluent;
using OpenClaw.Data.Heartbeats;
using OpenClaw.Jobs.Heartbeats;

namespace OpenClaw.Tests.Heartbeats;

public sealed class HeartbeatReplyTests
{
    private static readonly string[] Checklist = ["inbox", "disk"];

    [TestCase("HEARTBEAT_OK")]
    [TestCase("NO_REPLY")]
    [TestCase("  **HEARTBEAT_OK**\n")]
    [TestCase("HEARTBEAT_OK - all quiet here")]
    [TestCase("Nothing to report. HEARTBEAT_OK")]
    [TestCase("1. ok\n2. ok")]
    [TestCase("1) OK\n2) ok, plenty of room")]
    public void All_well(string reply)
    {
        var result = HeartbeatReply.Read(reply, Checklist);

        Assert.That((result.Status, result.Reason), Is.EqualTo((HeartbeatStatus.Ok, (string?)null)));
        Assert.That(result.Checklist.Select(item => item.Status), Is.EqualTo(new[] { "ok", "ok" }));
    }

    [TestCase("The disk is 95% full.", "unknown,unknown", "The disk is 95% full.")]
    [TestCase("I said HEARTBEAT_OK but I am not sure", "unknown,unknown", "I said HEARTBEAT_OK but I am not sure")]
    [TestCase("1. ok\n2. attention: 95% full", "ok,attention", "disk: 95% full")]
    [TestCase("1. attention\n2. ok", "attention,ok", "inbox: needs attention")]
    [TestCase("2. attention: full\n7. ok", "unknown,attention", "disk: full")]
    [TestCase("1. ok", "ok,unknown", "1. ok")]
    public void Something_for_the_owner(string reply, string statuses, string reason)
    {
        var result = HeartbeatReply.Read(reply, Checklist);

        Assert.That((result.Status, string.Join(',', result.Checklist.Select(item => item.Status)), result.Reason), Is.EqualTo((HeartbeatStatus.Alert, statuses, reason)));
    }

    [TestCase("")]
    [TestCase(" \n\t")]
    [TestCase("\0")]
    public void Nothing_is_a_failure(string reply) => Assert.That(HeartbeatReply.Read(reply, Checklist).Status, Is.EqualTo(HeartbeatStatus.Failed));

    [Test]
    public void An_acknowledgement_with_a_long_tail_is_for_the_owner_to_read() =>
        Assert.That(HeartbeatReply.Read("HEARTBEAT_OK " + new string('x', 301), Checklist).Status, Is.EqualTo(HeartbeatStatus.Alert));

    [Test]
    public void Of_two_megabytes_a_readable_part_is_kept()
    {
        var result = HeartbeatReply.Read(string.Concat(Enumerable.Repeat("🦞 ", 700_000)), Checklist);

        Assert.That(result.Reason, Has.Length.LessThanOrEqualTo(4_001).And.EndsWith("…"));
        Assert.That(System.Text.Encoding.UTF8.GetByteCount(result.Reason!), Is.LessThan(20_000));
    }

    [Test]
    public void Any_text_is_read_into_one_result_an_item() =>
        Prop.ForAll<string?>(reply => HeartbeatReply.Read(reply ?? "", Checklist).Checklist.Count == Checklist.Length).QuickCheckThrowOnFailure();
}
