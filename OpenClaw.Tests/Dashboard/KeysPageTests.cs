using OpenClaw.Tests.Dashboard.Support;
using static Microsoft.Playwright.Assertions;

namespace OpenClaw.Tests.Dashboard;

/// <summary>A person makes, rotates and revokes keys.</summary>
public sealed class KeysPageTests
{
    [Test]
    public async Task A_key_is_made_shown_once_rotated_and_revoked()
    {
        await using var site = await DashboardSite.StartAsync();
        await using var visit = await site.OpenAsync("/dashboard/keys");
        var page = visit.Page;
        await visit.AssertSoundAsync("no keys");

        await page.GetByLabel("Name").FillAsync("build server");
        await page.GetByLabel("read", new() { Exact = false }).First.UncheckAsync();
        await page.GetByLabel("Good for").FillAsync("soon");
        await visit.Button("Make the key").ClickAsync();
        await Expect(page.GetByText("Write an interval such as 30d.")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Name")).ToHaveValueAsync("build server");
        await page.GetByLabel("Good for").FillAsync("30d");
        await visit.Button("Make the key").ClickAsync();
        await Expect(page.GetByText("scopes must name at least one")).ToBeVisibleAsync();
        await visit.AssertSoundAsync("refused key");
        await page.Locator("input[name=scopes][value=write]").CheckAsync();
        await visit.Button("Make the key").ClickAsync();

        var key = await page.Locator("#made-key").TextContentAsync();
        Assert.That(key, Does.Match(@"^ock_\w{12}_[\w-]{43}$"));
        await visit.AssertSoundAsync("made key");
        using var client = site.Service.Client();
        client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        Assert.That((int)(await client.GetAsync("/api/v1/agents")).StatusCode, Is.EqualTo(200));

        await page.GotoAsync("/dashboard/keys");
        await Expect(page.Locator("#made-key")).ToHaveCountAsync(0);
        await visit.ConfirmAsync("Rotate");
        Assert.That(await page.Locator("#made-key").TextContentAsync(), Is.Not.EqualTo(key));
        await page.GotoAsync("/dashboard/keys");
        await visit.ConfirmAsync("Revoke");
        await Expect(page.GetByText("\"build server\" is revoked.")).ToBeVisibleAsync();
    }
}
