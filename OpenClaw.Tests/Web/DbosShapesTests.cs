using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Jobs.Runtimes;
using OpenClaw.Tests.Engine.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Web;

/// <summary>Requests and answers in the words of the DBOS version, beside our own.</summary>
public sealed class DbosShapesTests
{
    private static readonly (string, string) AtOnce = ("Prefer", "respond-async");

    [TestCase("content")]
    [TestCase("message")]
    [TestCase("content", "message")]
    public async Task A_message_is_read_by_either_name_and_by_both_when_they_agree(params string[] names)
    {
        var api = (await SharedService.GetAsync()).Api;
        var agent = await api.ProvisionAsync();

        var answer = await api.PostAsync($"/api/v1/agents/{agent}/message", names.ToDictionary(name => name, _ => "hello"));

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.OK), answer.Body.ToString());
        Assert.That(answer.Body.GetProperty("message").GetProperty("content").GetString(), Is.EqualTo("hello"));
        Assert.That(answer.Text("response"), Is.EqualTo(answer.Body.GetProperty("reply").GetProperty("content").GetString()).And.Contain("hello"));
        Assert.That(answer.Id("message_id"), Is.EqualTo(answer.Body.GetProperty("message").GetProperty("id").GetGuid()));
    }

    [TestCase("hello", "Hello", "message")]
    [TestCase("hello", "", "message")]
    [TestCase("", "hello", "message")]
    [TestCase("hello", "hello ", "message")]
    [TestCase(null, null, "content")]
    [TestCase(null, "", "content")]
    [TestCase(null, "nul \0", "message")]
    public async Task Two_texts_or_none_are_refused_and_nothing_is_kept(string? content, string? message, string field)
    {
        var api = (await SharedService.GetAsync()).Api;
        var agent = await api.ProvisionAsync();

        var answer = await api.PostAsync($"/api/v1/agents/{agent}/message", new { content, message });

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity), answer.Body.ToString());
        Assert.That(answer.ErrorFields, Is.EqualTo(new[] { field }));
        var kept = (await api.GetJsonAsync($"/api/v1/agents/{agent}/messages")).Body.GetProperty("messages").EnumerateArray();
        Assert.That(kept.Select(row => row.GetProperty("to").GetString()), Has.None.StartsWith("agent:"));
    }

    [Test]
    public async Task Who_writes_in_the_other_versions_words_waits_for_a_slow_reply_and_who_does_not_is_told_where_to_look()
    {
        var runtime = new ScriptedRuntime();
        await using var service = await RunningService.StartAsync(services => services.AddSingleton<IAgentRuntime>(runtime));
        var asked = new TaskCompletionSource();
        runtime.Answer("scripted/slow", async (_, cancelled) =>
        {
            await asked.Task.WaitAsync(cancelled);
            return "at last";
        });
        var agent = (await service.Api.CarryOutAsync("/api/v1/agents/provision", new { name = "slow", model = "scripted/slow", heartbeat = new { enabled = false } })).AgentId;

        var page = service.Api.PostAsync($"/api/v1/agents/{agent}/message", new { message = "one" });
        var program = await service.Api.PostAsync($"/api/v1/agents/{agent}/message", new { content = "two" });
        Assert.That(page.IsCompleted, Is.False);
        asked.SetResult();
        var answer = await page;

        Assert.That((answer.Status, answer.Text("response")), Is.EqualTo((HttpStatusCode.OK, "at last")));
        Assert.That((program.Status, program.Text("response")), Is.EqualTo((HttpStatusCode.Accepted, (string?)null)));
    }

    [Test]
    public async Task An_agents_conversation_is_empty_at_first_and_then_tells_what_was_said_last_in_order()
    {
        var api = (await SharedService.GetAsync()).Api;
        var agent = await api.ProvisionAsync();
        var before = await api.GetJsonAsync($"/api/v1/conversations?agent_id={agent}");
        var unsaid = await api.GetJsonAsync($"/api/v1/conversations/{agent}/messages");
        foreach (var text in new[] { "one", "two" })
        {
            await api.PostAsync($"/api/v1/agents/{agent}/message", new { message = text });
        }

        var after = await api.GetJsonAsync($"/api/v1/conversations?agent_id={agent}");
        var said = await api.GetJsonAsync($"/api/v1/conversations/{agent}/messages?limit=3");

        Assert.That((before.Body.GetProperty("total").GetInt32(), unsaid.Body.GetProperty("total").GetInt32()), Is.EqualTo((0, 0)));
        Assert.That(after.Body.GetProperty("conversations")[0].GetProperty("id").GetGuid(), Is.EqualTo(agent));
        Assert.That(said.Body.GetProperty("total").GetInt32(), Is.EqualTo(4));
        Assert.That(
            said.Body.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("role").GetString()), Is.EqualTo(new[] { "assistant", "user", "assistant" }));
        Assert.That(said.Body.GetProperty("messages")[1].GetProperty("content").GetString(), Is.EqualTo("two"));
    }

    [TestCase("", HttpStatusCode.UnprocessableEntity)]
    [TestCase("?agent_id=0190d1c6-7a5b-7c3d-8e4f-5a6b7c8d9e0f", HttpStatusCode.NotFound)]
    [TestCase("/0190d1c6-7a5b-7c3d-8e4f-5a6b7c8d9e0f/messages", HttpStatusCode.NotFound)]
    [TestCase("/0190d1c6-7a5b-7c3d-8e4f-5a6b7c8d9e0f/messages?limit=0", HttpStatusCode.UnprocessableEntity)]
    [TestCase("?workspace_id=1", HttpStatusCode.UnprocessableEntity)]
    public async Task A_conversation_of_no_agent_is_refused(string query, HttpStatusCode status) =>
        Assert.That((await (await SharedService.GetAsync()).Api.GetJsonAsync($"/api/v1/conversations{query}")).Status, Is.EqualTo(status));

    [Test]
    public async Task A_heartbeat_says_how_it_went_whether_it_is_waited_for_or_not()
    {
        var api = (await SharedService.GetAsync()).Api;
        var agent = await api.ProvisionAsync();

        var done = await api.PostAsync($"/api/v1/agents/{agent}/heartbeat");
        var begun = await api.PostAsync($"/api/v1/agents/{agent}/heartbeat", body: null, AtOnce);

        Assert.That((done.Status, done.Text("status"), done.Text("message")), Is.EqualTo((HttpStatusCode.OK, "running", "The heart has beaten.")));
        Assert.That((begun.Status, begun.Text("status"), begun.Id("id")), Is.EqualTo((HttpStatusCode.Accepted, "running", agent)));
        Assert.That(begun.Text("message"), Does.Contain(begun.Text("workflow_uuid")));
        Assert.That(begun.Body.GetProperty("agent").GetProperty("id").GetGuid(), Is.EqualTo(agent));
    }
}
