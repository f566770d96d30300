using System.Net;
using Microsoft.Playwright;
using OpenClaw.Tests.Dashboard.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Web;

/// <summary>Pages of the origins that are named may call the REST API from a browser; others may not, and learn nothing.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed class CrossOriginTests
{
    private const string Named = "https://claw.example";

    private PageServer _pages = null!;
    private RunningService _service = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _pages = await PageServer.StartAsync();
        _service = await RunningService.StartAsync(settings: ("CORS_ORIGINS", $"http://127.0.0.1:{_pages.Port}, {Named}"));
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await _service.DisposeAsync();
        await _pages.DisposeAsync();
    }

    [Test]
    public async Task A_page_of_a_named_origin_does_all_that_the_DBOS_versions_page_does_and_one_of_another_origin_nothing()
    {
        var browser = await Chromium.GetAsync();
        await using (var page = await OpenAsync(browser, "127.0.0.1"))
        {
            await ManageAsync(page);
        }

        // The same server by another name is another origin.
        var before = (await _service.Api.GetJsonAsync("/api/v1/agents")).Body.ToString();
        await using (var stranger = await OpenAsync(browser, "localhost"))
        {
            await TryAsync(stranger);
        }

        Assert.That((await _service.Api.GetJsonAsync("/api/v1/agents")).Body.ToString(), Is.EqualTo(before));
    }

    [TestCase("/api/v1/agents", "POST", "authorization,content-type")]
    [TestCase("/api/v1/agents/0190d1c6-7a5b-7c3d-8e4f-5a6b7c8d9e0f/settings", "PATCH", "authorization,content-type,idempotency-key")]
    [TestCase("/api/v1/agents/0190d1c6-7a5b-7c3d-8e4f-5a6b7c8d9e0f", "DELETE", "authorization")]
    [TestCase("/api/v1/nothing", "PUT", "authorization,prefer")]
    public async Task A_preflight_of_a_named_origin_is_answered_without_a_token(string path, string method, string headers)
    {
        var answer = await AskAsync(HttpMethod.Options, path, Named, ("Access-Control-Request-Method", method), ("Access-Control-Request-Headers", headers));

        Assert.Multiple(() =>
        {
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
            Assert.That(Header(answer, "Access-Control-Allow-Origin"), Is.EqualTo(Named));
            Assert.That(Header(answer, "Access-Control-Allow-Methods"), Does.Contain(method));
            Assert.That(Header(answer, "Access-Control-Allow-Headers"), Is.EqualTo(headers).IgnoreCase);
            Assert.That(Header(answer, "Access-Control-Max-Age"), Is.EqualTo("600"));
            Assert.That(Header(answer, "Access-Control-Allow-Credentials"), Is.Null);
            Assert.That(Header(answer, "Set-Cookie"), Is.Null);
        });
    }

    [TestCase("http://claw.example")]
    [TestCase("https://claw.example:8443")]
    [TestCase("https://claw.example.evil.example")]
    [TestCase("https://evil.claw.example")]
    [TestCase("https://claw.example/")]
    [TestCase("https://claw.example, https://evil.example")]
    [TestCase("http://localhost:3000")]
    [TestCase("null")]
    [TestCase("*")]
    [TestCase("")]
    public async Task Another_origin_is_told_nothing(string origin)
    {
        var preflight = await AskAsync(HttpMethod.Options, "/api/v1/agents", origin, ("Access-Control-Request-Method", "POST"));
        var right = await AskAsync(HttpMethod.Get, "/api/v1/agents", origin, ("Authorization", $"Bearer {RunningService.Token}"));
        var without = await AskAsync(HttpMethod.Get, "/api/v1/agents", origin);

        Assert.That(new[] { preflight, right, without }.SelectMany(CorsHeaders), Is.Empty);
        Assert.That(without.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [TestCase("/api/v1/agents", "", 401)]
    [TestCase("/api/v1/agents?limit=0", RunningService.Token, 422)]
    [TestCase("/api/v1/skills", RunningService.Token, 404)]
    [TestCase("/api/v1/agents", RunningService.Token, 200)]
    public async Task A_refusal_can_be_read_as_well_as_an_answer(string path, string token, int status)
    {
        var answer = await AskAsync(HttpMethod.Get, path, Named, ("Authorization", $"Bearer {token}"));

        Assert.That((int)answer.StatusCode, Is.EqualTo(status));
        Assert.That(Header(answer, "Access-Control-Allow-Origin"), Is.EqualTo(Named));
        Assert.That(Header(answer, "Access-Control-Expose-Headers"), Does.Contain("Location").And.Contain("Retry-After").And.Contain("ETag"));
        Assert.That(Header(answer, "Vary"), Does.Contain("Origin"), "A cache keeps the answers to two origins apart.");
    }

    [TestCase("/")]
    [TestCase("/dashboard/agents")]
    [TestCase("/hangfire")]
    [TestCase("/login")]
    [TestCase("/v1/models")]
    [TestCase("/health")]
    [TestCase("/metrics")]
    [TestCase("/openapi/v1.json")]
    [TestCase("/api")]
    [TestCase("/api/v1x")]
    public async Task What_is_not_the_REST_API_is_for_no_page_elsewhere(string path)
    {
        var preflight = await AskAsync(HttpMethod.Options, path, Named, ("Access-Control-Request-Method", "GET"));
        var answer = await AskAsync(HttpMethod.Get, path, Named, ("Authorization", $"Bearer {RunningService.Token}"));

        Assert.That(CorsHeaders(preflight).Concat(CorsHeaders(answer)), Is.Empty);
    }

    [Test]
    public async Task Where_no_origin_is_named_none_is_let_in()
    {
        using var client = (await SharedService.GetAsync()).Client();

        var preflight = await client.CallAsync(HttpMethod.Options, "/api/v1/agents", content: null, [("Origin", Named), ("Access-Control-Request-Method", "GET")]);

        Assert.That(preflight.Status, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(CorsHeaders(preflight.Response), Is.Empty);
    }

    private static async Task ManageAsync(ForeignPage page)
    {
        var refused = await page.CallAsync("GET", "/api/v1/agents", token: "wrong");
        Assert.That((refused.Status, refused.Member("code")), Is.EqualTo((401, "unauthorized")));
        Assert.That((await page.CallAsync("GET", "/api/v1/skills")).Status, Is.EqualTo(404), "A page that we have no counterpart for is told so.");

        var listed = await page.CallAsync("GET", "/api/v1/agents?limit=50&offset=0");
        Assert.That((listed.Status, listed.Body.GetProperty("agents").GetArrayLength(), listed.Body.GetProperty("total").GetInt32()), Is.EqualTo((200, 0, 0)));

        var created = await page.CallAsync("POST", "/api/v1/agents", new { name = "Ada", model = "local/echo", persona = "brief", heartbeat = new { enabled = false }, configuration = new { active_hours = new { enabled = false } } });
        Assert.That((created.Status, created.Member("status")), Is.EqualTo((201, "provisioning")), created.Text);
        var agent = $"/api/v1/agents/{created.Member("id")}";
        Assert.That(created.Headers["location"], Is.EqualTo(agent));

        await DoneAsync("POST", $"{agent}/provision", "running");
        var sent = await page.CallAsync("POST", $"{agent}/message", new { message = "hello from elsewhere" });
        Assert.That(sent.Member("response"), Does.Contain("hello from elsewhere"), sent.Text);
        Assert.That(sent.Member("message_id"), Is.EqualTo(sent.Body.GetProperty("message").GetProperty("id").GetString()));
        var conversation = (await page.CallAsync("GET", $"/api/v1/conversations?agent_id={created.Member("id")}")).Body.GetProperty("conversations")[0].GetProperty("id").GetString();
        var said = (await page.CallAsync("GET", $"/api/v1/conversations/{conversation}/messages?limit=100")).Body.GetProperty("messages").EnumerateArray();
        Assert.That(said.Select(message => message.GetProperty("role").GetString()), Is.EqualTo(new[] { "user", "assistant" }));
        var beaten = await page.CallAsync("POST", $"{agent}/heartbeat");
        Assert.That((beaten.Member("status"), beaten.Member("message")), Is.EqualTo(("running", "The heart has beaten.")), beaten.Text);
        await DoneAsync("POST", $"{agent}/pause", "paused");
        await DoneAsync("POST", $"{agent}/resume", "running");

        Assert.That((await page.CallAsync("PATCH", $"{agent}/settings", new { })).Status, Is.EqualTo(200));
        var set = await page.CallAsync("PATCH", $"{agent}/settings", new { model = "local/echo", persona = "long", heartbeat = new { enabled = true, interval = "5m", checklist = new[] { "Is all well?" } } });
        Assert.That((set.Status, set.Member("persona"), set.Member("heartbeat_interval")), Is.EqualTo((200, "long", "5m")), set.Text);
        await DoneAsync("DELETE", agent, "stopped");

        // Whether it was done in time or not, the page reads the agent from the answer.
        async Task DoneAsync(string method, string path, string status)
        {
            var answer = await page.CallAsync(method, path);
            Assert.That(answer.Status, Is.AnyOf(200, 202, 204), answer.Text);
            if (answer.Status is not 204)
            {
                Assert.That(answer.Member("id"), Is.EqualTo(created.Member("id")));
            }

            await Eventually.That(async () => (await page.CallAsync("GET", agent)).Member("status"), Is.EqualTo(status), TimeSpan.FromSeconds(30));
        }
    }

    private static async Task TryAsync(ForeignPage page)
    {
        var agent = new { name = "Mallory", model = "local/echo" };
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(Kept(await page.CallAsync("GET", "/api/v1/agents")), "with a token, by preflight");
            Assert.That(Kept(await page.CallAsync("GET", "/api/v1/agents", token: null, type: "text/plain")), "without one, and without a preflight");
            Assert.That(Kept(await page.CallAsync("GET", "/api/v1/agents", token: null, credentials: "include", type: "text/plain")), "with cookies");
            Assert.That(Kept(await page.CallAsync("POST", "/api/v1/agents", agent)), "a change with a token");
            Assert.That(Kept(await page.CallAsync("POST", "/api/v1/agents", agent, token: null, credentials: "include", type: "text/plain")), "a change that needs no preflight");
            Assert.That(Kept(await page.CallAsync("POST", "/api/v1/agents", agent, token: null, mode: "no-cors", type: "text/plain")), "a change whose answer the page does not want");
            Assert.That(Kept(await page.CallAsync("GET", "/health", token: null, type: "text/plain")), "what is open to everyone, from a page");
        });

        static bool Kept(ForeignPage.Seen seen) => seen is { Status: -1, Text: "TypeError: Failed to fetch" };
    }

    private async Task<ForeignPage> OpenAsync(IBrowser browser, string host)
    {
        var context = await browser.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync($"http://{host}:{_pages.Port}/");
        return new ForeignPage(page, _service.Address);
    }

    private async Task<HttpResponseMessage> AskAsync(HttpMethod method, string path, string origin, params (string Name, string Value)[] headers)
    {
        using var client = _service.Client();
        return (await client.CallAsync(method, path, content: null, [("Origin", origin), .. headers])).Response;
    }

    private static string? Header(HttpResponseMessage answer, string name) => answer.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;

    private static IEnumerable<string> CorsHeaders(HttpResponseMessage answer) =>
        answer.Headers.Select(header => header.Key).Where(name => name.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
}
