using OpenClaw.Jobs.Runtimes;
using OpenClaw.Jobs.Runtimes.Models;
using OpenClaw.Tests.Runtimes.Support;

namespace OpenClaw.Tests.Runtimes;

/// <summary>Servers that speak OpenAI's protocol each in a way of their own.</summary>
public sealed class ServerVarietyTests : ModelServerTests
{
    [TestCase("""data: {"error":{"message":"input does not fit: 9000 tokens given, context size is 8192","type":"invalid_request_error","code":400}}""", "context_overflow", true)]
    [TestCase("""data: {"object":"error","message":"the words","type":"BadRequestError","code":400}""", "model_refused", true)]
    [TestCase("event: error\ndata: {\"error\":{\"message\":\"the words\",\"code\":503}}", "model_failed", false)]
    [TestCase("event: error\ndata: the words", "model_failed", false)]
    [TestCase("""error: {"code":429,"message":"the words","type":"rate_limit_error"}""", "model_busy", false)]
    [TestCase("""data: {"error":"the words","error_type":"overloaded"}""", "model_failed", false)]
    [TestCase("""data: {"id":"c","choices":[{"index":0,"delta":{"content":""},"finish_reason":"error"}],"error":{"code":402,"message":"the words"}}""", "model_quota_used_up", true)]
    [TestCase("""data: {"error":{"message":"the words","type":"authentication_error"}}""", "model_unauthorized", true)]
    [TestCase("""data: [{"error":{"code":404,"message":"the words","status":"NOT_FOUND"}}]""", "model_not_found", true)]
    [TestCase("""{"error":"the words"}""", "model_failed", false)]
    [TestCase("""data: {"detail":"the words"}""", "model_failed", false)]
    public void An_error_after_the_first_words_has_the_servers_words_and_its_code_decides(string line, string code, bool final)
    {
        Provider.Answer(async call =>
        {
            await call.BeginAsync("Well, ");
            await call.WriteAsync($"{line}\n\n");
        });

        var failure = FailureOf(AskAsync());

        Assert.That((failure.Code, failure.NonRetryable), Is.EqualTo((code, final)));
        Assert.That(failure.Message, Does.Contain("the words").Or.Contain("9000 tokens given"));
    }

    [TestCase("""{"error":"Unexpected endpoint or method. (POST /chat/completions)"}""", "model_not_found", "OPENAI_BASE_URL", "Unexpected endpoint")]
    [TestCase("""{"error":{"message":"the words"}}""", "model_refused", "OPENAI_BASE_URL", "the words")]
    [TestCase("""{"error":{"message":"Invalid API Key","code":401}}""", "model_unauthorized", "OPENAI_API_KEY", "Invalid API Key")]
    [TestCase("""{"error":{"message":"The model is being loaded, the words"}}""", "model_busy", "", "the words")]
    [TestCase("""{"message":"no Route matched with those values"}""", "model_refused", "OPENAI_BASE_URL", "no Route matched")]
    [TestCase("""{"detail":"Not Found"}""", "model_not_found", "OPENAI_BASE_URL", "Not Found")]
    [TestCase("<!DOCTYPE html><html><head><title>Open WebUI</title></head><body>Sign in</body></html>", "model_not_found", "OPENAI_BASE_URL", "Open WebUI")]
    [TestCase("""{"status":"ok"}""", "model_refused", "OPENAI_BASE_URL", "ok")]
    [TestCase("404 page not found\n", "model_not_found", "OPENAI_BASE_URL", "404 page not found")]
    [TestCase("Ollama is running", "model_refused", "OPENAI_BASE_URL", "Ollama is running")]
    [TestCase("Error: upstream: the words\r\nTry again later.", "model_busy", "", "the words Try again later.")]
    [TestCase("null", "model_refused", "OPENAI_BASE_URL", "null")]
    [TestCase("\"the words\"", "model_refused", "OPENAI_BASE_URL", "the words")]
    public void What_comes_with_200_and_is_no_reply_is_told_once_and_for_all_with_its_words(string body, string code, string advice, string words)
    {
        Provider.Answer(call => call.WriteAsync(body));

        var failure = FailureOf(AskAsync());

        Assert.That(failure.Code, Is.EqualTo(code));
        Assert.That(failure.NonRetryable, Is.EqualTo(code != "model_busy"));
        Assert.That(failure.Message, Does.Contain(advice).And.Contain(words));
    }

    [TestCase("eos")]
    [TestCase("stop_sequence")]
    [TestCase("end_turn")]
    [TestCase("")]
    [TestCase("tool_calls")]
    [TestCase("\ud83d\ude00")]
    public async Task A_reply_that_ends_with_a_word_of_the_servers_own_is_taken(string finish)
    {
        Provider.Answer(call => call.SayAsync("A complete answer.", finish));

        Assert.That((await AskAsync()).Text, Is.EqualTo("A complete answer."));
    }

    [TestCase("data: [DONE]")]
    [TestCase("data:[DONE]\n\ndata: {\"error\":\"too late\"}")]
    public async Task A_reply_that_ends_without_a_reason_is_taken_when_the_stream_says_that_it_is_done(string end)
    {
        Provider.Answer(async call =>
        {
            await call.BeginAsync("A complete answer.");
            await call.WriteAsync($"{end}\n\n");
        });

        Assert.That((await AskAsync()).Text, Is.EqualTo("A complete answer."));
    }

    [TestCase("""{"role":"developer","content":"Yes."}""")]
    [TestCase("""{"role":"model","content":[{"type":"thinking","thinking":[{"type":"text","text":"Hm."}]},{"type":"text","text":"Yes."}]}""")]
    [TestCase("""{"content":null,"refusal":"Yes."}""")]
    [TestCase("""{"content":"Yes.","reasoning_content":"Hm.","reasoning":"Hm.","reasoning_details":[{"text":"Hm."}],"new":{"a":[1]}}""")]
    [TestCase("""{"content":"<think>Hm.</think>\n\nYes."}""")]
    public async Task Roles_parts_and_fields_of_a_servers_own_are_no_hindrance(string delta)
    {
        Provider.Answer(call => call.WriteAsync($"data: {{\"choices\":[{{\"delta\":{delta}}}]}}\r\n\r\ndata: {{\"choices\":[{{\"delta\":{{}},\"finish_reason\":\"stop\"}}]}}\r\n\r\n"));

        Assert.That((await AskAsync()).Text, Is.EqualTo("Yes."));
    }

    [TestCase("""{"id":"c","choices":[{"index":0,"message":{"role":"assistant","content":"Yes."},"finish_reason":"stop"}],"usage":{"prompt_tokens":11,"completion_tokens":7}}""")]
    [TestCase("\ufeff {\"choices\":[{\"message\":{\"content\":\"Yes.\"}}],\"error\":null,\"usage\":{\"prompt_tokens\":11,\"completion_tokens\":7}}")]
    public async Task A_reply_in_one_document_is_taken(string document)
    {
        Provider.Answer(call => call.WriteAsync(document));

        Assert.That(await AskAsync(), Is.EqualTo(new TurnReply("Yes.", new TurnUsage(11, 7))));
    }

    [Test]
    public async Task A_character_in_two_chunks_is_one_and_half_a_character_is_replaced()
    {
        Provider.Answer(async call =>
        {
            await call.WriteAsync("""data: {"choices":[{"delta":{"content":"by escapes \ud83d"}}]}""" + "\n\n" + """data: {"choices":[{"delta":{"content":"\ude00, half \ud83d"}}]}""" + "\n\n");
            await call.WriteAsync([.. "data: {\"choices\":[{\"delta\":{\"content\":\", by bytes "u8, 0xF0, 0x9F]);
            await call.WriteAsync([.. "\"}}]}\n\ndata: {\"choices\":[{\"delta\":{\"content\":\""u8, 0x98, 0x80, (byte)'"']);
            await call.WriteAsync("},\"finish_reason\":\"stop\"}]}\n\n");
        });

        Assert.That((await AskAsync()).Text, Is.EqualTo("by escapes \ud83d\ude00, half \ufffd, by bytes \ud83d\ude00"));
    }

    [Test]
    public async Task Comments_and_thoughts_are_signs_of_life()
    {
        using var client = new OpenAiModels(Settings(), TimeProvider.System);
        var heard = new SemaphoreSlim(0);
        Provider.Answer(async call =>
        {
            foreach (var sign in (string[])[": still working\n\n", "data: {\"choices\":[{\"delta\":{\"reasoning_content\":\"Hm.\"}}]}\n\n", "event: ping\ndata: ping\n\n", ": half a com"])
            {
                await call.WriteAsync(sign);
                Assert.That(await heard.WaitAsync(Patience), Is.True, sign);
            }

            await call.WriteAsync("ment\n\n");
            await call.SayAsync("Done thinking.");
        });

        var said = "";
        await foreach (var chunk in client.StreamAsync(Request(), default))
        {
            said += chunk.Text;
            heard.Release();
        }

        Assert.That(said, Is.EqualTo("Done thinking."));
    }

    [TestCase("max_tokens", "max_completion_tokens")]
    [TestCase("max_tokens, max_completion_tokens", null)]
    [TestCase("stream_options", "max_tokens")]
    [TestCase("stream_options, max_tokens", "max_completion_tokens")]
    public async Task A_field_that_a_server_refuses_is_left_out_and_stays_out(string refused, string? limit)
    {
        var fields = refused.Split(", ");
        Provider.Answer(call => call.Fields.FirstOrDefault(fields.Contains) is { } field
            ? call.FailAsync(422, new { detail = new[] { new { loc = new[] { "body", field }, msg = "extra fields not permitted" } } })
            : call.SayAsync("Hello."));
        using var client = new OpenAiModels(Settings(), TimeProvider.System);

        if (limit is null)
        {
            var failure = FailureOf(AskAsync(client, maxOutputTokens: 50));
            Assert.That((failure.Code, failure.NonRetryable, failure.Message.Contains("body.max_completion_tokens: extra fields", StringComparison.Ordinal)), Is.EqualTo(("model_refused", true, true)), "A limit that somebody set is not dropped.");
            return;
        }

        Assert.That((await AskAsync(client, maxOutputTokens: 50)).Text, Is.EqualTo("Hello."));
        Assert.That(Provider.Calls.Last().Fields, Has.Member(limit).And.No.Member(fields[0]).And.No.Member(fields[^1]));
        var asked = Provider.Calls.Count;
        await AskAsync(client, maxOutputTokens: 50);
        Assert.That(Provider.Calls, Has.Count.EqualTo(asked + 1), "It is remembered.");
    }

    [TestCase(400, "this model's template knows no system messages")]
    [TestCase(500, "System role not supported")]
    [TestCase(400, "Unsupported value: 'messages[0].role' does not support 'system' with this model.")]
    [TestCase(400, "Conversation roles must alternate user/assistant/user/assistant/...")]
    public async Task A_model_without_a_system_role_is_told_its_persona_all_the_same(int status, string words)
    {
        Provider.Answer(call => call.Roles.Contains("system") ? call.FailAsync(status, words) : call.SayAsync("Hello."));

        Assert.That((await AskAsync()).Text, Is.EqualTo("Hello."));
        Assert.That(Provider.Calls, Has.Count.EqualTo(2));
        Assert.That(Provider.Calls.Last().Messages, Is.EqualTo(new[] { "user: You are tested.\n\nfirst", "assistant: second", "user: third" }));
    }

    [Test]
    public async Task What_a_conversation_begins_with_and_who_says_several_things_is_no_hindrance_to_a_model_whose_sides_take_turns()
    {
        Provider.Answer(call => call.Roles.SequenceEqual(["user", "assistant", "user"]) ? call.SayAsync("Hello.") : call.FailAsync(400, "Conversation roles must alternate user/assistant/user/assistant/..."));
        var picture = new Picture("image/png", "iVBORw0KGgo=");

        var request = Request() with { Messages = [new(true, "Good morning!"), new(true, "Anybody there?"), new(false, "look"), new(false, "and answer") { Pictures = [picture] }] };

        Assert.That((await AskAsync(request: request)).Text, Is.EqualTo("Hello."));
        Assert.That(Provider.Calls.Last().Messages, Is.EqualTo(new[] { "user: You are tested.", "assistant: Good morning!\n\nAnybody there?", "user: look\n\nand answer" }));
        Assert.That(Provider.Calls.Last().Body["messages"]![2]!["content"]![1]!["image_url"]!["url"]!.ToString(), Is.EqualTo("data:image/png;base64,iVBORw0KGgo="));
    }

    [Test]
    public async Task A_server_that_does_not_stream_is_asked_for_the_whole_reply()
    {
        Provider.Answer(call => call.Fields.Contains("stream")
            ? call.FailAsync(400, "Your organization must be verified to stream this model.", "unsupported_value")
            : call.WriteAsync("""{"choices":[{"message":{"content":"Yes."},"finish_reason":"stop"}]}"""));

        Assert.That((await AskAsync()).Text, Is.EqualTo("Yes."));
    }

    [Test]
    public void A_reply_that_was_all_thoughts_when_its_tokens_were_used_up_is_not_paid_for_again()
    {
        Provider.Answer(call => call.SayAsync("<think>I think and think", "length"));

        var failure = FailureOf(AskAsync());

        Assert.That((failure.Code, failure.NonRetryable), Is.EqualTo(("model_said_nothing", true)));
        Assert.That(failure.Message, Does.Contain("max_output_tokens"));
    }

    [Test]
    public async Task A_base_url_with_a_path_and_a_query_of_its_own_is_kept()
    {
        Provider.Answer(call => call.SayAsync($"{call.Context.Request.QueryString.Value} {call.Context.Request.Headers.Authorization.Count}"));
        using var client = new OpenAiModels(new ModelSettings { OpenAiBaseUrl = new Uri(Provider.Address, "/v1/?api-version=1") }, TimeProvider.System);

        Assert.That((await AskAsync(client)).Text, Is.EqualTo("?api-version=1 0"), "No key, no header.");
    }
}
