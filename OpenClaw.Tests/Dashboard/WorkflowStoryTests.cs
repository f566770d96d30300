using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OpenClaw.Tests.Dashboard.Support;
using OpenClaw.Tests.Web.Support;
using static Microsoft.Playwright.Assertions;

namespace OpenClaw.Tests.Dashboard;

public sealed class WorkflowStoryTests
{
    [Test]
    public async Task A_failed_workflow_is_found_on_the_overview_forked_and_succeeds()
    {
        var site = await DashboardSite.GetAsync();
        var (agent, _) = await FailAsync(site, "to fork");
        await using var visit = await site.OpenAsync("/");
        var page = visit.Page;
        await page.Locator(".attention").GetByRole(AriaRole.Link, new() { Name = "to fork" }).First.ClickAsync();
        await Expect(page.GetByText("No runtime serves the model 'nobody/knows'").First).ToBeVisibleAsync();

        await visit.Link("Settings").Last.ClickAsync();
        await page.GetByLabel("Model").FillAsync("local/echo");
        await visit.Button("Save").ClickAsync();
        await Expect(page.GetByText("Saved.")).ToBeVisibleAsync();
        await visit.Link("The workflow with the error in full").ClickAsync();
        await Expect(State(page, "error")).ToBeVisibleAsync();
        await visit.AssertSoundAsync("a failed workflow");
        await page.ReloadAsync();
        await visit.ConfirmAsync("Fork from validate");

        await Expect(page.GetByText("This is the fork.")).ToBeVisibleAsync();
        await Expect(State(page, "success")).ToBeVisibleAsync();
        await Expect(page.Locator("#steps .step > summary", new() { HasText = "mark_running" })).ToContainTextAsync("success");
        await visit.AssertSoundAsync("a forked workflow");
        Assert.That((await site.Service.Api.GetJsonAsync($"/api/v1/agents/{agent}")).Text("status"), Is.EqualTo("running"));
        Assert.That(visit.Complaints, Is.Empty);
    }

    [Test]
    public async Task A_failed_workflow_is_resumed_after_asking()
    {
        var site = await DashboardSite.GetAsync();
        var (agent, workflow) = await FailAsync(site, "to resume");
        await site.Service.Api.CallAsync(HttpMethod.Patch, $"/api/v1/agents/{agent}/settings", System.Net.Http.Json.JsonContent.Create(new { model = "local/echo" }), []);
        await using var visit = await site.OpenAsync($"/dashboard/workflows/{workflow}");

        await visit.Page.GetByText("Resume…").ClickAsync();
        await Expect(visit.Page.GetByText("The workflow goes on at the step validate, with the outputs of the steps before.")).ToBeVisibleAsync();
        await visit.Button("Resume").ClickAsync();

        await Expect(State(visit.Page, "success")).ToBeVisibleAsync();
        await Expect(visit.Page.Locator("p.notice")).ToHaveTextAsync(new Regex("^The workflow (has succeeded|was told to go on)"));
        await Expect(visit.Page.Locator("#events")).ToContainTextAsync("resumed");
    }

    [Test]
    public async Task Figures_say_how_each_kind_of_workflow_goes_and_lead_to_its_runs()
    {
        var site = await DashboardSite.GetAsync();
        await site.Service.Api.ProvisionAsync("counted");
        await using var visit = await site.OpenAsync("/dashboard/workflows");
        await visit.Link("Figures").ClickAsync();
        await visit.Link("The last hour").ClickAsync();
        await Expect(visit.Page.Locator("#figures tr", new() { HasText = "provision_agent" }).Locator("td").First).Not.ToHaveTextAsync("0");

        await visit.Link("provision_agent over time").ClickAsync();
        await Expect(visit.Heading("Workflows")).ToBeVisibleAsync();
        await Expect(visit.Page.Locator("#figures rect.span")).Not.ToHaveCountAsync(0);
        await Expect(visit.Page.Locator("#figures tbody tr[id]")).ToHaveCountAsync(1);
        await visit.AssertSoundAsync("figures of one workflow");
        await visit.Link("provision_agent").ClickAsync();

        await Expect(visit.Page.Locator("select[name=name]")).ToHaveValueAsync("provision_agent");
        await Expect(visit.Page.Locator("select[name=ended]")).ToHaveValueAsync("1h");
    }

    [Test]
    public async Task A_workflow_under_way_is_cancelled()
    {
        var site = await DashboardSite.GetAsync();
        var accepted = await site.Service.Api.PostAsync(
            "/api/v1/agents/provision", new { name = "slow", model = "local/echo", configuration = new { connect_delay_ms = 60_000 } }, ("Prefer", "respond-async"));
        await using var visit = await site.OpenAsync($"/dashboard/workflows/{accepted.Id("workflow_uuid")}");

        await visit.ConfirmAsync("Cancel");

        await Expect(State(visit.Page, "cancelled")).ToBeVisibleAsync();
    }

    [Test]
    public async Task Attempts_and_waits_of_a_step_are_on_the_timeline()
    {
        var site = await DashboardSite.GetAsync();
        var calls = 0;
        site.Runtime.Answer("scripted/shaky", (_, _) => Interlocked.Increment(ref calls) == 1 ? throw new InvalidOperationException("the first time fails") : Task.FromResult("fine now"));
        var created = await site.Service.Api.CarryOutAsync("/api/v1/agents/provision", new { name = "shaky", model = "scripted/shaky" });
        var sent = await site.Service.Api.PostAsync($"/api/v1/agents/{created.AgentId}/message", new { content = "hello" });
        var workflow = sent.Body.GetProperty("message").GetProperty("workflow_uuid").GetGuid();
        await using var visit = await site.OpenAsync($"/dashboard/workflows/{workflow}");

        await visit.Page.GetByText("As a table").ClickAsync();

        await Expect(visit.Page.Locator("#timeline tr", new() { HasText = "deliver" }).Locator(".state")).ToHaveTextAsync(["failed", "waiting", "success"], new() { UseInnerText = true });
        await Expect(visit.Page.Locator("#events")).ToContainTextAsync("the first time fails");
        await visit.AssertSoundAsync("a workflow with retries");
    }

    [Test]
    public async Task A_failed_job_is_requeued_in_Hangfires_dashboard_and_the_workflow_goes_on()
    {
        var site = await DashboardSite.GetAsync();
        var (agent, workflow) = await FailAsync(site, "to requeue");
        await site.Service.Api.CallAsync(HttpMethod.Patch, $"/api/v1/agents/{agent}/settings", System.Net.Http.Json.JsonContent.Create(new { model = "local/echo" }), []);
        await using var visit = await site.OpenAsync($"/dashboard/workflows/{workflow}");
        await visit.Page.Locator("#steps").GetByRole(AriaRole.Link).First.ClickAsync();

        // The job's page asks for it and then loads itself again, which would cut off a visit elsewhere: that goes to a page of its own.
        await visit.Page.RunAndWaitForResponseAsync(
            () => visit.Page.GetByRole(AriaRole.Button, new() { Name = "Requeue" }).ClickAsync(),
            answer => answer.Request.Method == "POST" && answer.Url.Contains("/requeue", StringComparison.Ordinal));

        await using var after = await site.OpenAsync($"/dashboard/workflows/{workflow}");
        await Expect(State(after.Page, "success")).ToBeVisibleAsync();
        await Expect(after.Page.Locator("#events")).ToContainTextAsync("hangfire dashboard");
    }

    [Test]
    public async Task Workflows_are_found_by_what_went_wrong()
    {
        var site = await DashboardSite.GetAsync();
        await FailAsync(site, "to find");
        await using var visit = await site.OpenAsync("/dashboard/workflows");

        await visit.Page.GetByLabel("Search").FillAsync("NOBODY/knows");
        await visit.Page.GetByRole(AriaRole.Combobox, new() { Name = "Workflow" }).SelectOptionAsync("provision_agent");
        await visit.Page.Locator("select[name=within]").SelectOptionAsync("1h");
        await visit.Button("Show").ClickAsync();

        await Expect(visit.Page.Locator("#workflows tbody tr", new() { HasText = "to find" })).ToHaveCountAsync(1);
        await Expect(visit.Page.Locator("#workflows tbody details.error:not([open]) > summary").First).ToContainTextAsync("No runtime serves the model");
        Assert.That(await visit.Page.Locator("#workflows tbody .state").AllInnerTextsAsync(), Is.All.EqualTo("error"));
    }

    [Test]
    public async Task An_error_can_be_read_line_by_line_and_copied_and_is_there_once()
    {
        var site = await DashboardSite.GetAsync();
        var (_, workflow) = await FailAsync(site, "to read");
        await using var visit = await site.OpenAsync($"/dashboard/workflows/{workflow}");
        var page = visit.Page;
        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);

        await page.GetByText("Where in the code").ClickAsync();
        await Expect(page.Locator(".trace mark")).ToContainTextAsync("at OpenClaw.Jobs.Runtimes");
        await Expect(page.Locator(".trace")).ToHaveCountAsync(1);
        await Expect(page.Locator("#steps .step[open]")).ToContainTextAsync("Its error is why the workflow ended, above.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Copy the error", Exact = true }).ClickAsync();
        await Expect(page.Locator("#connection")).ToHaveTextAsync("Copied.");

        Assert.That(await page.EvaluateAsync<string>("navigator.clipboard.readText()"), Does.Contain("\n   at OpenClaw.Jobs.Runtimes"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Copy the id of the workflow" }).ClickAsync();
        await OpenClaw.Tests.Support.Eventually.That(() => page.EvaluateAsync<string>("navigator.clipboard.readText()"), Is.EqualTo(workflow.ToString()));
        await page.Locator("#why").GetByRole(AriaRole.Link, new() { Name = "runtime_unknown" }).ClickAsync();
        await Expect(page.Locator("tr:target")).ToContainTextAsync("the agent's model names no runtime that is there");
        await visit.AssertSoundAsync("the codes of errors");
        Assert.That(visit.Complaints, Is.Empty);
    }

    [Test]
    public async Task Agents_that_failed_for_one_cause_are_one_trouble_with_one_action()
    {
        var site = await DashboardSite.GetAsync();
        await FailAsync(site, "alike one", "nobody/alike");
        await FailAsync(site, "alike two", "nobody/alike");
        await using var visit = await site.OpenAsync("/");
        var trouble = visit.Page.Locator("#attention li", new() { HasText = "nobody/alike" }).First;

        await Expect(trouble).ToContainTextAsync("2 agents");
        await Expect(trouble.Locator(".names li")).ToHaveTextAsync(["alike two", "alike one"]);
        await trouble.GetByRole(AriaRole.Button, new() { Name = "Dismiss" }).ClickAsync();
        await Expect(visit.Page.GetByText("Dismissed until it happens again.")).ToBeVisibleAsync();
        await Expect(visit.Page.Locator("#attention li", new() { HasText = "nobody/alike" })).ToHaveCountAsync(0);
        await visit.Button("Show again").ClickAsync();
        await Expect(trouble).ToContainTextAsync("2 agents");
        await trouble.GetByRole(AriaRole.Button, new() { Name = "Provision all 2 again" }).ClickAsync();

        await Expect(visit.Page.GetByText("2 agents: provision has begun.")).ToBeVisibleAsync();
    }

    private static async Task<(Guid Agent, Guid Workflow)> FailAsync(DashboardSite site, string name, string model = "nobody/knows")
    {
        var failed = await site.Service.Api.PostAsync("/api/v1/agents/provision", new { name, model });
        Assert.That(failed.Status, Is.EqualTo(HttpStatusCode.BadGateway));
        return (failed.Id("agent_id"), failed.Id("workflow_uuid"));
    }

    private static ILocator State(IPage page, string state) => page.Locator("#state .state", new() { HasText = state });
}
