using OpenClaw.Tests.Dashboard.Support;
using OpenClaw.Tests.Web.Support;
using static Microsoft.Playwright.Assertions;

namespace OpenClaw.Tests.Dashboard;

/// <summary>A person sees what was spent, and limits it.</summary>
public sealed class SpendingPageTests
{
    [TestCase(true)]
    [TestCase(false)]
    public async Task Each_figure_opens_the_rows_that_it_is_the_sum_of_and_a_budget_is_set_and_taken_away(bool script)
    {
        await using var site = await DashboardSite.StartAsync();
        await SeedAsync(site);
        await using var visit = await site.OpenAsync("/dashboard/spending?by=agent", script: script);
        var page = visit.Page;
        await SoundAsync("spending by agent");

        await Expect(page.Locator("#total")).ToHaveTextAsync("0.61");
        await Expect(page.Locator("#sums tbody tr")).ToHaveCountAsync(3);
        await page.Locator("#sums").GetByText("0.50", new() { Exact = true }).ClickAsync();
        await Expect(page.Locator("#total")).ToHaveTextAsync("0.50");
        await Expect(page.Locator("tr[id^=spending-]")).ToHaveCountAsync(5);
        await visit.Link("All agents").ClickAsync();
        await page.Locator("#sums").GetByText("0.01", new() { Exact = true }).ClickAsync();
        await Expect(page.Locator("tr[id^=spending-]")).ToHaveCountAsync(1);
        await Expect(page.Locator("tr[id^=spending-]")).ToContainTextAsync("no agent");

        await page.GetByLabel("No more than (USD)").FillAsync("much");
        await page.GetByLabel("Agent", new() { Exact = true }).FillAsync("nobody");
        await visit.Button("Keep the budget").ClickAsync();
        await Expect(page.GetByText("Write an amount such as 5 or 0.25.")).ToBeVisibleAsync();
        await Expect(page.GetByText("There is no agent of that name or id.")).ToBeVisibleAsync();
        await SoundAsync("refused budget");
        await page.GetByLabel("No more than (USD)").FillAsync("2.5");
        await page.GetByLabel("Agent", new() { Exact = true }).FillAsync("Spender");
        await visit.Button("Keep the budget").ClickAsync();
        await Expect(page.GetByText("The budget of spender by the day is kept.")).ToBeVisibleAsync();
        await Expect(page.Locator("tr[id^=budget-]")).ToContainTextAsync("0.50");
        await SoundAsync("a budget");
        await page.Locator("tr[id^=budget-]").GetByText("0.50", new() { Exact = true }).ClickAsync();
        await Expect(page.Locator("#total")).ToHaveTextAsync("0.50");
        await page.GotoAsync("/dashboard/spending");
        await visit.ConfirmAsync("Take away");
        await Expect(page.GetByText("There is no budget: agents may spend as much as they like.")).ToBeVisibleAsync();

        await page.GetByLabel("Price of the model").FillAsync("openai/own-*");
        await page.GetByLabel("Written").FillAsync("0");
        await visit.Button("Keep the price").ClickAsync();
        await Expect(page.GetByText("Read (USD a million tokens): must be USD for a million tokens")).ToBeVisibleAsync();
        await page.GetByLabel("Read (USD a million tokens)").FillAsync("0");
        await visit.Button("Keep the price").ClickAsync();
        await Expect(page.GetByText("The price of openai/own-* is kept.")).ToBeVisibleAsync();

        // axe is a script itself.
        async Task SoundAsync(string where)
        {
            if (script)
            {
                await visit.AssertSoundAsync(where);
            }
        }
    }

    // Five turns of one agent, one of another, and a check.
    private static async Task SeedAsync(DashboardSite site)
    {
        var (spender, saver) = (await site.Service.Api.ProvisionAsync("spender"), await site.Service.Api.ProvisionAsync("saver"));
        await site.Service.Database.ExecuteAsync(
            $"""
            INSERT INTO openclaw.spending (turn_key, day, owner, agent_id, model, kind, input_tokens, cached_input_tokens, output_tokens, amount, price_model, price_from)
            SELECT gen_random_uuid() || ':deliver', (now() AT TIME ZONE 'utc')::date, 'admin', '{spender}'::uuid, 'openai/gpt-5', 'message', 1000, 100, 50, 100000, 'openai/gpt-5*', '2025-12-01'::date FROM generate_series(1, 5)
            UNION ALL SELECT 'one', (now() AT TIME ZONE 'utc')::date, 'admin', '{saver}'::uuid, 'openai/gpt-5', 'beat', 1000, 0, 50, 100000, 'openai/gpt-5*', '2025-12-01'
            UNION ALL SELECT 'check', (now() AT TIME ZONE 'utc')::date, 'admin', NULL, 'openai/other', 'check', 10, 0, 1, 10000, NULL, NULL
            """);
    }
}
