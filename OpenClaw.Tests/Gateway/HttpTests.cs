using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using FsCheck.Fluent;
using OpenClaw.Tests.Gateway.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Gateway;

/// <summary>The gateway's HTTP beside its WebSocket.</summary>
public sealed class HttpTests : GatewayFixture
{
    [Test]
    public async Task An_agent_is_a_model()
    {
        var agent = await AgentAsync("model agent");

        var models = await Service.Api.GetFromJsonAsync<JsonElement>("/v1/models");
        var answer = await CompleteAsync(new { model = $"openclaw/{agent}", messages = new[] { new { role = "user", content = "hello" } }, user = "ann" });

        Assert.That(models.GetProperty("data").EnumerateArray().Select(model => model.GetProperty("id").GetString()), Is.SupersetOf(new[] { "openclaw", $"openclaw/{agent}" }));
        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.OK), answer.Text);
        Assert.That(
            JsonSerializer.Deserialize<JsonElement>(answer.Text).GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString(),
            Is.EqualTo("echo (no model behind this): hello"));
    }

    [Test]
    public async Task A_streamed_answer_ends_with_done()
    {
        var agent = await AgentAsync("streaming agent");

        var answer = await CompleteAsync(new { model = $"openclaw/{agent}", stream = true, messages = new[] { new { role = "user", content = new[] { new { type = "text", text = "in parts" } } } } });

        Assert.That(answer.Text, Does.StartWith("data: {").And.Contain("in parts").And.EndWith("data: [DONE]\n\n"));
    }

    [Test]
    public async Task What_is_wrong_is_told_in_the_openai_way()
    {
        var unknown = await CompleteAsync(new { model = "openclaw/nope", messages = new[] { new { role = "user", content = "x" } } });
        var empty = await CompleteAsync(new { model = "openclaw" });

        Assert.That((unknown.Status, unknown.Text), Is.EqualTo((HttpStatusCode.BadRequest, """{"error":{"message":"Unknown agent 'nope'.","type":"invalid_request_error"}}""")));
        Assert.That((empty.Status, empty.Text), Is.EqualTo((HttpStatusCode.BadRequest, """{"error":{"message":"messages must be an array of {role, content}.","type":"invalid_request_error"}}""")));
    }

    [Test]
    public async Task Hooks_and_messages_are_stored_and_delivered()
    {
        var agent = await AgentAsync("hooked agent");

        var hook = await Service.Api.PostAsync("/hooks/agent", new { message = "by hook", agentId = agent, sessionKey = "hooks" });
        var wake = await Service.Api.PostAsync("/hooks/wake", new { text = "wake up", agentId = agent });
        var sent = await Service.Api.PostAsync("/messages", new { id = "m-1", from = "someone", to = $"agent:{agent}", content = "by mail" });
        var again = await Service.Api.PostAsync("/messages", new { id = "m-1", from = "someone", to = $"agent:{agent}", content = "by mail" });

        Assert.That((hook.Body.GetProperty("ok").GetBoolean(), wake.Body.GetProperty("mode").GetString()), Is.EqualTo((true, "now")));
        Assert.That((sent.Status, again.Text("id")), Is.EqualTo((HttpStatusCode.Accepted, sent.Text("id"))), "The same sender and id are one message.");
        await Eventually.That(
            () => Service.Database.LinesAsync("SELECT content FROM openclaw_system.notifications WHERE sender LIKE 'agent:%' AND content LIKE '%by %' OR content LIKE 'echo%wake up' ORDER BY 1"),
            Is.EqualTo(new[] { "by hook", "by mail", "wake up" }.Select(text => $"echo (no model behind this): {text}")),
            TimeSpan.FromSeconds(20));
        Assert.That((await Service.Api.PostAsync("/messages", new { to = "agent:nobody", content = "x" })).Status, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await Service.Api.PostAsync("/hooks/agent", new { agentId = agent })).Status, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [TestCase("/v1/chat/completions")]
    [TestCase("/hooks/wake")]
    [TestCase("/hooks/agent")]
    [TestCase("/messages")]
    public async Task Whatever_is_sent_is_answered_and_never_with_a_fault_of_ours(string path)
    {
        var agent = await AgentAsync($"fed by {path}");
        var bodies = JsonSoup.Of("model", "messages", "role", "user", "content", "type", "text", "message", "agentId", "sessionKey", "mode", "to", "from", "id", "metadata", "ttl_seconds", $"openclaw/{agent}", agent, $"agent:{agent}")
            .Generator.Sample(150).Append($$"""{"model":"openclaw/{{agent}}","messages":[{"role":"user","content":"\ud83d"}]}""").ToList();

        var answers = new ConcurrentBag<(int Status, string Body)>();
        await Parallel.ForEachAsync(bodies, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (body, _) =>
        {
            using var answer = await Service.Api.PostAsync(path, new StringContent(body, System.Text.Encoding.UTF8, "application/json"), CancellationToken.None);
            answers.Add(((int)answer.StatusCode, body));
        });

        Assert.That(answers.Where(answer => answer.Status is 500 or 503), Is.Empty);
        Assert.That(answers, Has.Count.EqualTo(bodies.Count));
    }

    [TestCase("/v1/models")]
    [TestCase("/hooks/agent")]
    public async Task Without_the_token_nothing_is_told(string path)
    {
        using var stranger = Service.Client();

        using var answer = await stranger.SendAsync(new HttpRequestMessage(path == "/v1/models" ? HttpMethod.Get : HttpMethod.Post, path) { Content = JsonContent.Create(new { }) });

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    private async Task<(HttpStatusCode Status, string Text)> CompleteAsync(object request)
    {
        using var answer = await Service.Api.PostAsJsonAsync("/v1/chat/completions", request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
