using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using OpenClaw.Data;
using OpenClaw.Data.Notices;
using OpenClaw.Jobs.Engine;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;
using OpenClaw.Web.Gateway.Connections;
using OpenClaw.Web.Gateway.Methods;
using OpenClaw.Web.Security;
using GatewayClient = OpenClaw.Tests.Gateway.Support.GatewayClient;

namespace OpenClaw.Tests.Web;

/// <summary>Two teams and those who run the service, each with a key: every list, count, event and error of one shows nothing of another.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed class TeamTests
{
    private static readonly string[] Teams = ["blue", "red", "admin"];

    private readonly Dictionary<string, (HttpClient Api, string Key, Guid Agent, Guid Workflow)> _teams = [];
    private RunningService _service = null!;

    [OneTimeSetUp]
    public async Task Give_each_team_a_key_and_something_of_everything()
    {
        _service = await RunningService.StartAsync();
        foreach (var team in Teams)
        {
            var made = await _service.Api.PostAsync("/api/v1/keys", new { name = $"key-of-{team}", scopes = new[] { "admin" }, owner = team });
            Assert.That(made.Status, Is.EqualTo(HttpStatusCode.Created), made.Body.ToString());
            var api = Client(made.Text("key")!);
            var agent = await api.ProvisionAsync($"agent-of-{team}");
            await api.PostAsync($"/api/v1/agents/{agent}/message", new { id = "first", content = $"secret-of-{team}" });
            await api.PostAsync($"/api/v1/agents/{agent}/heartbeat");
            await api.PostAsync($"/api/v1/agents/{agent}/questions", new { question = $"secret-of-{team}?", choices = new[] { "yes", "no" } });
            await api.CallAsync(HttpMethod.Put, "/api/v1/budgets", Json($$"""{"agent_id":"{{agent}}","period":"day","hard":"5.00"}"""), []);
            await api.PostAsync("/api/v1/brakes", new { agent_id = await api.ProvisionAsync($"braked-of-{team}") });
            await api.PostAsync("/api/v1/commands", new { text = $"pause agent-of-{team}x" });
            var failed = await api.PostAsync("/api/v1/agents/provision", new { name = $"failed-of-{team}", model = "nobody/knows" });
            _teams[team] = (api, made.Text("key")!, agent, failed.Id("workflow_uuid"));
            await using var client = await ConnectAsync(team);
            await client.CallAsync("messages.send", new JsonObject { ["to"] = $"client:inbox-of-{team}", ["content"] = $"secret-of-{team}" });
            await client.CallAsync("cron.add", JsonNode.Parse($$$"""{"name":"prompt-of-{{{team}}}","agentId":"{{{agent}}}","schedule":{"kind":"cron","expr":"0 8 * * *"},"payload":{"kind":"agentTurn","message":"secret-of-{{{team}}}"},"enabled":false}"""));
        }
    }

    [OneTimeTearDown]
    public async Task Stop_the_service() => await _service.DisposeAsync();

    [TestCaseSource(nameof(Teams))]
    public async Task Nothing_that_can_be_read_shows_a_word_of_another_team(string team)
    {
        var paths = _service.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") is true)
            // Keys and the log of who did what are shown to those who run the service for all teams; so are metrics, and the counts that they are made of.
            .Where(endpoint => !HouseGuard.IsOfHouseAlone(endpoint) && endpoint.RoutePattern.RawText is { } pattern && !pattern.Contains("/keys", StringComparison.Ordinal) && !pattern.Contains("dashboard/live", StringComparison.Ordinal))
            .Select(endpoint => $"/{endpoint.RoutePattern.RawText!.TrimStart('/')}").Distinct().ToList();
        Assert.That(paths, Has.Count.GreaterThan(40));
        foreach (var other in Teams.Where(other => other != team))
        {
            foreach (var path in paths.Select(path => path.Replace("{id:guid}", $"{_teams[other].Agent}").Replace("{id}", $"{_teams[other].Agent}").Replace("{uuid:guid}", $"{_teams[other].Workflow}").Replace("{uuid}", $"{_teams[other].Workflow}")))
            {
                var (status, text) = await ReadAsync(team, path);

                // What was asked for by its id is quoted.
                Assert.That(text, Does.Not.Contain($"-of-{other}"), $"{team}: {path}");
                if (path.Contains($"{_teams[other].Agent}", StringComparison.Ordinal) || path.Contains($"{_teams[other].Workflow}", StringComparison.Ordinal))
                {
                    Assert.That(status, Is.EqualTo(404), $"{team}: {path}");
                }
                else
                {
                    Assert.That(text, Does.Not.Contain($"{_teams[other].Agent}").And.Not.Contain($"{_teams[other].Workflow}"), $"{team}: {path}");
                }
            }
        }

        Assert.That((await ReadAsync(team, "/dashboard/agents")).Text, Does.Contain($"agent-of-{team}"));
        Assert.That((await ReadAsync(team, "/api/v1/workflows/failed")).Text, Does.Contain($"{_teams[team].Workflow}"));
    }

    [TestCaseSource(nameof(Teams))]
    public async Task No_method_of_the_gateway_shows_or_changes_a_word_of_another_team(string team)
    {
        await using var client = await ConnectAsync(team);
        var other = Teams[(Array.IndexOf(Teams, team) + 1) % Teams.Length];
        var name = (await _service.Database.TextAsync($"SELECT openclaw_session_key FROM openclaw.agents WHERE id = '{_teams[other].Agent}'")).Replace("agent:web:", "", StringComparison.Ordinal);
        var before = await StateAsync(other);
        var given = JsonNode.Parse(
            $$"""
            {"agentId":"{{name}}","sessionKey":"agent:{{name}}:main","key":"agent:{{name}}:main","message":"hello","content":"hello","to":"agent:{{name}}","text":"hello","id":"{{await PromptAsync(other)}}",
             "workflowUuid":"{{_teams[other].Workflow}}","step":"validate","runId":"first","idempotencyKey":"any-{{team}}","patch":{"enabled":true},"label":"mine","turnId":"{{_teams[other].Workflow}}:deliver"}
            """)!.AsObject();
        foreach (var method in _service.Services.GetRequiredService<GatewayMethods>().Names.Where(method => method is not ("agents.create" or "set-heartbeats" or "logs.tail" or "send") && !method.StartsWith("audit.", StringComparison.Ordinal)))
        {
            // What was asked for is quoted.
            var answer = (await client.RequestAsync(method, await AcceptedAsync(client, method, given))).ToJsonString().Replace(name, "", StringComparison.Ordinal);

            Assert.That(answer, Does.Not.Contain($"-of-{other}").And.Not.Contain($"{_teams[other].Agent}"), $"{team}: {method}");
            if (team != "admin" && RequestRunner.IsOfHouseAlone(method))
            {
                Assert.That(answer, Does.Contain("OF_THE_SERVICE").Or.Contain("unauthorized role"), method);
            }
        }

        Assert.That(await StateAsync(other), Is.EqualTo(before));
    }

    [TestCaseSource(nameof(Teams))]
    public async Task No_event_of_one_team_is_heard_by_another(string team)
    {
        var listeners = new List<(string Team, GatewayClient Client)>();
        foreach (var one in Teams)
        {
            var client = await ConnectAsync(one);
            await client.CallAsync("sessions.subscribe", new JsonObject());
            var session = await _service.Database.TextAsync($"SELECT 'agent:' || replace(openclaw_session_key, 'agent:web:', '') || ':main' FROM openclaw.agents WHERE id = '{_teams[team].Agent}'");
            await client.RequestAsync("sessions.messages.subscribe", new JsonObject { ["key"] = session });
            listeners.Add((one, client));
        }

        var own = listeners.Single(listener => listener.Team == team).Client;
        var run = Guid.NewGuid().ToString();
        await own.CallAsync("agent", new JsonObject { ["agentId"] = $"{_teams[team].Agent}", ["message"] = $"secret-of-{team}", ["idempotencyKey"] = run });
        var job = await own.CallAsync("cron.add", JsonNode.Parse($$$"""{"name":"event-of-{{{team}}}","agentId":"{{{_teams[team].Agent}}}","schedule":{"kind":"cron","expr":"0 8 * * *"},"payload":{"kind":"agentTurn","message":"secret-of-{{{team}}}"}}"""));
        await own.CallAsync("cron.run", new JsonObject { ["id"] = (string)job["id"]! });
        await _teams[team].Api.PostAsync($"/api/v1/agents/{_teams[team].Agent}/heartbeat");
        foreach (var name in new[] { "agent", "chat", "cron", "heartbeat" })
        {
            await Eventually.That(() => own.Events(name).Any(), Is.True, TimeSpan.FromSeconds(20));
        }

        await Eventually.That(() => own.Events("cron").Any(heard => (string?)heard["payload"]!["action"] == "finished"), Is.True, TimeSpan.FromSeconds(20));
        foreach (var (other, client) in listeners.Where(listener => listener.Team != team))
        {
            // What was told before is there when this is answered.
            await client.CallAsync("health", new JsonObject());
            var heard = string.Join('\n', client.Received.Where(frame => frame["event"] is not null).Select(frame => frame.ToJsonString()));
            Assert.That(heard, Does.Not.Contain($"-of-{team}").And.Not.Contain($"{_teams[team].Agent}").And.Not.Contain(run), other);
            Assert.That(client.Events("agent").Concat(client.Events("chat")).Concat(client.Events("cron")).Concat(client.Events("heartbeat")), Is.Empty, other);
        }

        foreach (var (_, client) in listeners)
        {
            await client.DisposeAsync();
        }
    }

    [Test]
    public async Task What_is_of_the_whole_service_is_for_those_who_run_it()
    {
        var endpoints = _service.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(HouseGuard.IsOfHouseAlone).ToList();
        Assert.That(endpoints, Has.Count.GreaterThan(10));
        foreach (var endpoint in endpoints)
        {
            var method = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods[0] ?? "GET";
            var path = $"/{endpoint.RoutePattern.RawText!.TrimStart('/')}".Replace("{**path}", "", StringComparison.Ordinal).Replace("{id:guid}", $"{Guid.Empty}", StringComparison.Ordinal).Replace("{id}", "any", StringComparison.Ordinal);
            var answer = await _teams["blue"].Api.CallAsync(new HttpMethod(method), path, method == "GET" ? null : Json("{}"), []);
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Forbidden), $"{method} {path}: {answer.Body}");
        }

        var refused = await _teams["blue"].Api.GetJsonAsync("/api/v1/audit");
        Assert.That((refused.Text("code"), refused.Text("detail")), Is.EqualTo(("of_the_service", "This is of the whole service, and you are of blue: those who run the service see and change it.")));
        Assert.That((await _teams["admin"].Api.GetJsonAsync("/api/v1/audit")).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await _teams["blue"].Api.GetJsonAsync("/health")).Body.EnumerateObject().Count(), Is.EqualTo(1), "Others see the one word that strangers see.");
    }

    [Test]
    public async Task A_team_makes_keys_of_its_own_and_the_house_of_all()
    {
        var blue = _teams["blue"].Api;
        var foreign = await blue.PostAsync("/api/v1/keys", new { name = "sneaky", scopes = new[] { "read" }, owner = "red" });
        Assert.That((foreign.Status, foreign.Body.ToString()), Is.EqualTo((HttpStatusCode.UnprocessableEntity, foreign.Body.ToString())));
        Assert.That(foreign.Body.GetProperty("errors").GetProperty("owner")[0].GetString(), Is.EqualTo("You make keys of blue alone; those who run the service make keys of other owners."));
        foreach (var owner in new[] { "", "Blue", "a b", "-a", "a-", "owner:red", new string('a', 41), "ä" })
        {
            Assert.That((await _service.Api.PostAsync("/api/v1/keys", new { name = "no", scopes = new[] { "read" }, owner })).Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity), owner);
        }

        Assert.That((await _service.Api.PostAsync("/api/v1/keys", new { name = "no", scopes = new[] { "metrics" }, owner = "red" })).Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That((await _service.Api.PostAsync("/api/v1/keys", new { name = "no", scopes = new[] { "read" }, owner = "red", agents = new[] { _teams["blue"].Agent } })).Status, Is.EqualTo(HttpStatusCode.NotFound));
        var made = await blue.PostAsync("/api/v1/keys", new { name = "ci", scopes = new[] { "read" } });
        Assert.That(made.Text("owner"), Is.EqualTo("blue"));
        Assert.That(await _teams["red"].Api.GetStringAsync("/api/v1/keys"), Does.Not.Contain("key-of-blue").And.Not.Contain("\"ci\""));
        Assert.That((await _teams["red"].Api.CallAsync(HttpMethod.Delete, $"/api/v1/keys/{made.Text("id")}", null, [])).Status, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await _service.Api.GetStringAsync("/api/v1/keys"), Does.Contain("key-of-blue").And.Contain("key-of-red"));
        Assert.That((await _service.Api.CallAsync(HttpMethod.Delete, $"/api/v1/keys/{made.Text("id")}", null, [])).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Two_teams_use_the_same_names_and_ids_and_neither_learns_of_the_other()
    {
        var (blue, red) = (_teams["blue"], _teams["red"]);
        var (first, second) = (await blue.Api.ProvisionAsync("same"), await red.Api.ProvisionAsync("same"));
        foreach (var (api, agent, text) in new[] { (blue.Api, first, "of blue"), (red.Api, second, "of red") })
        {
            Assert.That((await api.PostAsync($"/api/v1/agents/{agent}/message", new { id = "same", content = text })).Status, Is.EqualTo(HttpStatusCode.Accepted).Or.EqualTo(HttpStatusCode.OK));
        }

        // A name that anybody may take belongs to who took the id first; the other is told no more than that.
        var taken = await blue.Api.PostAsync($"/api/v1/agents/{first}/message", new { id = "taken", from = "robot", content = "of blue" });
        Assert.That((int)taken.Status, Is.LessThan(300), taken.Body.ToString());
        var refused = await red.Api.PostAsync($"/api/v1/agents/{second}/message", new { id = "taken", from = "robot", content = "of red" });
        Assert.That((refused.Text("code"), refused.Body.ToString().Contains("blue", StringComparison.Ordinal)), Is.EqualTo(("message_id_reused", false)));
        var (theirs, nobodys) = (await CompleteAsync(red.Api, $"openclaw/{first}"), await CompleteAsync(red.Api, $"openclaw/{Guid.Empty}"));
        Assert.That((theirs.Status, theirs.Body.ToString().Replace($"{first}", $"{Guid.Empty}")), Is.EqualTo((nobodys.Status, nobodys.Body.ToString())));
    }

    [Test]
    public async Task Where_the_service_forgets_to_ask_whose_a_row_is_the_database_shows_and_changes_a_team_s_own_alone()
    {
        var contexts = _service.Services.GetRequiredService<IDbContextFactory<OpenClawDbContext>>();
        var workflows = _service.Services.GetRequiredService<WorkflowQueries>();
        var all = await LookAsync();
        using (TeamScope.Enter("red", reads: true))
        {
            Assert.That(await LookAsync(), Is.EqualTo(all.Where(line => line.EndsWith("|red", StringComparison.Ordinal))).And.Not.Empty);
            Assert.That(await workflows.StepsAsync(_teams["blue"].Workflow, default), Is.Empty);
            Assert.That(await workflows.StepsAsync(_teams["red"].Workflow, default), Is.Not.Empty);
        }

        using (TeamScope.Enter("red", reads: false))
        {
            Assert.That(await LookAsync(), Is.EqualTo(all), "Of what may change something, transactions alone.");
            using (AmbientTransaction.Begin())
            {
                await using var db = await contexts.CreateDbContextAsync();
                Assert.That(await db.Agents.ExecuteUpdateAsync(set => set.SetProperty(agent => agent.Name, "changed")), Is.EqualTo(await db.Agents.CountAsync(agent => agent.UserId == "red")));
                Assert.That(await db.Agents.Where(agent => agent.Id == _teams["blue"].Agent).ExecuteDeleteAsync(), Is.Zero);
                Assert.That(() => db.Agents.ExecuteUpdateAsync(set => set.SetProperty(agent => agent.UserId, "blue")), Throws.InstanceOf<PostgresException>().With.Property("SqlState").EqualTo("42501"));
            }

            using (AmbientTransaction.Begin())
            {
                await using var db = await contexts.CreateDbContextAsync();
                db.NoticeRules.Add(new NoticeRules { Owner = "blue" });
                Assert.That(() => db.SaveChangesAsync(), Throws.InstanceOf<DbUpdateException>());
            }
        }

        Assert.That(await LookAsync(), Is.EqualTo(all), "Nothing of it is left in a session.");

        async Task<List<string>> LookAsync()
        {
            var lines = new List<string>();
            await using var db = await contexts.CreateDbContextAsync();
            foreach (var (table, owner) in TeamRole.Guarded.Where(guarded => guarded.Owner is not null))
            {
                var sql = $"SELECT DISTINCT '{table}|' || {owner} AS \"Value\" FROM {table} WHERE {owner} IS NOT NULL ORDER BY 1";
                lines.AddRange(await db.Database.SqlQueryRaw<string>(sql).ToListAsync());
            }

            return lines;
        }
    }

    [Test]
    public async Task Every_table_that_has_an_owner_is_guarded_by_the_database_too() =>
        Assert.That(
            await _service.Database.LinesAsync(
                $"""
                SELECT c.table_schema || '.' || c.table_name FROM information_schema.columns c
                WHERE c.column_name = 'owner' AND c.table_schema LIKE 'openclaw%'
                    AND NOT EXISTS (SELECT FROM pg_policies p WHERE (p.schemaname, p.tablename, p.policyname) = (c.table_schema, c.table_name, '{TeamRole.Name}'))
                """),
            Is.EqualTo(new[] { "openclaw.browser_sessions" }), "These are read before it is known whose request it is.");

    private async Task<(int Status, string Text)> ReadAsync(string team, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd(path.StartsWith("/api", StringComparison.Ordinal) ? "application/json" : "text/html,*/*;q=0.1");
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var answer = await _teams[team].Api.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, deadline.Token);
        return ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType == "text/event-stream" ? "" : await answer.Content.ReadAsStringAsync(deadline.Token));
    }

    private static Task<Answer> CompleteAsync(HttpClient api, string model) => api.PostAsync("/v1/chat/completions", new { model, messages = new[] { new { role = "user", content = "hello" } } });

    private Task<string> PromptAsync(string team) => _service.Database.TextAsync($"SELECT id::text FROM openclaw.scheduled_prompts WHERE name = 'prompt-of-{team}'");

    private Task<List<string>> StateAsync(string team) => _service.Database.LinesAsync(
        $"""
        SELECT 'agent', id::text, name, status, heartbeat_enabled::text FROM openclaw.agents WHERE user_id = '{team}'
        UNION ALL SELECT 'workflow', workflow_uuid::text, status, coalesce(cancel_requested_at::text, ''), '' FROM openclaw_system.workflow_status WHERE owner = '{team}' AND name NOT IN ('send_notification', 'route_message')
        UNION ALL SELECT 'message', id::text, content, '', '' FROM openclaw_system.notifications WHERE owner = '{team}' AND recipient NOT LIKE 'owner:%' AND sender NOT LIKE 'agent:%'
        UNION ALL SELECT 'session', key, coalesce(label, ''), session_id::text, '' FROM openclaw.sessions JOIN openclaw.agents a ON a.id = agent_id AND a.user_id = '{team}'
        UNION ALL SELECT 'prompt', p.id::text, p.name, p.enabled::text, '' FROM openclaw.scheduled_prompts p JOIN openclaw.agents a ON a.id = p.agent_id AND a.user_id = '{team}'
        ORDER BY 1, 2
        """);

    private HttpClient Client(string key)
    {
        var client = _service.Client();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    private async Task<GatewayClient> ConnectAsync(string team)
    {
        var client = await GatewayClient.OpenAsync(_service.Address);
        var hello = await client.RequestAsync("connect", GatewayClient.Connect(["operator.admin"], _teams[team].Key));
        Assert.That((bool)hello["ok"]!, Is.True, hello.ToJsonString());
        return client;
    }

    private static StringContent Json(string text) => new(text, new MediaTypeHeaderValue("application/json"));

    // Objects are closed: what a method does not know is taken out until it takes the rest.
    private static async Task<JsonObject> AcceptedAsync(GatewayClient client, string method, JsonObject given)
    {
        var parameters = (JsonObject)given.DeepClone();
        while ((string?)(await client.RequestAsync(method, parameters))["error"]?["message"] is { } message && message.Split("unexpected property '") is [_, var rest] && parameters.Remove(rest.TrimEnd('\'')))
        {
        }

        return parameters;
    }
}
