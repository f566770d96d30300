using System.Text;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Web.Api;
using OpenClaw.Web.Mcp.Serving;
using OpenClaw.Web.Security;
using OpenClaw.Web.Security.Keys;

namespace OpenClaw.Tests.Mcp;

/// <summary>Whatever the REST API does some tool does, and asks for the same.</summary>
public sealed partial class ToolTests
{
    // Where there is no tool, and why.
    private static readonly Dictionary<string, string> NoTools = new()
    {
        ["GET /runs/{id}/stream"] = "a stream: read_message tells what came of it",
        ["GET /audit/export"] = "a stream: list_audit tells the same by pages",
        ["GET /conversations"] = "for clients of the DBOS version: list_messages has what was said",
        ["GET /conversations/{id}/messages"] = "the same",
    };

    [Test]
    public void Every_action_of_the_REST_API_is_a_tool_that_needs_what_the_action_needs()
    {
        var actions = Service.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => Route(endpoint).StartsWith(ApiComposition.Root + "/", StringComparison.Ordinal))
            .SelectMany(endpoint => endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods, (endpoint, method) => (Name: $"{method} {Route(endpoint)[ApiComposition.Root.Length..]}", Method: method, Endpoint: endpoint))
            .DistinctBy(action => action.Name).ToDictionary(action => action.Name);
        var tools = Service.Services.GetRequiredService<ToolServer>().Tools.SelectMany(tool => tool.Rest, (tool, action) => (Tool: tool, Action: action)).ToList();

        Assert.That(actions.Keys.Except(tools.Select(pair => pair.Action)).Except(NoTools.Keys), Is.Empty, "Each is a tool's (Tool.Rest), or stands above with a reason.");
        Assert.That(tools.Select(pair => pair.Action).Concat(NoTools.Keys).Except(actions.Keys), Is.Empty, "There is no such action any more.");
        Assert.Multiple(() =>
        {
            foreach (var (tool, name) in tools)
            {
                var (_, method, endpoint) = actions[name];
                Assert.That((tool.Scope, tool.IsOfHouse), Is.EqualTo((KeyGuard.ScopeOf(endpoint, method), HouseGuard.IsOfHouseAlone(endpoint))), $"{tool.Name}: {name}");
                Assert.That(tool.IsOfAgents || !name.Contains("/agents/{id}", StringComparison.Ordinal), $"{tool.Name}: a key for some agents may do {name}.");
                Assert.That(tool.IsDangerous || method != "DELETE", $"{tool.Name} ends something, and asks nobody.");
                Assert.That(tool.IsDangerous, Is.EqualTo(tool.Arguments.Contains(ToolArgument.Confirm)), $"{tool.Name}: who asks takes the answer.");
            }
        });
    }

    [Test]
    public async Task Every_tool_that_reads_answers_in_8_KiB()
    {
        await using var client = await ConnectAsync();

        foreach (var tool in Service.Services.GetRequiredService<ToolServer>().Tools.Where(tool => tool.IsReading && !tool.Arguments.Any(argument => argument.IsRequired) && tool.Name != "why"))
        {
            var (isError, text) = await client.AskAsync(tool.Name);
            Assert.That((isError, Encoding.UTF8.GetByteCount(text) <= 8 * 1024), Is.EqualTo((false, true)), $"{tool.Name}: {text}");
        }
    }

    [Test]
    public async Task Subscriptions_are_made_changed_and_ended_when_a_person_says_so()
    {
        await using var silent = await ConnectAsync();
        await using var client = await ConnectAsync(() => true);

        Assert.That((await silent.RefusedAsync("add_subscription", ("url", "https://example.com/hook"))).Detail, Does.StartWith("Events (all) are to be posted to https://example.com/hook from now on"));
        Assert.That((await client.RefusedAsync("add_subscription", ("url", "http://10.0.0.1/"))).Detail, Does.Contain("url must be an https address"));
        var made = await client.GetAsync("add_subscription", ("url", "https://example.com/hook"), ("events", new[] { "workflow.failed" }), ("description", "by mcp"));
        var id = made.GetProperty("id").GetString();
        Assert.That(made.GetProperty("secret").GetString(), Does.StartWith("whsec_"));
        var listed = (await client.GetAsync("list_subscriptions")).GetProperty("subscriptions").EnumerateArray().Single(row => row.GetProperty("id").GetString() == id);
        Assert.That((listed.GetProperty("description").GetString(), listed.TryGetProperty("secret", out _)), Is.EqualTo(("by mcp", false)), "It is told once.");

        Assert.That((await client.GetAsync("change_subscription", ("subscription", id), ("enabled", false))).GetProperty("state").GetString(), Is.EqualTo("disabled"));
        Assert.That((await client.GetAsync("replay_subscription", ("subscription", id), ("from", "2026-01-31T08:00:00Z"))).GetProperty("state").GetString(), Is.EqualTo("active"));
        Assert.That((await client.GetAsync("rotate_subscription", ("subscription", id))).GetProperty("secret").GetString(), Is.Not.EqualTo(made.GetProperty("secret").GetString()));
        Assert.That((await client.RefusedAsync("send_refused_event", ("subscription", id), ("sequence", 7))).Code, Is.EqualTo("event_not_found"));
        Assert.That((await client.GetAsync("delete_subscription", ("subscription", id))).GetProperty("id").GetString(), Is.EqualTo(id));
        Assert.That((await client.RefusedAsync("get_subscription", ("subscription", id))).Code, Is.EqualTo("subscription_not_found"));
        Assert.That(client.Questions[^1], Does.StartWith($"The subscription of https://example.com/hook ({id}) is to end"));
        Assert.That(
            await Service.Database.TextAsync($"SELECT string_agg(actor || ' ' || action, ',' ORDER BY id) FROM openclaw.audit_log WHERE subject = 'subscription:{id}'"),
            Is.EqualTo("mcp subscription.create,mcp subscription.update,mcp subscription.replay,mcp subscription.rotate,mcp subscription.delete"));
    }

    [Test]
    public async Task Keys_and_limits_on_money_are_a_persons_to_give_and_to_take()
    {
        await AgentAsync("who spends", "local/echo");
        await using var client = await ConnectAsync();
        await using var reader = await Support.McpConnection.OpenAsync(Service.Address, await KeyAsync("mcp, no admin", "write"));

        Assert.That((await reader.RefusedAsync("list_keys")).Code, Is.EqualTo("missing_scope"));
        Assert.That((await client.RefusedAsync("create_key", ("name", "by mcp"), ("scopes", new[] { "read" }))).Detail, Does.StartWith("A key \"by mcp\" is to be made that allows read for all agents, until it is revoked. Its secret will stand in this conversation."));
        Assert.That((await client.RefusedAsync("create_key", ("name", "by mcp"), ("scopes", new[] { "read" }), ("agents", new[] { "Ada" }))).Detail, Is.EqualTo("agents[0] must be a uuid."));
        Assert.That((await client.RefusedAsync("create_key", ("name", "by mcp"), ("scopes", new[] { "read" }), ("expires_at", "soon"))).Detail, Is.EqualTo("expires_at must be a time such as 2030-01-31T08:00:00Z."));
        var key = await client.GetAsync("create_key", ("name", "by mcp"), ("scopes", new[] { "read" }), ("confirm", true));
        var id = key.GetProperty("id").GetString();
        await using (var opened = await Support.McpConnection.OpenAsync(Service.Address, key.GetProperty("key").GetString()!))
        {
            Assert.That((await opened.GetAsync("list_agents")).TryGetProperty("agents", out _), Is.True);
        }

        Assert.That((await client.AskAsync("list_keys")).Text, Does.Contain("by mcp").And.Not.Contain(key.GetProperty("key").GetString()));
        Assert.That((await client.RefusedAsync("rotate_key", ("key", id), ("overlap", "31d"))).Detail, Is.EqualTo("overlap must be an interval from 0s to 30d, such as 24h."));
        Assert.That((await client.GetAsync("rotate_key", ("key", id), ("confirm", true))).GetProperty("key").GetString(), Is.Not.EqualTo(key.GetProperty("key").GetString()));
        Assert.That((await client.GetAsync("revoke_key", ("key", id), ("confirm", true))).TryGetProperty("revoked_at", out _), Is.True);

        Assert.That((await client.RefusedAsync("set_budget", ("agent", "who spends"), ("period", "day"), ("hard", -1))).Detail, Does.Contain("hard must be an amount in USD above 0"));
        Assert.That((await client.RefusedAsync("set_budget", ("agent", "who spends"), ("period", "day"), ("hard", 4.5))).Detail, Does.StartWith("The agent \"who spends\" is to have a budget of the day: hard 4.5"));
        var budget = (await client.GetAsync("set_budget", ("agent", "who spends"), ("period", "day"), ("hard", 4.5), ("confirm", true))).GetProperty("id").GetString();
        Assert.That((await client.GetAsync("list_budgets")).GetProperty("budgets").EnumerateArray().Select(row => row.GetProperty("id").GetString()), Does.Contain(budget));
        Assert.That((await client.RefusedAsync("remove_budget", ("budget", budget))).Code, Is.EqualTo("confirmation_needed"));
        Assert.That((await client.AskAsync("remove_budget", ("budget", budget), ("confirm", true))).Text, Is.EqualTo($"The budget {budget} is taken away."));
        Assert.That((await client.GetAsync("set_price", ("model", "mcp/tests*"), ("input", 1), ("output", 2.5), ("confirm", true))).GetProperty("output").GetDecimal(), Is.EqualTo(2.5m));
        Assert.That((await client.GetAsync("spending", ("by", "agent"))).GetProperty("currency").GetString(), Is.EqualTo("USD"));
        Assert.That((await client.RefusedAsync("spending", ("from", "soon"))).Detail, Is.EqualTo("from must be a day such as 2026-01-31."));
    }

    [Test]
    public async Task Schedules_questions_and_commands_in_words_are_seen_to()
    {
        var agent = await AgentAsync("who is asked for", "local/echo");
        await using var client = await ConnectAsync();

        var schedule = (await client.GetAsync("add_schedule", ("agent", agent), ("name", "hourly"), ("message", "m"), ("every", "1h"), ("overlap", "skip"), ("idempotency_key", "hourly-once"))).GetProperty("id").GetString();
        Assert.That((await client.GetAsync("add_schedule", ("agent", agent), ("name", "hourly"), ("message", "m"), ("every", "1h"), ("overlap", "skip"), ("idempotency_key", "hourly-once"))).GetProperty("id").GetString(), Is.EqualTo(schedule));
        Assert.That((await client.GetAsync("change_schedule", ("schedule", schedule), ("enabled", false))).GetProperty("enabled").GetBoolean(), Is.False);
        Assert.That((await client.GetAsync("run_schedule", ("schedule", schedule))).TryGetProperty("message_id", out _), Is.True);
        Assert.That((await client.GetAsync("get_schedule", ("schedule", schedule))).GetProperty("overlap").GetString(), Is.EqualTo("skip"));
        Assert.That((await client.GetAsync("list_schedule_runs", ("schedule", schedule))).GetProperty("runs").GetArrayLength(), Is.Zero);

        var asked = await client.GetAsync("ask_question", ("agent", agent), ("question", "May I?"), ("choices", new[] { "Yes", "No" }), ("key", "once"));
        Assert.That((await client.GetAsync("get_question", ("question", asked.GetProperty("id").GetString()))).GetProperty("state").GetString(), Is.EqualTo("open"));

        Assert.That((await client.RefusedAsync("run_command", ("text", "help"))).Detail, Does.StartWith("This is to be done as if you had written it: help"));
        Assert.That((await client.GetAsync("run_command", ("text", "help"), ("confirm", true))).GetProperty("outcome").GetString(), Is.EqualTo("answered"));
        Assert.That((await client.GetAsync("set_notice_rules", ("digest_after", 5))).GetProperty("digest_after").GetInt32(), Is.EqualTo(5));
        Assert.That((await client.RefusedAsync("read_contact", ("number", "+491700000000"))).Code, Is.EqualTo("contact_not_found"));
    }

    [Test]
    public async Task Many_workflows_are_changed_at_once_and_an_agent_made_first_is_started_later()
    {
        var failed = await FailedWorkflowAsync("of many at once");
        await using var client = await ConnectAsync();

        (string, object?)[] change = [("action", "resume"), ("workflow_uuids", new[] { failed })];
        Assert.That((await client.RefusedAsync("change_workflows", ("action", "end"), ("workflow_uuids", new[] { failed }))).Detail, Is.EqualTo("action must be one of cancel, resume, recover, fork."));
        Assert.That((await client.RefusedAsync("change_workflows", change)).Detail, Does.StartWith("1 workflow is to be changed at once: resume."));
        Assert.That((await client.GetAsync("change_workflows", [.. change, ("confirm", true)])).GetProperty("accepted").GetInt32(), Is.EqualTo(1));
        Assert.That((await client.GetAsync("workflow_log", ("workflow", failed))).GetProperty("events").EnumerateArray().Select(entry => entry.GetProperty("kind").GetString()), Does.Contain("resumed"));

        var made = (await client.GetAsync("create_agent", ("name", "made first"), ("model", "local/echo"))).GetProperty("agent");
        Assert.That(made.GetProperty("status").GetString(), Is.EqualTo("provisioning"));
        await DoneAsync(client, await client.GetAsync("start_agent", ("agent", made.GetProperty("id").GetString())));
        Assert.That((await client.GetAsync("get_agent", ("agent", "made first"))).GetProperty("agent").GetProperty("status").GetString(), Is.EqualTo("running"));
    }

    private static string Route(RouteEndpoint endpoint) => "/" + endpoint.RoutePattern.RawText!.Trim('/');
}
