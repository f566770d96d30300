using System.Net;
using System.Net.Http.Headers;
using System.Text;
using OpenClaw.Tests.Mcp.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Mcp;

/// <summary>Who is let in at /mcp, as what, and what is refused before a tool is looked at.</summary>
public sealed class McpDoorTests : McpFixture
{
    private const string Ping = """{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{}}""";

    private const string Initialize =
        """{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{"elicitation":{}},"clientInfo":{"name":"raw","version":"1"}}}""";

    [Test]
    public async Task A_stranger_is_told_to_show_a_token_and_nothing_else()
    {
        var answer = await PostAsync(Ping, key: null);

        Assert.That((answer.Status, answer.Text("code")), Is.EqualTo((HttpStatusCode.Unauthorized, "unauthorized")));
        Assert.That(answer.Response.Headers.WwwAuthenticate.ToString(), Is.EqualTo("Bearer"));
    }

    [TestCase("text/plain")]
    [TestCase("application/x-www-form-urlencoded")]
    public async Task What_is_not_sent_as_JSON_is_refused_as_such(string type)
    {
        var answer = await Service.Api.PostTextAsync("/mcp", Ping, type);

        Assert.That((answer.Status, answer.Text("code")), Is.EqualTo((HttpStatusCode.UnsupportedMediaType, "unsupported_media_type")));
    }

    [TestCase("metrics")]
    [TestCase("hooks")]
    [TestCase("runtime")]
    public async Task A_key_that_may_not_read_is_not_let_in(string scope) =>
        Assert.That((await PostAsync(Ping, await KeyAsync($"mcp {scope}", scope))).Text("code"), Is.EqualTo("missing_scope"));

    [Test]
    public async Task A_key_is_offered_what_it_may_use_and_acts_in_its_own_name()
    {
        await using var reader = await McpConnection.OpenAsync(Service.Address, await KeyAsync("mcp reader", "read"));
        await using var writer = await McpConnection.OpenAsync(Service.Address, await KeyAsync("mcp writer", "write"));

        Assert.That((await reader.ToolsAsync()).Select(tool => tool.Name), Does.Contain("why").And.Not.Contain("provision_agent").And.Not.Contain("delete_schedule"));
        Assert.That(await reader.RefusedAsync("provision_agent", ("name", "x"), ("model", "local/echo")), Is.EqualTo(("missing_scope", "The key \"mcp reader\" has not the scope write.")));
        var agent = (await writer.GetAsync("provision_agent", ("name", "by a key"), ("model", "local/echo"))).GetProperty("agent").GetProperty("id").GetGuid();
        Assert.That(await Service.Database.TextAsync($"SELECT DISTINCT actor FROM openclaw.audit_log WHERE subject = 'agent:{agent}'"), Is.EqualTo("key:mcp writer"));
    }

    [Test]
    public async Task A_key_for_some_agents_sees_those_alone()
    {
        var (mine, other) = (await AgentAsync("mine alone", "local/echo"), await AgentAsync("somebody else's", "local/echo"));
        await using var client = await McpConnection.OpenAsync(Service.Address, await KeyAsync("mcp for one", "write", mine));

        Assert.That((await client.ToolsAsync()).Select(tool => tool.Name), Does.Contain("pause_agent").And.Not.Contain("provision_agent").And.Not.Contain("overview").And.Not.Contain("cancel_workflow"));
        Assert.That((await client.GetAsync("list_agents")).GetProperty("agents").EnumerateArray().Select(agent => agent.GetProperty("id").GetGuid()), Is.EqualTo(new[] { mine }));
        var sent = await client.GetAsync("send_message", ("agent", mine), ("content", "hello"), ("wait_seconds", 50));
        Assert.That(sent.GetProperty("reply").GetString(), Does.EndWith("hello"));
        Assert.That((await client.RefusedAsync("get_agent", ("agent", other))).Code, Is.EqualTo("agent_not_found"));
        Assert.That((await client.RefusedAsync("send_message", ("agent", "somebody else's"), ("content", "hello"))).Code, Is.EqualTo("agent_not_found"));
        Assert.That((await client.RefusedAsync("overview")).Code, Is.EqualTo("key_for_agents"));
        Assert.That((await client.RefusedAsync("list_workflows")).Detail, Is.EqualTo("agent is needed here: the key is for some agents alone."));

        var theirs = await Service.Api.PostAsync($"/api/v1/agents/{other}/message", new { content = "for the other" });
        var (message, workflow) = (theirs.Body.GetProperty("message").GetProperty("id").GetGuid(), theirs.Body.GetProperty("message").GetProperty("workflow_uuid").GetGuid());
        Assert.That((await client.RefusedAsync("read_message", ("message", message))).Code, Is.EqualTo("message_not_found"));
        Assert.That((await client.RefusedAsync("why", ("workflow", workflow))).Code, Is.EqualTo("workflow_not_found"));
        Assert.That((await client.GetAsync("get_workflow", ("workflow", sent.GetProperty("workflow_uuid").GetGuid()))).GetProperty("workflow").GetProperty("agent_id").GetGuid(), Is.EqualTo(mine));
    }

    [Test]
    public async Task A_session_belongs_to_who_began_it_and_outlives_the_process_that_knew_it()
    {
        var (mine, theirs) = (await KeyAsync("session's own", "read"), await KeyAsync("session thief", "read"));
        var begun = await PostAsync(Initialize, mine);
        var session = begun.Response.Headers.GetValues("Mcp-Session-Id").Single();

        Assert.That((int)(await PostAsync(Ping, mine, session)).Status, Is.EqualTo(200));
        Assert.That((int)(await PostAsync(Ping, theirs, session)).Status, Is.EqualTo(403));
        await using var other = await RunningService.StartOnAsync(Service.Database);
        var elsewhere = await PostAsync(Ping, mine, session, other);
        Assert.That((int)elsewhere.Status, Is.EqualTo(200));
        Assert.That(await elsewhere.Response.Content.ReadAsStringAsync(), Does.Contain("list_agents"));
        Assert.That((int)(await PostAsync(Ping, mine, "no session of ours", other)).Status, Is.EqualTo(404));

        var agent = await AgentAsync("of a lost session", "local/echo");
        Assert.That(await (await PostAsync(Call("stop_agent", $"{{\"agent\":\"{agent}\"}}"), await KeyAsync("session's writer", "write"), session[..^2] + "AA", other)).Response.Content.ReadAsStringAsync(), Does.Contain("confirmation_needed"), "Nobody knows whether that client can ask.");
    }

    [TestCase("GET", 405)]
    [TestCase("PUT", 405)]
    public async Task Only_posts_are_taken_and_ends_of_sessions(string method, int status)
    {
        var answer = await Service.Api.CallAsync(new HttpMethod(method), "/mcp", content: null, [("Accept", "text/event-stream")]);

        Assert.That(((int)answer.Status, answer.Text("code")), Is.EqualTo((status, "method_not_allowed")));
    }

    [TestCase("nonsense", 400)]
    [TestCase("""{"jsonrpc":"2.0"}""", 400)]
    [TestCase("", 400)]
    public async Task What_is_no_message_is_refused_and_is_no_error_of_the_service(string body, int status)
    {
        Assert.That((int)(await PostAsync(body, RunningService.Token)).Status, Is.EqualTo(status));
        Assert.That(Errors.Errors.Where(line => line.Contains("Mcp", StringComparison.Ordinal) || line.Contains("/mcp", StringComparison.Ordinal)), Is.Empty);
    }

    [TestCase("get_agent", """{"agent":"\ud800"}""")]
    [TestCase("get_agent", """{"agent":"a\u0000b"}""")]
    [TestCase("get_agent", """{"\udfff":"x"}""")]
    [TestCase("""\ud800""", "{}")]
    public async Task Text_that_cannot_be_kept_is_refused_and_is_no_error_of_the_service(string tool, string arguments)
    {
        var session = (await PostAsync(Initialize, RunningService.Token)).Response.Headers.GetValues("Mcp-Session-Id").Single();

        var answer = await PostAsync(Call(tool, arguments), RunningService.Token, session);

        Assert.That((answer.Status, answer.Text("code")), Is.EqualTo((HttpStatusCode.BadRequest, "bad_request")));
        Assert.That(answer.Text("detail"), Does.Contain("half of an emoji"));
        Assert.That(Errors.Errors.Where(line => line.Contains("Mcp", StringComparison.Ordinal) || line.Contains("/mcp", StringComparison.Ordinal)), Is.Empty);
    }

    private static string Call(string tool, string arguments) =>
        """{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"TOOL","arguments":ARGUMENTS}}""".Replace("TOOL", tool, StringComparison.Ordinal).Replace("ARGUMENTS", arguments, StringComparison.Ordinal);

    private Task<Answer> PostAsync(string body, string? key, string? session = null, RunningService? service = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri((service ?? Service).Address, "/mcp")) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Accept.ParseAdd("application/json, text/event-stream");
        request.Headers.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        if (session is not null)
        {
            request.Headers.TryAddWithoutValidation("Mcp-Session-Id", session);
        }

        return (service ?? Service).Client().CallAsync(request);
    }
}
