using System.Net;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Web.People;

/// <summary>How sessions of people end, and that none is taken for another.</summary>
[Category("Slow")]
public sealed class PersonSessionTests
{
    [Test]
    public async Task Signing_out_ends_the_session_also_for_who_has_copied_its_cookie()
    {
        await using var site = await PeopleSite.StartAsync();
        using var browser = site.Service.Browser();
        using var thief = site.Service.Client();
        var landed = await site.SignInAsync(browser);
        thief.DefaultRequestHeaders.Add("Cookie", landed.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith("openclaw.session=", StringComparison.Ordinal)).Split(';')[0]);
        Assert.That((await thief.GetAsync("/api/v1/agents")).StatusCode, Is.EqualTo(HttpStatusCode.OK));

        var left = await SignOutAsync(browser);

        Assert.That(await browser.GetStringAsync(left.Headers.Location), Does.Contain($"<a href=\"{site.Issuer.Address}/leave?client_id={TestIssuer.ClientId}\">sign out there too</a>"));
        Assert.That(await browser.GetStringAsync("/login"), Does.Not.Contain("/leave"));
        Assert.That((await browser.GetAsync("/")).StatusCode, Is.EqualTo(HttpStatusCode.Found));
        Assert.That((await thief.GetAsync("/api/v1/agents")).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(await site.Service.Database.TextAsync("SELECT string_agg(actor || ' ' || action, ', ' ORDER BY id) FROM openclaw.audit_log"), Is.EqualTo("person:ada@example.org session.sign_in, person:ada@example.org session.sign_out"));
    }

    [Test]
    public async Task A_person_who_signs_out_everywhere_ends_their_own_sessions_alone()
    {
        await using var site = await PeopleSite.StartAsync();
        using var one = await site.SignedInAsync("lookers");
        using var two = await site.SignedInAsync("lookers");
        site.Issuer.Person = ("bob", "Bob", null, []);
        using var other = await site.SignedInAsync("makers");
        using var owner = site.Service.Browser();
        await new SignInForm(owner).SignInAsync(RunningService.Token);

        await SignOutAsync(one, everywhere: true);

        Assert.That((await two.GetAsync("/")).StatusCode, Is.EqualTo(HttpStatusCode.Found));
        Assert.That(((await other.GetAsync("/")).StatusCode, (await owner.GetAsync("/")).StatusCode), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.OK)));
        await SignOutAsync(owner, everywhere: true);
        Assert.That((await other.GetAsync("/")).StatusCode, Is.EqualTo(HttpStatusCode.Found), "Whoever has the token ends all.");
    }

    [Test]
    public async Task Whoever_signs_in_again_has_the_new_session_and_nothing_of_the_one_before()
    {
        await using var site = await PeopleSite.StartAsync();
        using var browser = await site.SignedInAsync("lookers");

        await new SignInForm(browser).SignInAsync(RunningService.Token);
        Assert.That((await browser.GetAsync("/hangfire")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        await site.SignInAsync(browser);
        Assert.That((await browser.GetAsync("/hangfire")).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));

        Assert.That(await site.Service.Database.TextAsync("SELECT count(DISTINCT id) FROM openclaw.browser_sessions"), Is.EqualTo("3"));
    }

    [TestCase("last_used_at = now() - interval '12 hours 1 second'")]
    [TestCase("created_at = now() - interval '12 hours 1 second'")]
    public async Task A_persons_session_ends_by_rest_and_by_age(string change)
    {
        await using var site = await PeopleSite.StartAsync();
        using var browser = site.Service.Browser();
        await site.SignInAsync(browser);
        await site.Service.Database.ExecuteAsync($"UPDATE openclaw.browser_sessions SET {change}");

        Assert.That((await browser.GetAsync("/")).StatusCode, Is.EqualTo(HttpStatusCode.Found));
    }

    [TestCase("OIDC_OPERATORS", "others")]
    [TestCase("OIDC_ISSUER", "")]
    public async Task With_other_groups_or_another_issuer_all_sessions_of_people_end_and_none_of_the_token(string setting, string value)
    {
        await using var site = await PeopleSite.StartAsync();
        using var browser = await site.SignedInAsync("makers");
        using var owner = site.Service.Browser();
        await new SignInForm(owner).SignInAsync(RunningService.Token);
        (string, string)[] changed = value.Length == 0 ? [] : PeopleSite.Settings(site.Issuer.Address, (setting, value));

        await using var restarted = await RunningService.StartBesideAsync(site.Service, settings: changed);

        // A cookie is for a host, whatever the port.
        Assert.That((await browser.GetAsync(restarted.Address)).StatusCode, Is.EqualTo(HttpStatusCode.Found));
        Assert.That((await owner.GetAsync(restarted.Address)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Behind_https_all_cookies_are_of_this_host_alone_and_for_https_alone()
    {
        await using var issuer = await TestIssuer.StartAsync();
        await using var service = await RunningService.StartAsync(settings: PeopleSite.Settings(issuer.Address, ("PUBLIC_BASE_URL", "https://claw.example")));
        await issuer.RegisterAsync(new Uri("https://claw.example"));
        using var client = service.Client();
        using var elsewhere = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });

        using var begin = Request("/login/oidc");
        var begun = await client.SendAsync(begin);
        var cookies = begun.Headers.GetValues("Set-Cookie").ToList();
        Assert.That(begun.Headers.Location!.Query, Does.Contain(Uri.EscapeDataString("https://claw.example/login/callback")));
        var callback = (await elsewhere.GetAsync(begun.Headers.Location)).Headers.Location!;
        Assert.That(callback.OriginalString, Does.StartWith("https://claw.example/login/callback?"));
        using var end = Request(callback.PathAndQuery);
        end.Headers.Add("Cookie", string.Join("; ", cookies.Select(cookie => cookie.Split(';')[0])));
        var landed = await client.SendAsync(end);

        Assert.That(landed.StatusCode, Is.EqualTo(HttpStatusCode.OK), await landed.Content.ReadAsStringAsync());
        cookies.AddRange(landed.Headers.GetValues("Set-Cookie"));
        Assert.That(cookies, Has.Some.StartsWith("__Host-openclaw.session=").And.Some.StartsWith("__Host-openclaw.oidc.state.").And.Some.StartsWith("__Host-openclaw.oidc.nonce."));
        Assert.That(cookies, Is.All.StartsWith("__Host-").And.All.Contain("; secure").And.All.Contain("path=/;").And.All.Contain("httponly").And.All.Not.Contain("domain="));

        static HttpRequestMessage Request(string path) => new(HttpMethod.Get, path) { Headers = { { "X-Forwarded-Proto", "https" } } };
    }

    private static async Task<HttpResponseMessage> SignOutAsync(HttpClient browser, bool everywhere = false)
    {
        List<KeyValuePair<string, string>> fields = [new(SignInForm.TokenField, await new SignInForm(browser).TokenAsync("/logout"))];
        if (everywhere)
        {
            fields.Add(new("everywhere", "true"));
        }

        return await browser.PostAsync("/logout", new FormUrlEncodedContent(fields));
    }
}
