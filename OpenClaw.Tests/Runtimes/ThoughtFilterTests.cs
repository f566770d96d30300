using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Time.Testing;
using OpenClaw.Jobs.Runtimes;
using OpenClaw.Jobs.Runtimes.Thoughts;

namespace OpenClaw.Tests.Runtimes;

/// <summary>What a model thinks is no part of what it says, however it sets that apart.</summary>
public sealed class ThoughtFilterTests
{
    private static readonly string[] Fragments =
    [
        "<think>", "</think>", "<thinking>", "</thinking>", "<reasoning>", "</reasoning>", "<think", ">", "<", "[", "]", "[THINK]", "[/THINK]", "◁think▷", "◁/think▷", "<|channel|>", "analysis", "final", "<|message|>",
        "<|end|>", "<|start|>", "assistant", "<|channel>", "<channel|>", "```", "`", "\n", " ", "\"", "word", "HEARTBEAT_OK", "\ud83d\ude00", "<b>", "a < b", "[link](x)", new string('x', 90),
    ];

    [TestCase("<think>The list is short.</think>\n\nHEARTBEAT_OK", "HEARTBEAT_OK", TestName = "Thoughts_of_DeepSeek_R1_Qwen3_GLM")]
    [TestCase("\n<think>\n\n</think>\n\nHEARTBEAT_OK", "HEARTBEAT_OK", TestName = "Thoughts_that_are_empty")]
    [TestCase("<THINKING mode=\"deep\">Hm.</THINKING> Yes.", "Yes.", TestName = "Thoughts_in_capitals_with_attributes")]
    [TestCase("<thought>Hm.</thought>Yes.", "Yes.", TestName = "Thoughts_called_thought")]
    [TestCase("<reasoning>Hm.</reasoning>\nYes.", "Yes.", TestName = "Thoughts_called_reasoning")]
    [TestCase("<reasoning>Hm. <think>Really?</think> Hm.</reasoning>Yes.", "Yes.", TestName = "Thoughts_within_thoughts")]
    [TestCase("<think>I use the <reasoning> tag.</think>Yes.", "Yes.", TestName = "Thoughts_that_mention_another_beginning")]
    [TestCase("<think>I use the <think> tag.</think>Yes.", "Yes.", TestName = "Thoughts_that_mention_their_own_beginning")]
    [TestCase("<reflection>Hm.</reflection><scratchpad>Hm.</scratchpad>\n<inner_monologue>Hm.</inner_monologue>Yes.", "Yes.", TestName = "Thoughts_by_other_names")]
    [TestCase("<seed:think>Hm.</seed:think>Yes.", "Yes.", TestName = "Thoughts_of_Seed_OSS")]
    [TestCase("<antThinking>Hm.</antThinking>Yes.", "Yes.", TestName = "Thoughts_of_Claude_in_text")]
    [TestCase("[THINK]Hm. [1] is odd.[/THINK]Yes.", "Yes.", TestName = "Thoughts_of_Magistral")]
    [TestCase("◁think▷Hm.◁/think▷Yes.", "Yes.", TestName = "Thoughts_of_Kimi_VL")]
    [TestCase("<|START_THINKING|>Hm.<|END_THINKING|><|START_RESPONSE|>Yes.<|END_RESPONSE|>", "Yes.", TestName = "Thoughts_of_Cohere")]
    [TestCase("<|inner_prefix|>Hm.<|inner_suffix|>Yes.", "Yes.", TestName = "Thoughts_of_Apertus")]
    [TestCase("<|begin_of_thought|>Hm.<|end_of_thought|>\n<|begin_of_solution|>Yes.<|end_of_solution|>", "Yes.", TestName = "Thoughts_of_OpenThinker")]
    [TestCase("<|channel>thought\nHm.<channel|>Yes.", "Yes.", TestName = "Thoughts_of_Gemma")]
    [TestCase("<|channel|>analysis<|message|>Hm.<|end|><|start|>assistant<|channel|>final<|message|>Yes.<|return|>", "Yes.", TestName = "Thoughts_of_gpt_oss")]
    [TestCase("<|channel|>commentary to=tool<|message|>Hm.<|channel|>final<|message|>Yes.", "Yes.", TestName = "Thoughts_of_gpt_oss_for_tools")]
    [TestCase("<|channel|>final<|message|>Yes.<|return|>", "Yes.", TestName = "No_thoughts_of_gpt_oss")]
    [TestCase("<|channel|>analysis<|message|>Hm, and cut", "", TestName = "Unended_thoughts_of_gpt_oss")]
    [TestCase("The list is short.\n</think>\n\nHEARTBEAT_OK", "HEARTBEAT_OK", TestName = "Thoughts_whose_beginning_stood_in_the_prompt")]
    [TestCase("So I say \"ok\"</think>ok", "ok", TestName = "Thoughts_whose_end_stands_in_a_line")]
    [TestCase("<think>I am cut in the mid", "", TestName = "Unended_thoughts")]
    [TestCase("Let me see.\n<think>I am cut in the mid", "Let me see.\n", TestName = "Unended_thoughts_behind_words")]
    [TestCase("Let me see.\n<think>Hm.</think>\nYes.", "Let me see.\n\nYes.", TestName = "Thoughts_between_words")]
    [TestCase("Let me see. <think>Hm.</think>Yes.", "Let me see. Yes.", TestName = "Thoughts_within_a_line")]
    [TestCase("<think>Hm.</think>\n</think>\nYes.", "Yes.", TestName = "Thoughts_that_end_twice")]
    [TestCase("<think>Hm.</thinking>Yes.</think>", "Yes.", TestName = "Thoughts_that_end_by_another_name")]
    public void Thoughts_are_not_said(string reply, string said) => Assert.That(ThoughtFilter.Without(reply), Is.EqualTo(said));

    [TestCase("All is well.")]
    [TestCase("  indented, a < b, <b>bold</b>, [a link](https://example.org), <https://example.org>, List<string>, [x] done")]
    [TestCase("The tag `<think>` begins thoughts and `</think>` ends them.")]
    [TestCase("```xml\n<think>\nan example\n</think>\n```\nThat is all.")]
    [TestCase("He wrote \"<think>\" and \"</think>\".")]
    [TestCase("Use the <think> tag for that.")]
    [TestCase("An answer with a stray end</think>", "An answer with a stray end")]
    [TestCase("I think <thinker> is a word, and so is <thinkpad>.")]
    [TestCase("cut in <thin")]
    [TestCase("the token <|start|> begins a message")]
    public void What_is_said_about_them_is_said(string reply, string? said = null) => Assert.That(ThoughtFilter.Without(reply), Is.EqualTo(said ?? reply));

    [Test]
    public void A_reply_is_the_same_however_it_comes_and_nothing_is_added_to_it() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(10_000),
        Prop.ForAll(
            (from parts in Gen.ArrayOf(Gen.Elements(Fragments)) from size in Gen.Choose(1, 7) select (string.Concat(parts), size)).ToArbitrary(),
            made =>
            {
                var (reply, size) = made;
                var said = "";
                var filter = new ThoughtFilter(piece => said += piece, () => said = "");
                foreach (var piece in reply.Chunk(size))
                {
                    filter.Add(new string(piece));
                }

                filter.End();
                return said.Trim() == ThoughtFilter.Without(reply).Trim() && said.Length <= reply.Length;
            }));

    [Test]
    public void A_long_reply_of_nothing_but_beginnings_is_read_in_no_time()
    {
        var reply = string.Concat(Enumerable.Repeat("a <think ", 100_000));

        Assert.That(() => ThoughtFilter.Without(reply), Is.EqualTo(reply).After(0));
    }

    [Test]
    public void Of_a_growing_reply_only_what_is_said_is_told()
    {
        var told = Told(["<thi", "nk>Hm.</th", "ink>\n\nYes, ", "it is."], new FakeTimeProvider(), new LiveReplies(new FakeTimeProvider()), Guid.NewGuid());

        Assert.That(told, Is.EqualTo(new[] { (0, "Yes, it is.") }));
    }

    [Test]
    public void Where_only_the_end_of_thoughts_is_written_the_next_reply_waits_for_it()
    {
        var time = new FakeTimeProvider();
        var (replies, agent) = (new LiveReplies(time), Guid.NewGuid());

        Assert.That(Told(["Hm.", null, "\n</think>\nYes."], time, replies, agent), Is.EqualTo(new[] { (0, "Hm."), (0, "Yes.") }), "It begins anew.");
        Assert.That(Told(["Hm again.", null, "\n</think>\nNo."], time, replies, agent), Is.EqualTo(new[] { (0, "No.") }));
        Assert.That(Told(["No thoughts ", null, "today."], time, replies, agent), Is.EqualTo(new[] { (0, "No thoughts today.") }));
        Assert.That(Told(["And ", null, "none."], time, replies, agent), Is.EqualTo(new[] { (0, "And "), (4, "none.") }));
    }

    // A null lets the time pass after which a growing reply is told of.
    private static List<(int, string)> Told(string?[] pieces, FakeTimeProvider time, LiveReplies replies, Guid agent)
    {
        var told = new List<(int, string)>();
        void Hear(ReplyGrowth growth) => told.Add((growth.Position, growth.Delta));
        replies.Grew += Hear;
        using (var reply = replies.Open(agent, Guid.NewGuid(), "run", "session", "admin"))
        {
            foreach (var piece in pieces)
            {
                if (piece is null)
                {
                    time.Advance(TimeSpan.FromSeconds(1));
                }
                else
                {
                    reply.Report(piece);
                }
            }
        }

        replies.Grew -= Hear;
        return told;
    }
}
