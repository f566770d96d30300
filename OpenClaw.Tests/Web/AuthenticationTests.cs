using System.Net;
using System.Net.Http.Headers;
using OpenClaw.Tests.Gateway.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Web;

[Category("Slow")]
public sealed class AuthenticationTests
{
    [TestCase("/api/v1/agents")]
    [TestCase("/api/v1/nothing")]
    [TestCase("/hangfire")]
    [TestCase("/openapi/v1.json")]
    [TestCase("/workflows/0190d1c6-7a5b-7c3d-8e4f-5a6b7c8d9e0f")]
    [TestCase("/")]
    public async Task Without_a_token_nothing_is_told_not_even_what_exists(string path)
    {
        using var client = (await SharedService.GetAsync()).Client();

        var answer = await client.GetJsonAsync(path);

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(answer.Text("code"), Is.EqualTo("unauthorized"));
        Assert.That(answer.Response.Headers.WwwAuthenticate.ToString(), Is.EqualTo("Bearer"));
    }

    [TestCase("Bearer wrong")]
    [TestCase("Bearer")]
    [TestCase("Bearer " + RunningService.Token + "x")]
    [TestCase("Basic " + RunningService.Token)]
    [TestCase("nonsense, nonsense")]
    public async Task A_wrong_token_is_answered_like_none(string authorization)
    {
        using var client = (await SharedService.GetAsync()).Client();

        var answer = await client.CallAsync(HttpMethod.Get, "/api/v1/agents", content: null, [("Authorization", authorization)]);

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(answer.Text("detail"), Is.EqualTo("Send Authorization: Bearer with the service's token or a key."));
    }

    [TestCase("/health")]
    [TestCase("/healthz")]
    [TestCase("/readyz")]
    [TestCase("/login")]
    [TestCase("/assets/sign-in.css")]
    public async Task What_is_open_to_everyone_is_open(string path)
    {
        using var client = (await SharedService.GetAsync()).Client();

        Assert.That((await client.GetAsync(path)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task The_form_says_whose_it_is_and_where_the_token_is()
    {
        using var browser = (await SharedService.GetAsync()).Browser();

        var page = await browser.GetStringAsync("/login");

        Assert.That(page, Does.Contain("OpenClaw Backend").And.Contain("AUTH_TOKEN").And.Contain("auth-token").And.Contain("aria-describedby=\"where\""));
    }

    [Test]
    public async Task A_browser_is_led_to_the_form_and_back()
    {
        using var browser = (await SharedService.GetAsync()).Browser();

        var challenge = await browser.GetAsync("/hangfire?x=1");
        Assert.That(challenge.StatusCode, Is.EqualTo(HttpStatusCode.Found));
        Assert.That(challenge.Headers.Location!.OriginalString, Is.EqualTo("/login?returnUrl=%2Fhangfire%3Fx%3D1"));

        var signedIn = await new SignInForm(browser).SignInAsync(RunningService.Token, challenge.Headers.Location.OriginalString);
        Assert.That(signedIn.StatusCode, Is.EqualTo(HttpStatusCode.Found));
        Assert.That(signedIn.Headers.Location!.OriginalString, Is.EqualTo("/hangfire?x=1"));
        Assert.That(
            signedIn.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith("openclaw.session=")),
            Does.Contain("httponly").And.Contain("samesite=strict"));

        Assert.That((await browser.GetAsync("/hangfire")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [TestCase("//evil.example")]
    [TestCase("/\\evil.example")]
    [TestCase("/\t/evil.example")]
    [TestCase("https://evil.example")]
    [TestCase("")]
    public async Task A_sign_in_leads_nowhere_else(string returnUrl)
    {
        // A service of its own: the shared one limits how often this address signs in.
        await using var service = await RunningService.StartAsync();
        using var browser = service.Browser();

        var signedIn = await new SignInForm(browser).SignInAsync(RunningService.Token, $"/login?returnUrl={Uri.EscapeDataString(returnUrl)}");

        Assert.That(signedIn.Headers.Location!.OriginalString, Is.EqualTo("/"));
    }

    [Test]
    public async Task A_wrong_token_in_the_form_is_refused_and_only_some_attempts_are_allowed()
    {
        await using var service = await RunningService.StartAsync();
        using var browser = service.Browser();
        var form = new SignInForm(browser);

        var refused = await form.SignInAsync("wrong");
        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(await refused.Content.ReadAsStringAsync(), Does.Contain("That is not the token.").And.Not.Contain("wrong"));

        for (var attempt = 2; attempt <= 10; attempt++)
        {
            await form.SignInAsync("wrong");
        }

        var limited = await form.SignInAsync("wrong");
        Assert.That(limited.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
        Assert.That(limited.Headers.RetryAfter!.Delta, Is.GreaterThan(TimeSpan.Zero).And.LessThanOrEqualTo(TimeSpan.FromMinutes(1)));
        Assert.That((await form.SignInAsync(RunningService.Token)).StatusCode, Is.EqualTo(HttpStatusCode.Found), "Whoever has the right one is let in.");
    }

    [Test]
    public async Task Wrong_tokens_are_counted_at_all_doors_together_and_the_right_one_goes_through_each()
    {
        await using var service = await RunningService.StartAsync();
        using var program = service.Client();
        program.DefaultRequestHeaders.Authorization = new("Bearer", "wrong");
        for (var attempt = 1; attempt <= 5; attempt++)
        {
            Assert.That((await program.GetAsync("/api/v1/agents")).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
            Assert.That(await CodeAsync("wrong"), Is.EqualTo("AUTH_TOKEN_MISMATCH"));
        }

        var limited = await program.GetAsync("/api/v1/agents");
        Assert.That((limited.StatusCode, limited.Headers.RetryAfter!.Delta > TimeSpan.Zero), Is.EqualTo((HttpStatusCode.TooManyRequests, true)));
        Assert.That(await limited.Content.ReadAsStringAsync(), Does.Contain("too_many_wrong_tokens").And.Contain("10 wrong tokens"));
        Assert.That(await CodeAsync("wrong"), Is.EqualTo("AUTH_RATE_LIMITED"));
        using var browser = service.Browser();
        Assert.That((await new SignInForm(browser).SignInAsync("wrong")).StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));

        Assert.That((await service.Api.GetAsync("/api/v1/agents")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await CodeAsync(RunningService.Token), Is.Null);
        Assert.That((await new SignInForm(browser).SignInAsync(RunningService.Token)).StatusCode, Is.EqualTo(HttpStatusCode.Found));

        async Task<string?> CodeAsync(string token)
        {
            await using var client = await GatewayClient.OpenAsync(service.Address);
            var answer = await client.RequestAsync("connect", GatewayClient.Connect(["operator.read"], token));
            return (string?)answer["error"]?["details"]?["code"];
        }
    }

    [Test]
    public async Task A_sign_in_without_the_forms_own_token_is_refused()
    {
        using var client = (await SharedService.GetAsync()).Client();

        var answer = await client.PostAsync("/login", new FormUrlEncodedContent([new("token", RunningService.Token)]));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(answer.Headers.Contains("Set-Cookie") && answer.Headers.GetValues("Set-Cookie").Any(cookie => cookie.StartsWith("openclaw.session=")), Is.False);
    }

    [Test]
    public async Task A_change_that_comes_with_a_cookie_needs_an_antiforgery_token_too()
    {
        await using var service = await RunningService.StartAsync();
        using var browser = service.Browser();
        var form = new SignInForm(browser);
        await form.SignInAsync(RunningService.Token);

        var forged = await browser.PostAsync("/api/v1/agents", new { name = "forged", model = "local/echo" });
        Assert.That(forged.Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(forged.Text("code"), Is.EqualTo("antiforgery_token_required"));

        var token = await form.TokenAsync("/logout");
        var meant = await browser.PostAsync("/api/v1/agents", new { name = "meant", model = "local/echo" }, ("RequestVerificationToken", token));
        Assert.That(meant.Status, Is.EqualTo(HttpStatusCode.Created));
        Assert.That((await service.Api.GetJsonAsync("/api/v1/agents")).Body.GetProperty("total").GetInt32(), Is.EqualTo(1));
    }

    [Test]
    public async Task After_signing_out_the_form_is_back_and_a_copied_cookie_is_worth_nothing()
    {
        await using var service = await RunningService.StartAsync();
        using var browser = service.Browser();
        using var other = service.Browser();
        using var thief = service.Browser();
        await new SignInForm(other).SignInAsync(RunningService.Token);
        var form = new SignInForm(browser);
        var signedIn = await form.SignInAsync(RunningService.Token);
        var cookie = signedIn.Headers.GetValues("Set-Cookie").Single(set => set.StartsWith("openclaw.session=", StringComparison.Ordinal)).Split(';')[0];
        thief.DefaultRequestHeaders.Add("Cookie", cookie);
        Assert.That((await thief.GetAsync("/hangfire")).StatusCode, Is.EqualTo(HttpStatusCode.OK));

        await browser.PostAsync("/logout", new FormUrlEncodedContent([new(SignInForm.TokenField, await form.TokenAsync("/logout"))]));

        Assert.That((await browser.GetAsync("/hangfire")).StatusCode, Is.EqualTo(HttpStatusCode.Found));
        Assert.That((await thief.GetAsync("/hangfire")).StatusCode, Is.EqualTo(HttpStatusCode.Found));
        Assert.That((await other.GetAsync("/hangfire")).StatusCode, Is.EqualTo(HttpStatusCode.OK), "That session is another one.");
    }

    [Test]
    public async Task Signing_out_everywhere_ends_all_sessions()
    {
        await using var service = await RunningService.StartAsync();
        using var browser = service.Browser();
        using var other = service.Browser();
        await new SignInForm(other).SignInAsync(RunningService.Token);
        var form = new SignInForm(browser);
        await form.SignInAsync(RunningService.Token);

        await browser.PostAsync("/logout", new FormUrlEncodedContent([new(SignInForm.TokenField, await form.TokenAsync("/logout")), new("everywhere", "true")]));

        foreach (var ended in new[] { browser, other })
        {
            Assert.That((await ended.GetAsync("/hangfire")).StatusCode, Is.EqualTo(HttpStatusCode.Found));
        }

        Assert.That(await service.Database.TextAsync("SELECT count(*) FROM openclaw.browser_sessions"), Is.EqualTo("0"));
    }

    [TestCase("last_used_at = now() - interval '12 hours 1 second'")]
    [TestCase("created_at = now() - interval '7 days 1 second'")]
    public async Task A_session_ends_by_rest_and_by_age(string change)
    {
        await using var service = await RunningService.StartAsync();
        using var browser = service.Browser();
        await new SignInForm(browser).SignInAsync(RunningService.Token);
        await service.Database.ExecuteAsync($"UPDATE openclaw.browser_sessions SET {change}");

        Assert.That((await browser.GetAsync("/hangfire")).StatusCode, Is.EqualTo(HttpStatusCode.Found));
    }

    [Test]
    public async Task Every_answer_carries_the_security_headers()
    {
        var service = await SharedService.GetAsync();
        using var client = service.Client();

        foreach (var path in new[] { "/login", "/api/v1/agents", "/api/v1/agents/nope", "/healthz", "/hangfire" })
        {
            var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", RunningService.Token) } };
            var headers = (await client.SendAsync(request)).Headers;
            Assert.Multiple(() =>
            {
                Assert.That(headers.GetValues("X-Content-Type-Options"), Is.EqualTo(new[] { "nosniff" }), path);
                Assert.That(headers.GetValues("Referrer-Policy"), Is.EqualTo(new[] { "same-origin" }), path);
                Assert.That(headers.GetValues("Content-Security-Policy").Single(), Does.Contain("frame-ancestors 'none'").And.Not.Contain("unsafe-inline").And.Not.Contain("unsafe-eval"), path);
                Assert.That(headers.GetValues("Cross-Origin-Resource-Policy"), Is.EqualTo(new[] { "same-origin" }), path);
                Assert.That(headers.GetValues("Cross-Origin-Opener-Policy"), Is.EqualTo(new[] { "same-origin" }), path);
                Assert.That(headers.Contains("Permissions-Policy"), path);
                Assert.That(headers.CacheControl, Is.Not.Null, path);
                Assert.That(headers.Contains("Server"), Is.False, path);
            });
        }
    }
}
