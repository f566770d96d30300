using System.Net;
using System.Net.WebSockets;
using System.Text.RegularExpressions;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Web;

/// <summary>What only the proxy knows (scheme, client, sub-path) is believed of proxies that are trusted, and of nobody else.</summary>
public sealed partial class ProxyTests
{
    private const string Https = "https://claw.example";

    private static readonly string[] Pages =
    [
        "/", "/dashboard/agents", "/dashboard/agents?page=7", "/dashboard/agents/new", "/dashboard/agents?status=no", "/dashboard/workflows", "/dashboard/workflows/figures", "/dashboard/messages", "/dashboard/messages?state=parked",
        "/dashboard/notices", "/dashboard/notices?state=dead", "/dashboard/notices/rules", "/dashboard/contacts", "/dashboard/commands", "/dashboard/health", "/dashboard/audit", "/dashboard/settings", "/dashboard/nothing",
        "/logout", "/login", "/hangfire", "/hangfire/recurring", "/hangfire/jobs/succeeded", "/hangfire/servers",
    ];

    private static RunningService _https = null!;

    [OneTimeSetUp]
    public static async Task Start() => _https = await RunningService.StartAsync(settings: [("PUBLIC_BASE_URL", Https)]);

    [OneTimeTearDown]
    public static async Task Stop() => await _https.DisposeAsync();

    [TestCase("X-Forwarded-Proto", "https")]
    [TestCase("X-Forwarded-Proto", "HTTPS")]
    [TestCase("X-Forwarded-For", "203.0.113.7")]
    [TestCase("X-Unrelated", "1")]
    public async Task Behind_a_proxy_that_speaks_TLS_a_browser_signs_in_whatever_the_proxy_tells(string header, string value)
    {
        using var browser = Browser(_https, (header, value));

        var signedIn = await new SignInForm(browser).SignInAsync(RunningService.Token);

        Assert.That(signedIn.StatusCode, Is.EqualTo(HttpStatusCode.Found));
        Assert.That(signedIn.Headers.GetValues("Set-Cookie"), Is.All.Contain("; secure").And.All.Contain("path=/;"));
        foreach (var page in new[] { "/", "/dashboard/agents", "/hangfire", "/logout" })
        {
            Assert.That((await browser.GetAsync(page)).StatusCode, Is.EqualTo(HttpStatusCode.OK), page);
        }
    }

    [TestCase("X-Forwarded-Proto", "http", "The proxy says that you came by plain http", false)]
    [TestCase("Via", "1.1 relay", "does not say whether you came by https", true)]
    [TestCase("X-Unrelated", "1", "This page came over plain http", true)]
    public async Task Who_comes_by_plain_http_where_sessions_are_for_https_is_told_so(string header, string value, string told, bool form)
    {
        using var client = _https.Client();
        client.DefaultRequestHeaders.Add(header, value);

        var page = await client.GetStringAsync("/login");
        var posted = await client.PostAsync("/login", new FormUrlEncodedContent([new("token", RunningService.Token)]));

        Assert.That(page, Does.Contain(told).And.Contain(Https).And.Not.Contain(RunningService.Token));
        Assert.That(page.Contains("<form", StringComparison.Ordinal), Is.EqualTo(form));
        Assert.That(posted.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(await posted.Content.ReadAsStringAsync(), Does.Contain("did not send back the cookie").And.Contain(told));
    }

    [Test]
    public async Task A_proxy_that_is_not_trusted_is_named_and_what_it_says_counts_for_nothing()
    {
        await using var service = await RunningService.StartAsync(settings: [("PUBLIC_BASE_URL", Https), ("TRUSTED_PROXIES", "192.0.2.0/24")]);
        using var client = service.Client();
        client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        client.DefaultRequestHeaders.Add("X-Forwarded-Prefix", "/elsewhere");

        var page = await client.GetStringAsync("/login");

        Assert.That(page, Does.Contain("The proxy at 127.0.0.1 is not believed").And.Contain("TRUSTED_PROXIES").And.Not.Contain("/elsewhere").And.Not.Contain("<form"));
    }

    [Test]
    public async Task A_direct_visit_without_PUBLIC_BASE_URL_signs_in_over_plain_http_as_ever()
    {
        using var browser = (await SharedService.GetAsync()).Browser();

        var signedIn = await new SignInForm(browser).SignInAsync(RunningService.Token);

        Assert.That(signedIn.Headers.GetValues("Set-Cookie"), Is.All.Not.Contain("secure"));
        Assert.That((await browser.GetAsync("/")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task A_password_of_the_proxys_own_keeps_nobody_out()
    {
        using var browser = (await SharedService.GetAsync()).Browser();
        browser.DefaultRequestHeaders.Authorization = new("Basic", "bWU6c2VjcmV0");

        var challenge = await browser.GetAsync("/dashboard/agents");
        Assert.That(challenge.Headers.Location?.OriginalString, Does.StartWith("/login?"));
        await new SignInForm(browser).SignInAsync(RunningService.Token);

        Assert.That((await browser.GetAsync("/dashboard/agents")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [TestCase(true, "/")]
    [TestCase(false, "/claw/")]
    public async Task No_link_of_any_page_leaves_the_sub_path(bool byHeader, string reached)
    {
        await using var service = await RunningService.StartAsync(settings: byHeader ? [] : [("PUBLIC_BASE_URL", "http://claw.example/claw/")]);
        var agent = await service.Api.ProvisionAsync("below a path");
        await service.Api.PostAsync($"/api/v1/agents/{agent}/message", new { content = "hello" });
        await service.Api.PostAsync($"/api/v1/agents/{agent}/pause");
        var workflow = (await service.Api.GetJsonAsync("/api/v1/workflows")).Body.GetProperty("workflows")[0].GetProperty("workflow_uuid").GetGuid();
        if (byHeader)
        {
            service.Api.DefaultRequestHeaders.Add("X-Forwarded-Prefix", "/claw");
        }

        string[] tabs = ["", "?tab=heartbeats", "?tab=checkpoints", "?tab=workflows", "?tab=messages", "?tab=usage", "?tab=settings"];
        var links = 0;
        foreach (var page in Pages.Concat(tabs.Select(tab => $"/dashboard/agents/{agent}{tab}")).Append($"/dashboard/workflows/{workflow}"))
        {
            var html = await (await service.Api.GetAsync(reached + page[1..])).Content.ReadAsStringAsync();
            var found = Address().Matches(html).Select(match => match.Groups["address"].Value).ToList();

            Assert.That(found, Is.Not.Empty.And.All.StartWith("/claw/"), page);
            links += found.Count;
        }

        Assert.That(links, Is.GreaterThan(300));
    }

    [Test]
    public async Task Below_a_sub_path_redirects_cookies_and_locations_have_it_too_and_lead_nowhere_beside_it()
    {
        await using var service = await RunningService.StartAsync(settings: [("PUBLIC_BASE_URL", "http://claw.example/claw")]);
        using var browser = service.Browser();

        var challenge = await browser.GetAsync("/claw/hangfire?x=1");
        Assert.That(challenge.Headers.Location?.OriginalString, Is.EqualTo("/claw/login?returnUrl=%2Fclaw%2Fhangfire%3Fx%3D1"));
        var signedIn = await new SignInForm(browser).SignInAsync(RunningService.Token, "/claw/login?returnUrl=%2Fsomebody-elses", "/claw/login");
        Assert.That(signedIn.Headers.Location?.OriginalString, Is.EqualTo("/claw/"));
        Assert.That(signedIn.Headers.GetValues("Set-Cookie"), Is.All.Contain("path=/claw;"));
        var home = await browser.GetAsync("/claw");
        Assert.That(home.StatusCode, Is.EqualTo(HttpStatusCode.OK));

        var created = await service.Api.PostAsync("/claw/api/v1/agents", new { name = "below", model = "local/echo" });
        Assert.That(created.Response.Headers.Location?.OriginalString, Is.EqualTo($"/claw/api/v1/agents/{created.AgentId}"));

        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(service.Address) { Scheme = "ws", Path = "/claw/ws" }.Uri, CancellationToken.None);
        Assert.That(socket.State, Is.EqualTo(WebSocketState.Open));
    }

    [TestCase("//evil.example")]
    [TestCase("/a/../b")]
    [TestCase("/a//b")]
    [TestCase("/a\\b")]
    [TestCase("/%2f%2fevil")]
    [TestCase("/a b")]
    [TestCase("/a;path=/")]
    public async Task A_sub_path_that_is_none_is_refused(string prefix)
    {
        using var client = (await SharedService.GetAsync()).Client();
        client.DefaultRequestHeaders.TryAddWithoutValidation("X-Forwarded-Prefix", prefix);

        var answer = await client.GetJsonAsync("/login");

        Assert.That((answer.Status, answer.Text("code")), Is.EqualTo((HttpStatusCode.BadRequest, "bad_prefix")));
    }

    [TestCase("/")]
    [TestCase("no-slash")]
    public async Task A_sub_path_that_says_nothing_changes_nothing(string prefix)
    {
        using var client = (await SharedService.GetAsync()).Client();
        client.DefaultRequestHeaders.TryAddWithoutValidation("X-Forwarded-Prefix", prefix);

        Assert.That(await client.GetStringAsync("/login"), Does.Contain("action=\"/login\""));
    }

    [Test]
    public async Task Wrong_tokens_count_for_the_client_behind_the_proxy_and_what_another_site_sends_for_nobody()
    {
        var service = await SharedService.GetAsync();
        for (var attempt = 0; attempt < 30; attempt++)
        {
            using var foreign = service.Client();
            var refused = await foreign.PostAsync("/login", new FormUrlEncodedContent([new("token", "guess")]));
            Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        }

        using var attacker = Browser(service, ("X-Forwarded-For", "10.9.9.9, 203.0.113.7"));
        using var sameNetwork = Browser(service, ("X-Forwarded-For", "203.0.113.7"));
        using var neighbour = Browser(service, ("X-Forwarded-For", "203.0.113.8"));
        for (var attempt = 0; attempt < 10; attempt++)
        {
            Assert.That((await new SignInForm(attacker).SignInAsync("guess")).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        }

        Assert.That((await new SignInForm(sameNetwork).SignInAsync("guess")).StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
        Assert.That((await new SignInForm(sameNetwork).SignInAsync(RunningService.Token)).StatusCode, Is.EqualTo(HttpStatusCode.Found));
        Assert.That((await new SignInForm(neighbour).SignInAsync(RunningService.Token)).StatusCode, Is.EqualTo(HttpStatusCode.Found));
        using var direct = service.Browser();
        Assert.That((await new SignInForm(direct).SignInAsync(RunningService.Token)).StatusCode, Is.EqualTo(HttpStatusCode.Found));
    }

    [Test]
    public async Task Every_path_of_ours_begins_with_a_name_that_a_sub_path_is_told_apart_from()
    {
        var service = await SharedService.GetAsync();
        var endpoints = (Microsoft.AspNetCore.Routing.EndpointDataSource)service.Services.GetService(typeof(Microsoft.AspNetCore.Routing.EndpointDataSource))!;

        var names = endpoints.Endpoints.OfType<Microsoft.AspNetCore.Routing.RouteEndpoint>().Select(endpoint => endpoint.RoutePattern.PathSegments)
            .Where(segments => segments.Count > 0).Select(segments => string.Concat(segments[0].Parts.OfType<Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart>().Select(part => part.Content))).Distinct().ToList();

        Assert.That(names.Where(name => !OpenClaw.Web.Hosting.ProxyComposition.IsOwnName(name)), Is.Empty);
        Assert.That(names, Has.Count.GreaterThan(10));
    }

    // A browser that came by TLS: it keeps secure cookies, though the service is asked over plain http.
    private static HttpClient Browser(RunningService service, params (string Name, string Value)[] headers)
    {
        var browser = new HttpClient(new AsIfSecure()) { BaseAddress = service.Address };
        browser.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        foreach (var (name, value) in headers)
        {
            browser.DefaultRequestHeaders.TryAddWithoutValidation(name, value);
        }

        return browser;
    }

    [GeneratedRegex("""\s(href|action|src|data-live-from|data-sign-in|name="back" value|name="returnUrl" value)="(?<address>/[^"]*)""", RegexOptions.ExplicitCapture)]
    private static partial Regex Address();

    private sealed class AsIfSecure() : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
    {
        private readonly CookieContainer _cookies = new();

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var address = new UriBuilder(request.RequestUri!) { Scheme = Uri.UriSchemeHttps, Port = 443 }.Uri;
            if (_cookies.GetCookieHeader(address) is { Length: > 0 } cookies)
            {
                request.Headers.Add("Cookie", cookies);
            }

            var answer = await base.SendAsync(request, cancellationToken);
            foreach (var cookie in answer.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
            {
                _cookies.SetCookies(address, cookie);
            }

            return answer;
        }
    }
}
