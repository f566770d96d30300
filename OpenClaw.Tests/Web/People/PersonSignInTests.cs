using System.Net;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Web.People;

/// <summary>People sign in by an issuer of OpenID Connect.</summary>
[Category("Slow")]
public sealed class PersonSignInTests
{
    [TestCase("lookers", "viewer")]
    [TestCase("makers", "operator")]
    [TestCase("other makers", "operator")]
    [TestCase("rulers", "admin")]
    [TestCase("makers|lookers", "operator")]
    [TestCase("strangers|rulers", "admin")]
    public async Task A_person_is_led_to_the_issuer_and_back_and_has_the_most_that_a_group_of_theirs_may(string groups, string role)
    {
        await using var site = await PeopleSite.StartAsync();
        site.Issuer.Person = site.Issuer.Person with { Groups = groups.Split('|') };
        using var browser = site.Service.Browser();

        Assert.That(await browser.GetStringAsync("/login"), Does.Contain("Sign in with localhost:").And.Contain("id=\"token\""));
        var landed = await site.SignInAsync(browser, "/dashboard/agents?page=1");

        Assert.That(await landed.Content.ReadAsStringAsync(), Does.Contain("content=\"0;url=/dashboard/agents?page=1\""));
        Assert.That(landed.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith("openclaw.session=", StringComparison.Ordinal)), Does.Contain("samesite=strict").And.Contain("httponly"));
        Assert.That(await browser.GetStringAsync("/"), Does.Contain($"<bdi>Ada Lovelace</bdi>, {role}"));
        Assert.That(
            await site.Service.Database.TextAsync("SELECT concat_ws('|', role, issuer, subject, name, email, owner) FROM openclaw.browser_sessions"),
            Is.EqualTo($"{role}|{site.Issuer.Address}|ada|Ada Lovelace|ada@example.org|admin"));
        Assert.That(
            await site.Service.Database.TextAsync("SELECT concat_ws('|', actor, action, outcome, detail, credential = 'session:' || (SELECT left(encode(id, 'hex'), 12) FROM openclaw.browser_sessions), address) FROM openclaw.audit_log"),
            Is.EqualTo($"person:ada@example.org|session.sign_in|done|{role}, ada at {site.Issuer.Address}|t|127.0.0.1"));
    }

    [Test]
    public async Task What_a_person_does_is_in_the_audit_log_under_their_name()
    {
        await using var site = await PeopleSite.StartAsync();
        using var browser = await site.SignedInAsync("makers");
        var token = await new SignInForm(browser).TokenAsync("/logout");

        var made = await browser.PostAsync("/api/v1/agents", new { name = "made by ada", model = "local/echo" }, ("RequestVerificationToken", token));

        Assert.That(made.Status, Is.EqualTo(HttpStatusCode.Created));
        Assert.That(await site.Service.Database.TextAsync("SELECT actor || ' ' || (credential LIKE 'session:%') FROM openclaw.audit_log ORDER BY id DESC LIMIT 1"), Is.EqualTo("person:ada@example.org true"));
    }

    [Test]
    public async Task An_address_that_nobody_has_verified_names_nobody_and_a_subject_that_cannot_be_kept_signs_nobody_in()
    {
        await using var site = await PeopleSite.StartAsync();
        site.Issuer.Lies = payload => payload["email_verified"] = false;
        using var browser = await site.SignedInAsync("makers");
        Assert.That(await site.Service.Database.TextAsync("SELECT actor || coalesce(' ' || (SELECT email FROM openclaw.browser_sessions), '') FROM openclaw.audit_log"), Is.EqualTo("person:Ada Lovelace"));

        foreach (var subject in new[] { "a\u0000da", "a\nda", new string('a', 256) })
        {
            // The user info has the same one.
            site.Issuer.Person = site.Issuer.Person with { Subject = subject };
            using var other = site.Service.Browser();
            var refused = await site.SignInAsync(other);
            Assert.That((int)refused.StatusCode, Is.InRange(400, 403), await refused.Content.ReadAsStringAsync());
        }

        Assert.That(await site.KeptAsync(), Is.EqualTo("1 1"));
    }

    [Test]
    public async Task A_group_that_stands_for_an_owner_leads_to_the_agents_of_that_owner_alone()
    {
        await using var site = await PeopleSite.StartAsync(("OIDC_OWNERS", "cn=support=support, rulers=red"));
        await site.Service.Api.ProvisionAsync("of-the-house");
        using var browser = await site.SignedInAsync("rulers");

        Assert.That(await browser.GetStringAsync("/dashboard/agents"), Does.Not.Contain("of-the-house"));
        Assert.That((int)(await browser.GetAsync("/dashboard/settings")).StatusCode, Is.EqualTo(403), "An admin of red is none of the service.");
        Assert.That((int)(await browser.GetAsync("/dashboard/keys")).StatusCode, Is.EqualTo(200));
        Assert.That(await site.Service.Database.TextAsync("SELECT role || ' ' || owner || ' ' || (SELECT detail FROM openclaw.audit_log ORDER BY id DESC LIMIT 1) FROM openclaw.browser_sessions"), Does.StartWith("admin red admin of red, ada at "));
    }

    [Test]
    public async Task Groups_may_come_with_the_user_info_and_by_another_claim_and_a_star_is_everybody()
    {
        await using var site = await PeopleSite.StartAsync();
        site.Issuer.TellsGroupsLater = true;
        using var looker = await site.SignedInAsync("lookers");
        Assert.That(await looker.GetStringAsync("/"), Does.Contain(", viewer"));

        site.Issuer.TellsGroupsLater = false;
        site.Issuer.Person = ("bob", null, null, []);
        await using var open = await RunningService.StartBesideAsync(
            site.Service, settings: PeopleSite.Settings(site.Issuer.Address, ("OIDC_VIEWERS", "*"), ("OIDC_ADMINS", "bob"), ("OIDC_GROUPS_CLAIM", "sub"), ("PUBLIC_BASE_URL", site.Service.Address.ToString())));
        using var browser = open.Browser();
        var landed = await browser.GetAsync((await site.CallbackAsync(browser)).PathAndQuery);
        Assert.That(landed.StatusCode, Is.EqualTo(HttpStatusCode.OK), await landed.Content.ReadAsStringAsync());
        Assert.That(await browser.GetStringAsync("/"), Does.Contain("<bdi>bob</bdi>, admin"));
        site.Issuer.Person = ("eve", "Eve", null, []);
        using var anybody = open.Browser();
        await anybody.GetAsync((await site.CallbackAsync(anybody)).PathAndQuery);
        Assert.That(await anybody.GetStringAsync("/"), Does.Contain("<bdi>Eve</bdi>, viewer"));
    }

    [Test]
    public async Task Somebody_in_no_group_is_refused_with_a_sentence_and_nothing_is_written()
    {
        await using var site = await PeopleSite.StartAsync();
        site.Issuer.Person = site.Issuer.Person with { Groups = ["Makers", "strangers"] };
        using var browser = site.Service.Browser();

        var refused = await site.SignInAsync(browser);

        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await refused.Content.ReadAsStringAsync(), Does.Contain("but you are in none of the groups that may come in here"));
        Assert.That(refused.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies : [], Has.None.StartsWith("openclaw.session="));
        Assert.That((await browser.GetAsync("/")).StatusCode, Is.EqualTo(HttpStatusCode.Found));
        Assert.That(await site.KeptAsync(), Is.EqualTo("0 0"));
    }

    [Test]
    public async Task Whom_the_issuer_turns_back_is_told_so()
    {
        await using var site = await PeopleSite.StartAsync();
        site.Issuer.Refuses = true;
        using var browser = site.Service.Browser();

        var refused = await site.SignInAsync(browser);

        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await refused.Content.ReadAsStringAsync(), Does.Contain("did not let you in, or you turned back there").And.Contain("id=\"token\""));
    }

    [Test]
    public async Task While_the_issuer_is_away_the_page_says_so_and_the_token_works()
    {
        var port = FreePort.Find();
        await using var service = await RunningService.StartAsync(settings: PeopleSite.Settings($"http://localhost:{port}"));
        using var browser = service.Browser();

        var page = await browser.GetStringAsync("/login");
        var begun = await browser.GetAsync("/login/oidc");

        Assert.That(page, Does.Contain($"Signing in with localhost:{port} does not work at the moment: connection refused").And.Contain("id=\"token\""));
        Assert.That(begun.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(await begun.Content.ReadAsStringAsync(), Does.Contain("does not work at the moment").And.Contain("Try again with"));
        Assert.That((await new SignInForm(browser).SignInAsync(RunningService.Token)).StatusCode, Is.EqualTo(HttpStatusCode.Found));
        Assert.That((await browser.GetAsync("/hangfire")).StatusCode, Is.EqualTo(HttpStatusCode.OK));

        await using var issuer = await TestIssuer.StartAsync(port);
        await Eventually.That(async () => await browser.GetStringAsync("/login"), Does.Not.Contain("issuer-away"));
    }

    [Test]
    public async Task An_issuer_that_goes_away_in_the_middle_signs_nobody_in()
    {
        await using var site = await PeopleSite.StartAsync();
        using var browser = site.Service.Browser();
        var callback = await site.CallbackAsync(browser);
        await site.Issuer.StopAsync();

        var refused = await browser.GetAsync(callback);

        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(await refused.Content.ReadAsStringAsync(), Does.Contain("does not work at the moment"));
        Assert.That(await site.KeptAsync(), Is.EqualTo("0 0"));
    }

    [Test]
    public async Task An_issuer_that_calls_itself_otherwise_is_not_taken()
    {
        await using var issuer = await TestIssuer.StartAsync(name: "https://other.example/");
        await using var service = await RunningService.StartAsync(settings: PeopleSite.Settings(issuer.Address));
        await using var astray = await RunningService.StartAsync(settings: PeopleSite.Settings($"{issuer.Address}/realm"));
        using var browser = service.Browser();
        using var stranger = astray.Browser();

        Assert.That(await browser.GetStringAsync("/login"), Does.Contain("it calls itself &quot;https://other.example/&quot;, which is not what OIDC_ISSUER says"));
        Assert.That((await browser.GetAsync("/login/oidc")).StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(await stranger.GetStringAsync("/login"), Does.Contain("what it says of itself at ").And.Contain("/realm/.well-known/openid-configuration cannot be read"));
    }

    [TestCase("//evil.example")]
    [TestCase("/\\evil.example")]
    [TestCase("/\t/evil.example")]
    [TestCase("https://evil.example")]
    [TestCase("javascript:alert(1)")]
    public async Task A_sign_in_by_the_issuer_leads_nowhere_else(string returnUrl)
    {
        await using var site = await PeopleSite.StartAsync();
        using var browser = site.Service.Browser();

        var landed = await site.SignInAsync(browser, returnUrl);

        Assert.That(await landed.Content.ReadAsStringAsync(), Does.Contain("content=\"0;url=/\"").And.Not.Contain("evil"));
    }
}
