using System.Text.Json;
using OpenClaw.Jobs.Protocol;
using OpenClaw.Jobs.Runtimes.Upstream;

namespace OpenClaw.Tests.Upstream;

/// <summary>What a conversation at the gateway tells of a turn, as histories of the real gateway look.</summary>
public sealed class TurnStoryTests
{
    private const string Asked = """{"role":"user","content":"do it","idempotencyKey":"k:user"}""";
    private const string Answered = """{"role":"assistant","content":[{"type":"text","text":"done"}],"stopReason":"stop","__openclaw":{"runId":"k"}}""";
    private const string Interrupted = """{"role":"user","content":"[System] Your previous turn was interrupted","idempotencyKey":"other:user"}""";
    private const string TakenUp = """{"role":"assistant","content":"done all the same","stopReason":"stop","__openclaw":{"runId":"other"}}""";

    [Test]
    public void A_turn_that_the_gateway_has_not_taken_has_no_tries() =>
        Assert.That(Read(["""{"role":"user","content":"earlier","idempotencyKey":"x:user"}""", TakenUp]), Is.EqualTo(new TurnStory(0, null, null, false)));

    [Test]
    public void The_reply_is_that_of_its_own_run() => Assert.That(Read([Asked, Answered, Interrupted, TakenUp]), Is.EqualTo(new TurnStory(1, "done", null, false)));

    [Test]
    public void A_run_under_way_is_named() =>
        Assert.That(Read([Asked], """, "inFlightRun":{"runId":"k"},"sessionInfo":{"status":"running"}"""), Is.EqualTo(new TurnStory(1, null, "k", true)));

    [Test]
    public void What_a_restarted_gateway_has_yet_to_take_up_is_open() =>
        Assert.That(Read([Asked], """, "sessionInfo":{"status":"running"}"""), Is.EqualTo(new TurnStory(1, null, null, true)));

    [Test]
    public void What_a_restarted_gateway_took_up_in_a_run_of_its_own_is_the_reply() =>
        Assert.That(Read([Asked, Interrupted, TakenUp], """, "sessionInfo":{"status":"done"}"""), Is.EqualTo(new TurnStory(1, "done all the same", null, false)));

    [TestCase("aborted")]
    [TestCase("error")]
    [TestCase("toolUse")]
    public void A_part_of_an_answer_is_no_reply(string stopReason) =>
        Assert.That(Read([Asked, Answered.Replace("\"stop\"", $"\"{stopReason}\"")]), Is.EqualTo(new TurnStory(1, null, null, false)));

    [Test]
    public void What_was_said_before_an_abort_is_no_reply_and_the_turn_is_over()
    {
        var said = Answered.Replace("\"done\"", "\"do\"").Replace("\"__openclaw\"", "\"openclawAbort\":{\"aborted\":true,\"origin\":\"rpc\",\"runId\":\"k\"},\"__openclaw\"");

        Assert.That(Read([Asked, said]), Is.EqualTo(new TurnStory(1, null, null, false) { IsAborted = true }));
        Assert.That(Read([Asked, said, Interrupted, TakenUp]), Is.EqualTo(new TurnStory(1, "done all the same", null, false)), "It was taken up after all.");
        Assert.That(Read([Asked, said], """, "sessionInfo":{"status":"running"}""").IsAborted, Is.False);
    }

    [Test]
    public void Each_run_id_of_the_turn_counts() =>
        Assert.That(Read([Asked, Asked.Replace("k:user", "k:2:user"), Answered.Replace("\"k\"", "\"k:2\"")]), Is.EqualTo(new TurnStory(2, "done", null, false)));

    private static TurnStory Read(string[] messages, string rest = "") => TurnStory.Read(
        ProtocolJson.Read<KnownHistory>(JsonSerializer.Deserialize<JsonElement>($$"""{"messages":[{{string.Join(',', messages)}}]{{rest}}}""")), ["k", "k:2", "k:3"]);
}
