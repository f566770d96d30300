using Microsoft.Playwright;
using OpenClaw.Tests.Dashboard.Support;
using OpenClaw.Tests.Web.People;
using OpenClaw.Tests.Web.Support;
using static Microsoft.Playwright.Assertions;

namespace OpenClaw.Tests.Dashboard;

/// <summary>People sign in by an issuer of another site, in Chromium: cookies that are strict, and policies, are a browser's to hold.</summary>
public sealed class PeopleVisitTests
{
    [Test]
    public async Task A_viewer_signs_in_from_a_page_looks_around_is_refused_and_signs_out()
    {
        await using var issuer = await TestIssuer.StartAsync();
        await using var site = await DashboardSite.StartAsync(PeopleSite.Settings(issuer.Address));
        await issuer.RegisterAsync(site.Service.Address);
        issuer.Person = issuer.Person with { Groups = ["lookers"] };
        var agent = await site.Service.Api.ProvisionAsync("looked at");
        await using var visit = await site.OpenAsync("/dashboard/agents", signedIn: false);
        await visit.AssertSoundAsync("sign-in page");

        await visit.Page.Locator("#issuer").ClickAsync();

        await Expect(visit.Heading("Agents")).ToBeVisibleAsync();
        await Expect(visit.Page.Locator("#who")).ToHaveTextAsync("Ada Lovelace, viewer");
        await visit.AssertSoundAsync("agents of a viewer");
        await visit.Link("looked at").ClickAsync();
        await Expect(visit.Heading("looked at")).ToBeVisibleAsync();
        await Expect(visit.Button("Pause")).ToHaveCountAsync(0);
        await visit.AssertSoundAsync("an agent of a viewer");
        await site.Service.Api.PostAsync($"/api/v1/agents/{agent}/pause");
        await Expect(visit.Page.Locator("#state")).ToContainTextAsync("paused");
        Assert.That(visit.Complaints, Is.Empty);

        await visit.Page.GotoAsync("/hangfire");
        await Expect(visit.Heading("Not allowed")).ToBeVisibleAsync();
        await Expect(visit.Page.GetByText("You are signed in as a viewer, and this is for admins alone")).ToBeVisibleAsync();
        await visit.AssertSoundAsync("refused page");
        await visit.Link("Sign out").ClickAsync();
        await visit.Button("Sign out").ClickAsync();
        await Expect(visit.Page.GetByLabel("Token")).ToBeVisibleAsync();
        await visit.Page.GotoAsync("/");
        await Expect(visit.Page.GetByLabel("Token")).ToBeVisibleAsync();
    }

    [Test]
    public async Task Past_the_services_own_TLS_a_person_signs_in_with_cookies_of_this_host_alone()
    {
        var folder = Directory.CreateTempSubdirectory("openclaw-tls-");
        var certificate = TestCertificate.Make();
        var (path, key) = (Path.Combine(folder.FullName, "tls.crt"), Path.Combine(folder.FullName, "tls.key"));
        await File.WriteAllTextAsync(path, certificate.Chain);
        await File.WriteAllTextAsync(key, certificate.Key);
        await using var issuer = await TestIssuer.StartAsync();
        await using var service = await RunningService.StartAsync(settings: PeopleSite.Settings(issuer.Address, ("TLS_CERT", path), ("TLS_KEY", key)));
        await issuer.RegisterAsync(service.Address);
        issuer.Person = issuer.Person with { Groups = ["rulers"] };
        var browser = await Chromium.GetAsync();
        await using var context = await browser.NewContextAsync(new() { BaseURL = service.Address.ToString(), IgnoreHTTPSErrors = true });
        var page = await context.NewPageAsync();
        await page.GotoAsync("/dashboard/agents");

        await page.Locator("#issuer").ClickAsync();

        await Expect(page.Locator("#who")).ToHaveTextAsync("Ada Lovelace, admin");
        await page.GotoAsync("/hangfire/recurring");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Back to site" })).ToBeVisibleAsync();
        Assert.That(
            (await context.CookiesAsync([service.Address.ToString()])).Select(cookie => (cookie.Name.StartsWith("__Host-", StringComparison.Ordinal), cookie.Secure, cookie.HttpOnly)), Is.Not.Empty.And.All.EqualTo((true, true, true)));
        folder.Delete(recursive: true);
    }
}
