using System.Net;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Web.People;

/// <summary>Who is signed in with a browser is held to their role, by every door that a browser has.</summary>
public sealed class RoleTests
{
    private static PeopleSite _site = null!;
    private static Dictionary<string, HttpClient> _browsers = null!;
    private static Guid _agent;

    [OneTimeSetUp]
    public static async Task Start()
    {
        _site = await PeopleSite.StartAsync();
        _agent = await _site.Service.Api.ProvisionAsync("for roles");
        _browsers = new() { ["viewer"] = await _site.SignedInAsync("lookers"), ["operator"] = await _site.SignedInAsync("makers"), ["admin"] = await _site.SignedInAsync("rulers") };
    }

    [OneTimeTearDown]
    public static async Task Stop() => await _site.DisposeAsync();

    [TestCase("GET", "/", "viewer")]
    [TestCase("GET", "/dashboard/agents", "viewer")]
    [TestCase("GET", "/dashboard/agents/AGENT", "viewer")]
    [TestCase("GET", "/dashboard/spending", "viewer")]
    [TestCase("GET", "/dashboard/devices", "viewer")]
    [TestCase("GET", "/api/v1/agents", "viewer")]
    [TestCase("GET", "/metrics", "viewer")]
    [TestCase("GET", "/logout", "viewer")]
    [TestCase("POST", "/dashboard/preferences", "viewer")]
    [TestCase("GET", "/dashboard/agents/new", "operator")]
    [TestCase("POST", "/dashboard/agents", "operator")]
    [TestCase("POST", "/dashboard/agents/AGENT/message", "operator")]
    [TestCase("POST", "/dashboard/agents/AGENT/settings", "operator")]
    [TestCase("POST", "/dashboard/commands", "operator")]
    [TestCase("POST", "/dashboard/notices/rules", "operator")]
    [TestCase("POST", "/api/v1/agents", "operator")]
    [TestCase("POST", "/api/v1/commands", "operator")]
    [TestCase("POST", "/api/v1/workflows/bulk", "operator")]
    [TestCase("DELETE", "/api/v1/agents/0190d1c6-7a5b-7c3d-8e4f-5a6b7c8d9e0f", "operator")]
    [TestCase("POST", "/v1/chat/completions", "operator")]
    [TestCase("POST", "/messages", "operator")]
    [TestCase("POST", "/hooks/wake", "operator")]
    [TestCase("GET", "/dashboard/keys", "admin")]
    [TestCase("GET", "/dashboard/settings", "admin")]
    [TestCase("GET", "/dashboard/audit", "admin")]
    [TestCase("GET", "/hangfire", "admin")]
    [TestCase("GET", "/hangfire/recurring", "admin")]
    [TestCase("POST", "/hangfire/stats", "admin")]
    [TestCase("POST", "/dashboard/keys", "admin")]
    [TestCase("POST", "/dashboard/spending/budgets", "admin")]
    [TestCase("POST", "/dashboard/devices/requests/0190d1c6-7a5b-7c3d-8e4f-5a6b7c8d9e0f/approve", "admin")]
    [TestCase("GET", "/api/v1/keys", "admin")]
    [TestCase("POST", "/api/v1/keys", "admin")]
    [TestCase("GET", "/api/v1/audit", "admin")]
    [TestCase("PUT", "/api/v1/budgets", "admin")]
    public async Task What_a_role_may_is_done_and_what_it_may_not_is_refused_with_a_sentence(string method, string path, string least)
    {
        string[] roles = ["viewer", "operator", "admin"];
        foreach (var role in roles)
        {
            var answer = await SendAsync(_browsers[role], method, path, "text/html");
            var text = await answer.Content.ReadAsStringAsync();

            if (Array.IndexOf(roles, role) >= Array.IndexOf(roles, least))
            {
                Assert.That(text, Does.Not.Contain("You are signed in as").And.Not.Contain("antiforgery_token_required"), $"{role}: {text}");
                Assert.That((int)answer.StatusCode, Is.Not.EqualTo(403).And.LessThan(500), $"{role}: {text}");
            }
            else
            {
                Assert.That((answer.StatusCode, answer.Content.Headers.ContentType?.MediaType), Is.EqualTo((HttpStatusCode.Forbidden, "text/html")), role);
                Assert.That(text, Does.Contain($"You are signed in as {(role == "viewer" ? "a viewer" : "an operator")}"));
                var problem = await SendAsync(_browsers[role], method, path, "application/json");
                Assert.That((problem.StatusCode, (await problem.Content.ReadAsStringAsync()).Contains("missing_role", StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.Forbidden, true)), role);
            }
        }
    }

    [Test]
    public async Task Pages_show_nobody_what_they_may_not_do()
    {
        var (looks, rules) = (await _browsers["viewer"].GetStringAsync($"/dashboard/agents/{_agent}"), await _browsers["admin"].GetStringAsync($"/dashboard/agents/{_agent}"));
        Assert.That(looks, Does.Not.Contain(">Pause<").And.Not.Contain("name=\"content\"").And.Not.Contain("Hangfire"));
        Assert.That(rules, Does.Contain(">Pause<").And.Contain("name=\"content\"").And.Contain("Hangfire"));

        foreach (var page in new[] { "/", "/dashboard/agents", $"/dashboard/agents/{_agent}", "/dashboard/commands", "/dashboard/spending", "/dashboard/devices", "/dashboard/notices", "/dashboard/brakes" })
        {
            var posts = System.Text.RegularExpressions.Regex.Matches(await _browsers["viewer"].GetStringAsync(page), "<form[^>]*method=\"post\"[^>]*action=\"([^\"]*)\"").Select(form => form.Groups[1].Value);
            Assert.That(posts.Where(action => action is not ("/dashboard/preferences" or "/dashboard/agents/bulk")), Is.Empty, page);
        }
    }

    [Test]
    public async Task Assistants_tools_are_held_to_the_role_too()
    {
        var (seen, all) = (await ToolsAsync("viewer"), await ToolsAsync("admin"));

        Assert.That(seen, Does.Contain("list_agents").And.Not.Contain("pause_agent"));
        Assert.That(all, Does.Contain("pause_agent"));
    }

    [TestCase("approve device 0190")]
    [TestCase("reject device 0190")]
    [TestCase("remove device 0190")]
    public async Task An_operator_lets_no_device_in_by_a_command(string command)
    {
        Assert.That(await SaidAsync("operator"), Does.Contain("by admins alone"));
        Assert.That(await SaidAsync("admin"), Does.Not.Contain("by admins alone"));

        async Task<string> SaidAsync(string role) =>
            await (await SendAsync(_browsers[role], "POST", "/api/v1/commands", "application/json", JsonContent(new { text = command }))).Content.ReadAsStringAsync();
    }

    [Test]
    public async Task The_brake_of_everything_is_released_by_admins_alone_by_every_door()
    {
        var brake = (await _site.Service.Api.PostAsync("/api/v1/brakes", new { everything = true, mode = "no_new_turns" })).Id("id");

        Assert.That((await SendAsync(_browsers["operator"], "DELETE", $"/api/v1/brakes/{brake}", "application/json")).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        await SendAsync(_browsers["operator"], "POST", $"/dashboard/brakes/{brake}/release", "text/html");
        Assert.That(await StatesAsync(), Is.EqualTo(new[] { "on" }));
        Assert.That(await _browsers["operator"].GetStringAsync("/dashboard/brakes"), Does.Contain("all agents there are").And.Not.Contain($"{brake}/release"));
        Assert.That(await _browsers["admin"].GetStringAsync("/dashboard/brakes"), Does.Contain($"{brake}/release"));

        await SendAsync(_browsers["admin"], "POST", $"/dashboard/brakes/{brake}/release", "text/html");
        Assert.That(await StatesAsync(), Does.Not.Contain("on"));

        async Task<string[]> StatesAsync() =>
            [.. (await _site.Service.Api.GetJsonAsync("/api/v1/brakes")).Body.GetProperty("brakes").EnumerateArray().Select(one => one.GetProperty("state").GetString()!)];
    }

    private static async Task<string> ToolsAsync(string role)
    {
        var begun = await CallAsync("initialize", new { protocolVersion = "2025-06-18", capabilities = new { }, clientInfo = new { name = "tests", version = "1" } }, session: null);
        return await (await CallAsync("tools/list", new { }, begun.Headers.GetValues("Mcp-Session-Id").Single())).Content.ReadAsStringAsync();

        Task<HttpResponseMessage> CallAsync(string method, object parameters, string? session)
        {
            var call = JsonContent(new { jsonrpc = "2.0", id = 1, method, @params = parameters });
            return SendAsync(_browsers[role], "POST", "/mcp", "application/json, text/event-stream", call, session);
        }
    }

    private static StringContent JsonContent(object body) => new(System.Text.Json.JsonSerializer.Serialize(body), System.Text.Encoding.UTF8, "application/json");

    private static async Task<HttpResponseMessage> SendAsync(HttpClient browser, string method, string path, string accept, HttpContent? content = null, string? session = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path.Replace("AGENT", _agent.ToString(), StringComparison.Ordinal));
        request.Headers.Accept.ParseAdd(accept);
        if (session is not null)
        {
            request.Headers.Add("Mcp-Session-Id", session);
        }

        if (method != "GET")
        {
            request.Headers.Add("RequestVerificationToken", await new SignInForm(browser).TokenAsync("/logout"));
            request.Content = content ?? (path.StartsWith("/dashboard", StringComparison.Ordinal) || path.StartsWith("/hangfire", StringComparison.Ordinal) ? new FormUrlEncodedContent([]) : JsonContent(new { }));
        }

        return await browser.SendAsync(request);
    }
}
