using Microsoft.Playwright;
using OpenClaw.Tests.Dashboard.Support;
using OpenClaw.Tests.Support;

namespace OpenClaw.Tests.Dashboard;

/// <summary>Makes the pictures of docs/dashboard.md; scripts/screenshots runs it.</summary>
[Explicit]
public sealed class Screenshots
{
    [Test]
    public async Task Take_them()
    {
        await using var site = await DashboardSite.StartAsync();

        await TakeAsync(site, "overview", "/");
    }

    private static async Task TakeAsync(DashboardSite site, string name, string path, int width = 1280, ColorScheme scheme = ColorScheme.Light)
    {
        await using var visit = await site.OpenAsync(path, width, scheme);
        await visit.Page.ScreenshotAsync(new() { Path = Repository.PathTo($"docs/images/dashboard-{name}.png") });
    }
}
