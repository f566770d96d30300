using FsCheck;
using FsCheck.Fluent;
using OpenClaw.Data.Heartbeats;
using OpenClaw.Jobs.ForeignInput;
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

    [TestCase("HEARTBEAT OK")]
    [TestCase("heartbeat_ok")]
    [TestCase("Heartbeat-OK.")]
    [TestCase("`HEARTBEAT_OK`")]
    [TestCase("```text\nHEARTBEAT_OK\n```")]
    [TestCase("\"HEARTBEAT_OK\"")]
    [TestCase("“Heartbeat OK”")]
    [TestCase("<b>HEARTBEAT_OK</b>")]
    [TestCase("HEARTBEAT\\_OK")]
    [TestCase("{\"status\": \"HEARTBEAT_OK\"}")]
    [TestCase("Status: HEARTBEAT_OK ✅")]
    [TestCase("🦞 HEARTBEAT_OK 🦞")]
    [TestCase("- HEARTBEAT_OK")]
    [TestCase("__HEARTBEAT_OK__\n\nNothing needs your attention right now.")]
    [TestCase("no reply")]
    [TestCase("NO_REPLY.")]
    [TestCase("OK")]
    [TestCase("✅")]
    [TestCase("👍 All good")]
    [TestCase("Everything's fine, nothing to report.")]
    [TestCase("All systems are operational and no action is needed.")]
    [TestCase("Here is my report:\n\nNo new issues or errors.")]
    [TestCase("1. ✅ OK\n2. ✅ OK")]
    [TestCase("- inbox: ok\n- disk: ok")]
    [TestCase("* **Inbox** – OK\n* **Disk** – OK")]
    [TestCase("✅ inbox\n✅ disk")]
    [TestCase("- [x] inbox\n- [x] disk")]
    [TestCase("1️⃣ ok\n2️⃣ ok")]
    [TestCase("**1.** inbox: Okay\n**2.** disk: all good")]
    [TestCase("Heartbeat check:\n1. inbox – nothing new\n2. disk – ok (41% used)\n\nHEARTBEAT_OK")]
    [TestCase("1. ok\nHEARTBEAT_OK")]
    [TestCase("| inbox | ok |\n| disk | ok |")]
    public void An_acknowledgement_is_one_in_any_clothes(string reply)
    {
        var result = HeartbeatReply.Read(reply, Checklist);

        Assert.That((result.Status, result.Reason), Is.EqualTo((HeartbeatStatus.Ok, (string?)null)));
        Assert.That(result.Checklist.Select(item => item.Status), Is.EqualTo(new[] { "ok", "ok" }));
    }

    [TestCase("HEARTBEAT_OK\nBackup failed: exit code 2.", "Backup failed: exit code 2.")]
    [TestCase("Backup failed: exit code 2.\n\n**HEARTBEAT_OK**", "Backup failed: exit code 2.")]
    [TestCase("HEARTBEAT_OK - all quiet here. The certificate ends on Friday.", "all quiet here. The certificate ends on Friday.")]
    [TestCase("Heartbeat OK. No backups found.", "Heartbeat OK. No backups found.")]
    [TestCase("HEARTBEAT_OK 3 new mails", "3 new mails")]
    [TestCase("1. ok\n2. ok\nBackup failed: exit code 2.", "Backup failed: exit code 2.")]
    [TestCase("HEARTBEAT_OK 数据库已停止", "数据库已停止")]
    public void News_beside_an_acknowledgement_is_kept(string reply, string note)
    {
        var result = HeartbeatReply.Read(reply, Checklist);

        Assert.That((result.Status, result.Reason), Is.EqualTo((HeartbeatStatus.Ok, note)));
    }

    [TestCase("HEARTBEAT_OK, but the backup failed.", "HEARTBEAT_OK, but the backup failed.")]
    [TestCase("HEARTBEAT_OK ⚠️", "HEARTBEAT_OK ⚠️")]
    [TestCase("OK. Backup failed.", "OK. Backup failed.")]
    [TestCase("Not ok", "Not ok")]
    [TestCase("No reply from the mail server.", "No reply from the mail server.")]
    [TestCase("No. Errors everywhere.", "No. Errors everywhere.")]
    [TestCase("1. ok, but 300 mails wait\n2. ok", "inbox: but 300 mails wait")]
    [TestCase("1. ok\n2. ❌ OK", "disk: needs attention")]
    [TestCase("- inbox: ok\n- disk: ❌ full", "disk: full")]
    [TestCase("1. ok\n2. attention: 95% full\nThe backup failed too.", "disk: 95% full; The backup failed too.")]
    [TestCase("🦞🦞", "🦞🦞")]
    public void What_is_no_acknowledgement_is_for_the_owner_to_read(string reply, string reason)
    {
        var result = HeartbeatReply.Read(reply, Checklist);

        Assert.That((result.Status, result.Reason), Is.EqualTo((HeartbeatStatus.Alert, reason)));
    }

    [Test]
    public void An_acknowledgement_in_clothes_at_random_is_ok()
    {
        string[] words = ["HEARTBEAT_OK", "heartbeat ok", "Heartbeat_Ok", "NO_REPLY", "All good", "ok", "Nothing to report"];
        string[] lead = ["", " ", "1. ", "2) ", "- ", "> ", "# ", "\r\n"];
        string[] before = ["", " ", "**", "__", "> ", "- ", "• ", "# ", "`", "```\n", "\"", "“", "'", "✅ ", "🦞 ", "<p>", "Status: ", "\u200B", "\r\n"];
        string[] after = ["", " ", "**", "__", "`", "\n```", "\"", "”", "'", " ✅", " 🦞", ".", "!", "…", "</p>", "\uFE0F", "\r\n", "\n\nAll is well.", " - nothing new."];
        var replies = from word in Gen.Elements(words)
                      from first in Gen.Elements(lead)
                      from second in Gen.Elements(before)
                      from third in Gen.Elements(after)
                      from fourth in Gen.Elements(after)
                      select first + second + word + third + fourth;

        Prop.ForAll(replies.ToArbitrary(), reply => HeartbeatReply.Read(reply, []) is { Status: HeartbeatStatus.Ok, Reason: null })
            .Check(Config.QuickThrowOnFailure.WithMaxTest(10_000));
    }

    [Test]
    public void News_is_never_lost_whatever_stands_around_it()
    {
        string[] frames = ["HEARTBEAT_OK\n{0}", "{0}\nHEARTBEAT_OK", "All good.\n{0}", "1. ok\n2. ok\n{0}", "- inbox: ok\n{0}\n- disk: ok", "HEARTBEAT_OK {0}", "{0}"];
        var replies = from frame in Gen.Elements(frames)
                      from text in ArbMap.Default.GeneratorFor<string?>()
                      from first in Gen.Elements(true, false)
                      let news = first ? $"Backup 7 failed {text}" : $"{text} Backup 7 failed"
                      select frame.Replace("{0}", news, StringComparison.Ordinal);

        Prop.ForAll(
            replies.ToArbitrary(),
            reply => HeartbeatReply.Read(reply, Checklist) is { Status: HeartbeatStatus.Ok or HeartbeatStatus.Alert } result
                && (result.Reason?.Contains("Backup 7 failed", StringComparison.Ordinal) is true || result.Checklist.Any(item => item.Note?.Contains("Backup 7 failed", StringComparison.Ordinal) is true)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(10_000));
    }

    [Test]
    public void What_is_kept_of_any_text_is_bounded_and_whole() => Prop.ForAll(
        ArbMap.Default.GeneratorFor<string?>().Select(text => string.Concat(Enumerable.Repeat(text ?? "\uD83E", 300))).ToArbitrary(),
        reply => HeartbeatReply.Read(reply, Checklist).Reason is not { } reason || (reason.Length <= 4_001 && ForeignText.Clean(reason) == reason))
        .QuickCheckThrowOnFailure();

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
