using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using OpenClaw.Tests.Runtimes.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Gateway;

/// <summary>What is sent to <c>/v1/chat/completions</c> is what the model sees.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed class CompletionTests : ModelFixture
{
    private const string Png = "iVBORw0KGgo=";

    [Test]
    public async Task The_model_sees_the_conversation_that_was_sent_and_nothing_else()
    {
        await ProvisionAsync("reader");
        object[] conversation =
        [
            new { role = "system", content = "Answer in French." }, new { role = "user", content = "My name is Ada." },
            new { role = "assistant", content = "Noted." }, new { role = "user", content = "Who am I?" },
        ];

        await CompleteAsync(new { model = "openclaw/reader", user = "ann", messages = new[] { new { role = "user", content = "of another conversation" } } });
        var answer = await CompleteAsync(new { model = "openclaw/reader", user = "ann", messages = conversation, max_tokens = 7, temperature = 0.5, stop = "END" });

        var call = Provider.Calls.Last();
        Assert.That(call.System, Is.EqualTo("You are kind.\n\nAnswer in French."));
        Assert.That(call.Messages, Is.EqualTo(new[] { "user: My name is Ada.", "assistant: Noted.", "user: Who am I?" }));
        Assert.That(((int)(call.Body["max_completion_tokens"] ?? call.Body["max_tokens"])!, (double)call.Body["temperature"]!, call.Body["stop"]!.ToJsonString()), Is.EqualTo((7, 0.5, "[\"END\"]")));
        Assert.That(answer.Body.GetProperty("choices")[0].GetProperty("finish_reason").GetString(), Is.EqualTo("length"), "It took all the tokens that it might.");
        Assert.That(await Service.Database.TextAsync("SELECT count(*) FROM openclaw.message_contexts"), Is.EqualTo("0"), "Nothing is kept of what was delivered.");
    }

    [Test]
    public async Task One_message_alone_goes_on_with_the_conversation_of_its_user()
    {
        await ProvisionAsync("sticky");

        foreach (var words in new[] { "one", "two" })
        {
            await CompleteAsync(new { model = "openclaw/sticky", user = "ben", messages = new object[] { new { role = "system", content = "Rhyme." }, new { role = "user", content = words } } });
        }

        await CompleteAsync(new { model = "openclaw/sticky", messages = new[] { new { role = "user", content = "three" } } });

        Assert.That(Provider.Calls.ElementAt(1).Messages, Is.EqualTo(new[] { "user: one", "assistant: You said: one", "user: two" }));
        Assert.That(Provider.Calls.ElementAt(1).System, Does.EndWith("Rhyme."));
        Assert.That((Provider.Calls.Last().Messages, Provider.Calls.Last().System), Is.EqualTo((new[] { "user: three" }, "You are kind.")), "One without a user is a conversation of its own.");
    }

    [Test]
    public async Task Pictures_are_passed_on_from_every_door()
    {
        var agent = await ProvisionAsync("sighted");

        await CompleteAsync(new { model = "openclaw/sighted", messages = new[] { new { role = "user", content = new object[] { new { type = "text", text = "what is it?" }, new { type = "image_url", image_url = new { url = $"data:image/png;base64,{Png}" } } } } } });
        var run = await Client.CallAsync("agent", JsonSerializer.SerializeToNode(new
        {
            agentId = agent,
            message = "",
            idempotencyKey = "picture-1",
            attachments = new[] { new { type = "image", mimeType = "image/png", fileName = "a.png", content = Png } },
        }));

        foreach (var call in Provider.Calls)
        {
            Assert.That(call.Body["messages"]!.AsArray()[^1]!["content"]![1]!["image_url"]!["url"]!.ToString(), Is.EqualTo($"data:image/png;base64,{Png}"));
        }

        Assert.That(Provider.Calls, Has.Count.EqualTo(2));
        Assert.That((string?)run["result"]!["payloads"]![0]!["text"], Is.EqualTo("You said: [picture]"));
    }

    [Test]
    public async Task Pictures_are_refused_where_nobody_sees_them()
    {
        var blind = (await Service.Api.CarryOutAsync("/api/v1/agents/provision", new { name = "blind", model = "local/echo" })).AgentId;
        var picture = new { type = "image_url", image_url = new { url = $"data:image/png;base64,{Png}" } };

        var http = await CompleteAsync(new { model = "openclaw/blind", messages = new[] { new { role = "user", content = new object[] { picture } } } });
        var chat = await Client.RequestAsync("chat.send", JsonSerializer.SerializeToNode(new
        {
            sessionKey = $"agent:{blind}:main",
            message = "look",
            idempotencyKey = "blind-1",
            attachments = new[] { new { mimeType = "image/png", content = Png } },
        }));
        var document = await Client.RequestAsync("chat.send", JsonSerializer.SerializeToNode(new
        {
            sessionKey = $"agent:{blind}:main",
            message = "read",
            idempotencyKey = "blind-2",
            attachments = new[] { new { mimeType = "application/pdf", content = "JVBERi0=" } },
        }));
        var large = await CompleteAsync(new { model = "openclaw/blind", messages = new[] { new { role = "user", content = new string('A', 13 * 1024 * 1024) } } });

        Assert.That((http.Status, http.Message), Is.EqualTo((HttpStatusCode.BadRequest, "The agent runs on local/echo, which sees no pictures. Send the message without them, or give the agent a model that sees, such as openai/gpt-4o.")));
        Assert.That((string?)chat["error"]!["message"], Does.Contain("sees no pictures"));
        Assert.That((string?)document["error"]!["message"], Does.Contain("only pictures can be attached"));
        Assert.That((large.Status, large.Message), Is.EqualTo((HttpStatusCode.RequestEntityTooLarge, "The body may have up to 12288 KiB.")));
        Assert.That(await Service.Database.TextAsync($"SELECT count(*) FROM openclaw_system.notifications WHERE recipient = 'agent:{blind}'"), Is.EqualTo("0"));
    }

    [Test]
    public async Task A_stream_tells_what_it_took_when_it_is_asked_to()
    {
        await ProvisionAsync("counting");

        using var answer = await Service.Api.PostAsJsonAsync(
            "/v1/chat/completions", new { model = "agent:counting", stream = true, stream_options = new { include_usage = true }, messages = new[] { new { role = "user", content = "x" } } });
        var text = await answer.Content.ReadAsStringAsync();

        Assert.That(text, Does.Contain("""
            "choices":[],"usage":{"prompt_tokens":11,"completion_tokens":7,"total_tokens":18}}
            """.Trim()).And.EndWith("data: [DONE]\n\n"));
    }

    [Test]
    public async Task A_request_that_is_repeated_with_its_key_is_one_run_and_another_one_under_it_is_refused()
    {
        await ProvisionAsync("keyed");
        var first = await CompleteAsync(new { model = "openclaw/keyed", messages = new[] { new { role = "user", content = "once" } } }, ("Idempotency-Key", "call-7"));
        var again = await CompleteAsync(new { model = "openclaw/keyed", messages = new[] { new { role = "user", content = "once" } } }, ("Idempotency-Key", "call-7"));
        var other = await CompleteAsync(new { model = "openclaw/keyed", messages = new object[] { new { role = "system", content = "Shout." }, new { role = "user", content = "once" } } }, ("Idempotency-Key", "call-7"));

        Assert.That(again.Body.GetProperty("id").GetString(), Is.EqualTo(first.Body.GetProperty("id").GetString()));
        Assert.That(Provider.Calls, Has.Count.EqualTo(1));
        Assert.That(other.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(other.Message, Does.Contain("was used for another message"));
    }

    [Test]
    public async Task An_agent_that_asks_itself_is_refused_and_one_that_asks_another_is_told_on()
    {
        var (first, second) = (await ProvisionAsync("asks itself"), Guid.NewGuid());
        object request = new { model = "agent:asks-itself", messages = new[] { new { role = "user", content = "Well?" } } };

        var led = "";
        Provider.Answer(call =>
        {
            led = call.Context.Request.Headers["x-openclaw-asked-by"].ToString();
            return call.SayAsync("Well.");
        });

        await CompleteAsync(request, ("x-openclaw-asked-by", $"{second}"));
        Assert.That(led, Is.EqualTo($"{second},{first}"));
        var (status, _, message) = await CompleteAsync(request, ("x-openclaw-asked-by", led));
        Assert.That((status, message), Is.EqualTo((HttpStatusCode.BadRequest, "asks itself asks itself through other agents: the server of its model is this service. Give it a model that is another one.")));
    }

    [Test]
    public async Task A_stream_that_broke_off_goes_on_with_what_was_said_when_it_is_asked_for_again()
    {
        var go = new Signal();
        Provider.Answer(async call =>
        {
            await call.BeginAsync("It began, ");
            await go.Task;
            await call.SayAsync("and ended.");
        });
        await ProvisionAsync("long-winded");
        using (var first = await AskAsync())
        {
            await ReadUntilAsync(first, "It began, ");
        }

        using var again = await AskAsync();
        await ReadUntilAsync(again, "It began, ");
        go.SetResult();
        Assert.That(await ReadUntilAsync(again, "[DONE]"), Does.Contain("\"content\":\"and ended.\""));
        Assert.That(Provider.Calls, Has.Count.EqualTo(1));

        async Task<StreamReader> AskAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
            {
                Content = JsonContent.Create(new { model = "agent:long-winded", stream = true, messages = new[] { new { role = "user", content = "x" } } }),
                Headers = { { "Idempotency-Key", "call-of-a-stream" } },
            };
            var answer = await Service.Api.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            return new StreamReader(await answer.Content.ReadAsStreamAsync());
        }

        static async Task<string> ReadUntilAsync(StreamReader stream, string text)
        {
            var read = "";
            while (!read.Contains(text, StringComparison.Ordinal))
            {
                read += await stream.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30)) ?? throw new AssertionException(read);
            }

            return read;
        }
    }

    private async Task<(HttpStatusCode Status, JsonElement Body, string? Message)> CompleteAsync(object request, params (string Name, string Value)[] headers)
    {
        var answer = await Service.Api.PostAsync("/v1/chat/completions", request, headers);
        return (answer.Status, answer.Body, answer.Body.TryGetProperty("error", out var error) ? error.GetProperty("message").GetString() : null);
    }
}
