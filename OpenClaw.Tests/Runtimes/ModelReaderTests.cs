using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Time.Testing;
using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Jobs.Runtimes;
using OpenClaw.Jobs.Runtimes.Models;
using OpenClaw.Jobs.Runtimes.Models.Wire;

namespace OpenClaw.Tests.Runtimes;

/// <summary>How long a model is waited for, and that nothing it may answer upsets who reads it.</summary>
public sealed class ModelReaderTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    private static readonly string[] Fragments =
    [
        "data: ", "data:", "event: error\n", "event: content_block_delta\n", "error: ", ": comment\n", "\n", "\r\n", "\r", "\n\n", "[DONE]", "retry: 1\n", "\ufeff", " ",
        """{"choices":[{"delta":{"content":"words "}}]}""", """{"choices":[{"delta":{"content":"\ud83d"}}]}""", """{"choices":[{"delta":{"content":"\ude00\u0000\n"}}]}""",
        """{"choices":[{"delta":{"content":"<think>"}}]}""", """{"choices":[{"delta":{"content":"</think>"}}]}""", """{"choices":[{"delta":{},"finish_reason":"stop"}]}""",
        """{"choices":[{"delta":{"content":5,"refusal":{}},"finish_reason":7}],"usage":{"prompt_tokens":1e400,"completion_tokens":-1}}""", """{"choices":[]}""", """{"choices":{}}""", """{"choices":[[]]}""", """{"choices":[{"delta":[]}]}""",
        """{"choices":[{"message":{"content":["a",{"text":"b"},{"text":{}}]}}],"usage":{"prompt_tokens":9223372036854775807,"completion_tokens":1}}""",
        """{"error":""", """{"error":{"message":"\ud83d words","code":400}}""", """{"error":{"message":{"message":[[["deep"]]]},"code":"429"}}""", """{"error":"context size exceeded"}""", """[{"error":{"code":99999999999}}]""", """{"detail":[{"loc":["body",1],"msg":"no"}]}""",
        """{"type":"message_start","message":{"usage":{"input_tokens":"x"}}}""", """{"type":"content_block_delta","delta":{"type":"text_delta","text":"words "}}""", """{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":2}}""", """{"type":"message_stop"}""", """{"type":"error","error":{"type":"overloaded_error","message":"busy"}}""", """{"type":{}}""",
        "<html><title>", "<title", "</title>", "{", "}", "[", "]", "\"", "\\u", "\\ud83d", "null", "1", "\0", "\u001b[31m", "\ud83d\ude00", new string('[', 70), new string('x', 3_000),
    ];

    [TestCase(2)]
    [TestCase(10)]
    public async Task A_model_that_shows_signs_of_life_is_waited_for(int minutes)
    {
        var (model, time) = (new ScriptedModel(), new FakeTimeProvider());
        var reading = new ModelReader(model, Errors(), TimeSpan.FromMinutes(minutes), time).ReadAsync(Request(), growing: null, default);

        for (var i = 0; i < 20; i++)
        {
            time.Advance(TimeSpan.FromMinutes(minutes) - TimeSpan.FromSeconds(1));
            await model.SayAsync(ModelChunk.Life);
        }

        await model.SayAsync(new ModelChunk("At last.", ModelFinish.Complete));
        model.End();
        Assert.That((await reading.WaitAsync(Soon)).Text, Is.EqualTo("At last."));
    }

    [TestCase(false, """{"choices":[{"delta":{"tool_calls":[{"index":0,"id":"call_1","function":{"name":"look","arguments":""}}]}}]}""")]
    [TestCase(false, """{"choices":[{"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\"path\":"}}]}}]}""")]
    [TestCase(false, """{"choices":[{"delta":{"function_call":{"arguments":"x"}}}]}""")]
    [TestCase(true, """{"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"toolu_1","name":"look","input":{}}}""")]
    [TestCase(true, """{"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{\"path\":"}}""")]
    [TestCase(true, """{"type":"content_block_start","index":1,"content_block":{"type":"server_tool_use","id":"srvtoolu_1","name":"web_search","input":{}}}""")]
    public async Task A_model_that_is_busy_with_a_tool_is_alive_for_its_agents_idle_time(bool anthropic, string told)
    {
        var (model, time) = (new ScriptedModel(), new FakeTimeProvider());
        var reading = new ModelReader(model, Errors(), TimeSpan.FromMinutes(2), time).ReadAsync(Request(), growing: null, default, idle: TimeSpan.FromMinutes(1));
        var received = new ServerEvent(null, Encoding.UTF8.GetBytes(told));

        for (var i = 0; i < 5; i++)
        {
            time.Advance(TimeSpan.FromSeconds(50));
            await model.SayAsync(anthropic ? new AnthropicReply().Read(received) : new OpenAiReply().Read(received));
        }

        Assert.That(reading.IsCompleted, Is.False);
        time.Advance(TimeSpan.FromSeconds(61));
        Assert.That(Assert.ThrowsAsync<StepFailedException>(async () => await reading.WaitAsync(Soon))!.Code, Is.EqualTo("model_silent"));
    }

    [TestCase(2)]
    [TestCase(10)]
    [TestCase(45)]
    public async Task A_silent_model_is_given_up_when_the_time_that_was_set_is_over(int minutes)
    {
        var (model, time) = (new ScriptedModel(), new FakeTimeProvider());
        var reading = new ModelReader(model, Errors(), TimeSpan.FromMinutes(minutes), time).ReadAsync(Request(), growing: null, default);
        await model.SayAsync(new ModelChunk("Well, "));

        time.Advance(TimeSpan.FromMinutes(minutes) - TimeSpan.FromSeconds(1));
        Assert.That(reading.IsCompleted, Is.False);
        time.Advance(TimeSpan.FromSeconds(2));

        Assert.That(Assert.ThrowsAsync<StepFailedException>(async () => await reading.WaitAsync(Soon))!.Code, Is.EqualTo("model_silent"));
    }

    [Test]
    public async Task An_agent_may_allow_its_model_to_be_silent_for_another_time_and_is_told_which_setting_that_was()
    {
        var (model, time) = (new ScriptedModel(), new FakeTimeProvider());
        var reading = new ModelReader(model, Errors(), TimeSpan.FromMinutes(2), time).ReadAsync(Request(), growing: null, default, idle: TimeSpan.FromMinutes(20));
        await model.SayAsync(new ModelChunk("Well, "));

        time.Advance(TimeSpan.FromMinutes(19));
        Assert.That(reading.IsCompleted, Is.False);
        time.Advance(TimeSpan.FromMinutes(2));

        var failure = Assert.ThrowsAsync<StepFailedException>(async () => await reading.WaitAsync(Soon))!;
        Assert.That((failure.Code, failure.Message), Is.EqualTo(("model_silent", "The endpoint http://models.example/ said nothing for 00:20:00. A slow model needs a longer configuration.turn_idle_timeout.")));
    }

    [Test]
    public async Task A_turn_that_never_ends_is_ended_once_and_for_all()
    {
        var time = new FakeTimeProvider();
        using var slots = new TurnSlots(1, time);
        var turn = slots.RunAsync<string>(TurnLimits.Default, async within =>
        {
            await Task.Delay(Timeout.Infinite, within);
            return "";
        }, default);
        time.Advance(TurnLimits.Default.Longest + TimeSpan.FromSeconds(1));

        var failure = Assert.ThrowsAsync<StepFailedException>(async () => await turn.WaitAsync(Soon))!;

        Assert.That((failure.Code, failure.NonRetryable), Is.EqualTo(("turn_timed_out", true)));
        Assert.That(await slots.RunAsync(TurnLimits.Default, _ => Task.FromResult("next"), default), Is.EqualTo("next"));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void Whatever_comes_is_a_reply_or_a_failure_of_bounded_length_that_can_be_kept(bool anthropic) => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(10_000),
        Prop.ForAll(Answers().ToArbitrary(), answer =>
        {
            var reader = new ModelReader(new BytesModel(answer.Bytes, answer.Size, anthropic), Errors(), Soon, TimeProvider.System);
            try
            {
                var reply = reader.ReadAsync(Request(), growing: null, default).GetAwaiter().GetResult();
                return IsValid(reply.Text, AgentReply.MaxLength) && reply.Usage is null or { InputTokens: >= 0, OutputTokens: >= 0 };
            }
            catch (StepFailedException failure)
            {
                return IsValid(failure.Message, 1_000) && failure.Code.StartsWith("model_", StringComparison.Ordinal) || failure.Code is "content_filtered" or "context_overflow";
            }
        }));

    [Test]
    public void Whatever_an_error_says_it_is_a_failure_of_bounded_length_that_can_be_kept() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(10_000),
        Prop.ForAll(
            (from answer in Answers() from status in Gen.Choose(300, 599) select (answer, status)).ToArbitrary(),
            made => IsValid(Errors().From(ServerError.Read(made.status, Encoding.UTF8.GetString(made.answer.Bytes)) with { Elsewhere = Encoding.Latin1.GetString(made.answer.Bytes) }).Message, 1_000)));

    // Pieces of answers, now and then with bytes that are no text, as they come: in parts of any size.
    private static Gen<(byte[] Bytes, int Size)> Answers() =>
        from parts in Gen.ArrayOf(Gen.Frequency(
            (6, Gen.Elements(Fragments).Select(Encoding.UTF8.GetBytes)),
            (1, Gen.Elements(Fragments).Select(fragment => Encoding.UTF8.GetBytes(fragment)[..^1])),
            (1, ArbMap.Default.GeneratorFor<byte[]>()),
            (3, Gen.Constant("\n\ndata: "u8.ToArray()))))
        from size in Gen.Choose(1, 300)
        select (parts.SelectMany(part => part).ToArray(), size);

    private static bool IsValid(string text, int most)
    {
        var strict = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
        return strict.GetByteCount(text) >= 0 && text.Length <= most && !text.Contains('\0');
    }

    private static ModelErrors Errors() => OpenAiModels.ErrorsOf(new ModelSettings { OpenAiBaseUrl = new Uri("http://models.example") });

    private static ModelRequest Request() => new("some/model", "You are tested.", [new(false, "first")], MaxOutputTokens: null);

    private abstract class Model : IModelClient
    {
        public string Provider => "openai";

        public string? WhyUnavailable => null;

        public bool IsPaid => false;

        public int ContextTokens => 8_192;

        public TurnExtras Takes => TurnExtras.None;

        public IReadOnlyList<string> Suggestions => [];

        public Task<JsonElement> ListAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public abstract IAsyncEnumerable<ModelChunk> StreamAsync(ModelRequest request, CancellationToken cancellationToken);
    }

    /// <summary>Says what a test says, and tells when that was heard.</summary>
    private sealed class ScriptedModel : Model
    {
        private readonly Channel<ModelChunk> _chunks = Channel.CreateUnbounded<ModelChunk>();
        private readonly Channel<bool> _heard = Channel.CreateUnbounded<bool>();

        public async Task SayAsync(ModelChunk chunk)
        {
            _chunks.Writer.TryWrite(chunk);
            await _heard.Reader.ReadAsync().AsTask().WaitAsync(Soon);
        }

        public void End() => _chunks.Writer.Complete();

        public override async IAsyncEnumerable<ModelChunk> StreamAsync(ModelRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await foreach (var chunk in _chunks.Reader.ReadAllAsync(cancellationToken))
            {
                yield return chunk;
                _heard.Writer.TryWrite(true);
            }
        }
    }

    /// <summary>Answers with bytes, so many at a time.</summary>
    private sealed class BytesModel(byte[] bytes, int size, bool anthropic) : Model
    {
        public override async IAsyncEnumerable<ModelChunk> StreamAsync(ModelRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            var (one, other) = (new OpenAiReply(), new AnthropicReply());
            await using var stream = new Slices(bytes, size);
            await foreach (var received in ModelHttp.ReadAsync(stream, cancellationToken))
            {
                yield return anthropic ? other.Read(received) : one.Read(received);
                if (one.HasEnded || other.HasEnded)
                {
                    yield break;
                }
            }
        }
    }

    private sealed class Slices(byte[] bytes, int size) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => base.ReadAsync(buffer[..Math.Min(size, buffer.Length)], cancellationToken);
    }
}
