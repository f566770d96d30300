using Microsoft.Playwright;
using Npgsql;
using OpenClaw.Tests.Dashboard.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;
using OpenClaw.Web.Dashboard.Live;
using static Microsoft.Playwright.Assertions;

namespace OpenClaw.Tests.Dashboard;

/// <summary>Nothing that changes is missed by a page that is open, whatever the moment.</summary>
public sealed class LiveTests
{
    [Test]
    public async Task What_changes_before_a_page_listens_is_seen_once_it_does()
    {
        await using var site = await DashboardSite.StartAsync();
        var id = await site.Service.Api.ProvisionAsync("early");
        await using var other = await site.OpenAsync($"/dashboard/agents/{id}");
        await Expect(other.Page.Locator("#state .state")).ToHaveTextAsync("running");
        await using var visit = await site.OpenAsync("/dashboard/settings");
        var listen = new Signal();
        await visit.Page.RouteAsync("**/dashboard/live*", async route =>
        {
            await listen.Task;
            await route.ContinueAsync();
        });
        await visit.Page.GotoAsync($"/dashboard/agents/{id}", new() { WaitUntil = WaitUntilState.DOMContentLoaded });

        await site.Service.Api.PostAsync($"/api/v1/agents/{id}/pause", null);
        await Expect(other.Page.Locator("#state .state")).ToHaveTextAsync("paused");
        // What has moved is told once more; nothing is told from then on.
        await other.Page.WaitForResponseAsync($"**/dashboard/agents/{id}");
        listen.SetResult();

        await Expect(visit.Page.Locator("#state .state")).ToHaveTextAsync("paused");
    }

    [Test]
    public async Task A_page_that_nobody_sees_holds_no_connection_and_is_up_to_date_when_it_is_seen_again()
    {
        var site = await DashboardSite.GetAsync();
        var id = await site.Service.Api.ProvisionAsync("unseen");
        await using var visit = await site.OpenAsync($"/dashboard/agents/{id}");
        await Expect(visit.Page.Locator("#state .state")).ToHaveTextAsync("running");

        var closed = new Signal();
        visit.Page.RequestFailed += (_, request) =>
        {
            if (IsStream(request))
            {
                closed.TrySetResult();
            }
        };
        await ShowAsync(visit.Page, hidden: true);
        await closed.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await site.Service.Api.PostAsync($"/api/v1/agents/{id}/pause", null);
        await visit.Page.RunAndWaitForRequestAsync(() => ShowAsync(visit.Page, hidden: false), IsStream);

        await Expect(visit.Page.Locator("#state .state")).ToHaveTextAsync("paused");
    }

    [Test]
    public async Task No_row_moves_under_the_pointer_or_on_a_page_that_is_held()
    {
        var site = await DashboardSite.GetAsync();
        await site.Service.Api.ProvisionAsync("held 1");
        await using var visit = await site.OpenAsync("/dashboard/agents?q=held");
        var (page, rows, live) = (visit.Page, visit.Page.Locator("#agents tbody tr"), visit.Page.Locator("#live"));
        await Expect(rows).ToHaveCountAsync(1);

        await rows.First.HoverAsync();
        await site.Service.Api.ProvisionAsync("held 2");
        await Expect(live).ToHaveTextAsync("1 new");
        await Expect(rows).ToHaveCountAsync(1);
        await page.Mouse.MoveAsync(0, 0);
        await Expect(rows).ToHaveCountAsync(2);
        await Expect(live).ToHaveTextAsync("Live");

        await live.ClickAsync();
        await Expect(live).ToHaveTextAsync("Paused");
        await site.Service.Api.ProvisionAsync("held 3");
        await using var other = await site.OpenAsync("/dashboard/agents?q=held");
        await Expect(other.Page.Locator("#agents tbody tr")).ToHaveCountAsync(3);
        await Expect(rows).ToHaveCountAsync(2);
        await live.ClickAsync();
        await Expect(rows).ToHaveCountAsync(3);
        Assert.That(visit.Complaints, Is.Empty);
    }

    [Test]
    public async Task What_commits_late_is_told_after_it_has()
    {
        await using var database = await TestDatabase.CreateMigratedAsync();
        await using var pulse = new LivePulse(database.DataSource, TimeProvider.System);
        using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await using var told = pulse.ListenAsync(enough.Token).GetAsyncEnumerator(enough.Token);
        await using var connection = await database.DataSource.OpenConnectionAsync();
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await using var insert = new NpgsqlCommand("INSERT INTO openclaw.audit_log (actor, action, subject) VALUES ('a', 'b', 'c')", connection, transaction);
            await insert.ExecuteNonQueryAsync();
            for (var i = 0; i < 4; i++)
            {
                Assert.That(await told.MoveNextAsync(), Is.True);
            }

            await transaction.CommitAsync();
        }

        Assert.That(await told.MoveNextAsync(), Is.True);
    }

    private static bool IsStream(IRequest request) => request.Url.Contains("/dashboard/live", StringComparison.Ordinal);

    // As when another tab is chosen, which a browser without a window does not know.
    private static async Task ShowAsync(IPage page, bool hidden) => await page.EvaluateAsync(
        "hidden => { Object.defineProperty(document, 'hidden', { get: () => hidden, configurable: true }); document.dispatchEvent(new Event('visibilitychange')); }", hidden);
}
