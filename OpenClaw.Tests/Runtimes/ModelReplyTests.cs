using System.Text.Json.Nodes;
using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Jobs.Runtimes;
using OpenClaw.Jobs.Runtimes.Models;
using OpenClaw.Tests.Runtimes.Support;
using OpenClaw.Tests.Support;

namespace OpenClaw.Tests.Runtimes;

/// <summary>What each vendor's answers, good and bad, become.</summary>
[TestFixture("openai")]
[TestFixture("anthropic")]
public sealed class ModelReplyTests(string provider)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private FakeProvider _provider = null!;

    private Dialect Dialect => provider == "openai" ? Dialect.OpenAi : Dialect.Anthropic;

    [SetUp]
    public async Task Start_the_provider() => _provider = await FakeProvider.StartAsync();

    [TearDown]
    public async Task Stop_the_provider() => await _provider.DisposeAsync();

    [Test]
    public async Task A_reply_is_told_piece_by_piece_and_says_what_it_took()
    {
        var pieces = new List<string>();
        _provider.Answer(async call =>
        {
            await call.BeginAsync("Once ", "upon ");
            await call.SayAsync("a time");
        });

        var reply = await AskAsync(growing: new Pieces(pieces));

        Assert.That(reply, Is.EqualTo(new TurnReply("Once upon a time", new TurnUsage(11, 7))));
        Assert.That(pieces.Where(piece => piece.Length > 0), Is.EqualTo(new[] { "Once ", "upon ", "a time" }));
        var asked = _provider.Calls.Single();
        Assert.That((asked.Model, asked.System), Is.EqualTo(("some/model", "You are tested.")));
        Assert.That(asked.Messages, Is.EqualTo(new[] { "user: first", "assistant: second", "user: third" }));
    }

    [Test]
    public async Task Pictures_go_along_with_the_messages_that_have_them_in_the_vendors_form()
    {
        ModelMessage[] messages =
        [
            new(false, "what is it?") { Pictures = [new("image/png", "iVBORw0KGgo="), new("image/webp", "UklGRg==")] }, new(true, "A cat."),
            new(false, "and this?") { Pictures = [new("image/jpeg", "/9j/4A==")] },
        ];

        await AskAsync(messages: messages);

        string[] expected = provider == "openai"
            ? ["""[{"type":"text","text":"what is it?"},{"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0KGgo="}},{"type":"image_url","image_url":{"url":"data:image/webp;base64,UklGRg=="}}]""",
               """[{"type":"text","text":"and this?"},{"type":"image_url","image_url":{"url":"data:image/jpeg;base64,/9j/4A=="}}]"""]
            : ["""[{"type":"text","text":"what is it?"},{"type":"image","source":{"type":"base64","media_type":"image/png","data":"iVBORw0KGgo="}},{"type":"image","source":{"type":"base64","media_type":"image/webp","data":"UklGRg=="}}]""",
               """[{"type":"text","text":"and this?"},{"type":"image","source":{"type":"base64","media_type":"image/jpeg","data":"/9j/4A=="}}]"""];
        var sent = _provider.Calls.Single().Body["messages"]!.AsArray().Where(message => (string?)message!["role"] == "user").Select(message => message!["content"]).ToList();
        Assert.That(sent.Zip(expected, (content, wanted) => JsonNode.DeepEquals(content, JsonNode.Parse(wanted))), Is.EqualTo(new[] { true, true }), string.Join('\n', sent));
    }

    [Test]
    public async Task A_conversation_that_begins_with_the_agents_words_begins_with_a_persons_where_the_vendor_wants_that()
    {
        await AskAsync(messages: [new(true, "Good morning!"), new(false, "hello"), new(false, "anybody there?")]);

        Assert.That(_provider.Calls.Single().Messages, Is.EqualTo(provider == "openai"
            ? new[] { "assistant: Good morning!", "user: hello", "user: anybody there?" }
            : ["user: [What was said before is left out.]", "assistant: Good morning!", "user: hello\n\nanybody there?"]));
    }

    [TestCase(429, "rate_limit", "7", "model_busy", false)]
    [TestCase(503, "overloaded", "7", "model_failed", false)]
    [TestCase(500, "server_error", null, "model_failed", false)]
    [TestCase(401, "invalid_api_key", null, "model_unauthorized", true)]
    [TestCase(404, "model_not_found", null, "model_not_found", true)]
    [TestCase(400, "context_length_exceeded", null, "context_overflow", true)]
    [TestCase(413, "request_too_large", null, "context_overflow", true)]
    [TestCase(400, "content_filter", null, "content_filtered", true)]
    [TestCase(400, "bad_parameter", null, "model_refused", true)]
    [TestCase(429, "insufficient_quota", null, "model_quota_used_up", true)]
    public void An_error_says_what_to_do_and_whether_trying_again_helps(int status, string code, string? retryAfter, string expected, bool final)
    {
        _provider.Answer(call => call.FailAsync(status, "the provider's words", code, retryAfter));

        var failure = FailureOf(AskAsync());

        Assert.That((failure.Code, failure.NonRetryable), Is.EqualTo((expected, final)));
        Assert.That(failure.RetryAfter, Is.EqualTo(retryAfter is null ? (TimeSpan?)null : TimeSpan.FromSeconds(7)));
        Assert.That(_provider.Calls, Has.Count.EqualTo(1), "Retries are the workflow's.");
    }

    [Test]
    public void A_wrong_key_is_answered_with_the_settings_name()
    {
        _provider.Answer(call => call.FailAsync(401, "Incorrect API key provided"));

        Assert.That(FailureOf(AskAsync()).Message, Does.Contain(provider == "openai" ? "OPENAI_API_KEY" : "ANTHROPIC_API_KEY").And.Contain("Incorrect API key provided"));
    }

    [Test]
    public void A_hung_stream_is_given_up_and_the_request_with_it()
    {
        var gone = new Signal();
        _provider.Answer(async call =>
        {
            await call.BeginAsync("Once");
            await call.HangAsync();
            gone.SetResult();
        });

        var failure = FailureOf(AskAsync(patience: TimeSpan.FromMilliseconds(500)));

        Assert.That((failure.Code, failure.NonRetryable), Is.EqualTo(("model_silent", false)));
        Assert.That(async () => await gone.Task.WaitAsync(Patience), Throws.Nothing);
    }

    [Test]
    public void A_model_that_never_begins_is_given_up()
    {
        _provider.Answer(call => call.HangAsync());

        Assert.That(FailureOf(AskAsync(patience: TimeSpan.FromMilliseconds(500))).Code, Is.EqualTo("model_silent"));
    }

    [Test]
    public async Task Cancelling_reaches_the_request()
    {
        var (begun, gone) = (new Signal(), new Signal());
        _provider.Answer(async call =>
        {
            begun.SetResult();
            await call.HangAsync();
            gone.SetResult();
        });
        using var cancellation = new CancellationTokenSource();

        var asking = AskAsync(cancellationToken: cancellation.Token);
        await begun.Task.WaitAsync(Patience);
        await cancellation.CancelAsync();

        Assert.That(async () => await asking, Throws.InstanceOf<OperationCanceledException>());
        await gone.Task.WaitAsync(Patience);
    }

    [Test]
    public void A_stream_that_is_cut_is_asked_again()
    {
        // Cut when the first words have come: before, it would be a connection that failed.
        var heard = new Signal();
        _provider.Answer(async call =>
        {
            await call.BeginAsync("Once ");
            await heard.Task.WaitAsync(Patience);
            call.Context.Abort();
        });

        Assert.That(FailureOf(AskAsync(growing: new Heard(heard))).Code, Is.EqualTo("model_cut"));
    }

    [Test]
    public void A_stream_that_ends_without_saying_so_is_asked_again()
    {
        _provider.Answer(call => call.BeginAsync("Once "));

        Assert.That(FailureOf(AskAsync()).Code, Is.EqualTo("model_cut"));
    }

    [TestCase("invalid_request_error", "prompt is too long: 200679 tokens > 199999 maximum", "context_overflow", true)]
    [TestCase("overloaded_error", "Overloaded", "model_failed", false)]
    [TestCase("rate_limit_error", "slower, please", "model_busy", false)]
    [TestCase("authentication_error", "invalid x-api-key", "model_unauthorized", true)]
    [TestCase("api_error", "Internal server error", "model_failed", false)]
    [TestCase("brand_new_error", "nobody has seen it before", "model_failed", false)]
    public void An_error_within_the_stream_is_told_with_its_words_and_its_type_decides(string type, string words, string code, bool final)
    {
        _provider.Answer(async call =>
        {
            await call.BeginAsync("Once ");
            await call.WriteAsync($"event: error\ndata: {{\"type\":\"error\",\"error\":{{\"type\":\"{type}\",\"message\":\"{words}\"}}}}\n\n");
        });

        var failure = FailureOf(AskAsync());

        Assert.That((failure.Code, failure.NonRetryable), Is.EqualTo((code, final)));
        Assert.That(failure.Message, Does.Contain(words));
    }

    [TestCase("brand_new_reason")]
    [TestCase("pause_turn")]
    [TestCase("")]
    public async Task A_reply_that_ends_for_a_reason_of_the_servers_own_is_taken(string reason)
    {
        _provider.Answer(call => call.SayAsync("all of it", reason));

        Assert.That((await AskAsync()).Text, Is.EqualTo("all of it"));
    }

    [TestCase(429, true)]
    [TestCase(503, true)]
    [TestCase(502, true)]
    [TestCase(529, true)]
    [TestCase(500, false)]
    [TestCase(400, false)]
    public void A_server_that_is_not_ready_is_told_from_one_that_fails(int status, bool isOutage)
    {
        _provider.Answer(call => call.FailAsync(status, "the words"));

        Assert.That(FailureOf(AskAsync()).IsOutage, Is.EqualTo(isOutage));
    }

    [Test]
    public void Invalid_json_is_asked_again()
    {
        _provider.Answer(async call =>
        {
            await call.BeginAsync("Once ");
            await call.WriteAsync(provider == "openai" ? "data: {\"id\": oops\n\n" : "event: content_block_delta\ndata: {\"type\": oops\n\n");
        });

        var failure = FailureOf(AskAsync());

        Assert.That((failure.Code, failure.NonRetryable), Is.EqualTo(("model_garbled", false)));
    }

    [Test]
    public void A_filtered_reply_is_final()
    {
        _provider.Answer(call => call.SayAsync("I should not", Dialect.ContentFilter));

        var failure = FailureOf(AskAsync());

        Assert.That((failure.Code, failure.NonRetryable), Is.EqualTo(("content_filtered", true)));
    }

    [Test]
    public void An_empty_reply_is_asked_again()
    {
        _provider.Answer(call => call.SayAsync(""));

        Assert.That(FailureOf(AskAsync()).Code, Is.EqualTo("model_said_nothing"));
    }

    [Test]
    public void An_endpoint_is_named_without_the_secrets_in_its_address()
    {
        var address = new Uri("https://me:secret@models.example/v1?key=secret");
        var settings = new ModelSettings { OpenAiBaseUrl = address, AnthropicBaseUrl = address };

        var failure = (provider == "openai" ? OpenAiModels.ErrorsOf(settings) : AnthropicModels.ErrorsOf(settings)).Cut();

        Assert.That(failure.Message, Does.StartWith("The endpoint https://models.example/v1 broke"));
    }

    [Test]
    public async Task An_endpoint_that_is_not_there_is_named()
    {
        var address = _provider.Address;
        await _provider.DisposeAsync();

        var failure = FailureOf(AskAsync(address));

        Assert.That((failure.Code, failure.NonRetryable, failure.IsOutage), Is.EqualTo(("model_unreachable", false, true)));
        Assert.That(failure.Message, Does.Contain(address.Authority).And.Contain("BASE_URL"));
    }

    private static StepFailedException FailureOf(Task asking) => Assert.ThrowsAsync<StepFailedException>(async () => await asking)!;

    private async Task<TurnReply> AskAsync(
        Uri? address = null, TimeSpan? patience = null, IProgress<string>? growing = null, ModelMessage[]? messages = null, CancellationToken cancellationToken = default)
    {
        address ??= _provider.Address;
        var settings = new ModelSettings { OpenAiBaseUrl = new Uri(address, "/v1"), AnthropicBaseUrl = address, AnthropicApiKey = "key" };
        var errors = provider == "openai" ? OpenAiModels.ErrorsOf(settings) : AnthropicModels.ErrorsOf(settings);
        IModelClient client = provider == "openai" ? new OpenAiModels(settings, TimeProvider.System) : new AnthropicModels(settings, TimeProvider.System);
        using var disposed = client as IDisposable;
        var request = new ModelRequest("some/model", "You are tested.", messages ?? [new(false, "first"), new(true, "second"), new(false, "third")], null);
        return await new ModelReader(client, errors, patience ?? Patience, TimeProvider.System).ReadAsync(request, growing, cancellationToken);
    }

    private sealed class Heard(TaskCompletionSource heard) : IProgress<string>
    {
        public void Report(string value)
        {
            if (value.Length > 0)
            {
                heard.TrySetResult();
            }
        }
    }

    private sealed class Pieces(List<string> pieces) : IProgress<string>
    {
        public void Report(string value) => pieces.Add(value);
    }
}
