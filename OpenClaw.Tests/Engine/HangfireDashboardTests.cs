using System.Globalization;
using System.Text.RegularExpressions;
using Hangfire;
using Hangfire.Common;
using Hangfire.States;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using OpenClaw.Data.Workflows;
using OpenClaw.Jobs.Requests;
using OpenClaw.Jobs;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Jobs.Engine.Hangfire;
using OpenClaw.Tests.Dashboard.Support;
using OpenClaw.Tests.Engine.Support;
using OpenClaw.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace OpenClaw.Tests.Engine;

/// <summary>Hangfire's own dashboard in Chromium. It and the ledger tell one story, whichever of them a person uses.</summary>
[Category("Slow")]
public sealed class HangfireDashboardTests
{
    private const string Patient = "scripted_unhurried";

    private static readonly string[] States = ["scheduled", "processing", "succeeded", "failed", "deleted", "awaiting"];

    private static readonly string[] Pages =
    [
        "", "?period=week", "/retries", "/recurring", "/servers", "/jobs/enqueued", $"/jobs/enqueued/{ReportJobs.UnservedQueue}", "/jobs/enqueued/fetched/default",
        .. States.Select(state => $"/jobs/{state}"),
    ];

    private static readonly string[] DetailsOf =
    [
        EnqueuedState.StateName, ProcessingState.StateName, ScheduledState.StateName, SucceededState.StateName, FailedState.StateName, DeletedState.StateName,
        AwaitingState.StateName,
    ];

    private static DashboardSite _site = null!;
    private static Dictionary<string, string> _jobs = [];

    private static WorkflowBench Bench => WorkflowBench.Of(_site.Service);

    private static IBackgroundJobClient Client => _site.Service.Services.GetRequiredService<IBackgroundJobClient>();

    [OneTimeSetUp]
    public static async Task Start()
    {
        _site = await DashboardSite.StartAsync(services =>
        {
            WorkflowBench.AddTo(services);
            services.AddWorkflow(WorkflowDefinition.Chained(Patient, version: 1, Queues.Default)
                .External<ScriptedStep>("first", new RetryPolicy(3, TimeSpan.FromHours(1), TimeSpan.FromHours(1))));
        });
        _jobs = await FillStatesAsync();
    }

    [OneTimeTearDown]
    public static async Task Stop() => await _site.DisposeAsync();

    [TestCaseSource(nameof(Pages))]
    public Task A_page_opens_in_light_and_dark_with_nothing_in_the_console(string page) => AssertQuietAsync($"/hangfire{page}");

    [TestCaseSource(nameof(DetailsOf))]
    public Task A_job_in_any_state_opens_with_nothing_in_the_console(string state) => AssertQuietAsync($"/hangfire/jobs/details/{_jobs[state]}");

    [Test]
    public async Task Its_graphs_are_drawn_and_follow_what_happens()
    {
        await using var visit = await _site.OpenAsync("/hangfire");

        // The sweep that succeeds every two seconds makes the curve.
        foreach (var graph in new[] { "realtimeGraph", "historyGraph" })
        {
            await Eventually.That(() => visit.Page.EvaluateAsync<int>(GreenOf, graph), Is.GreaterThan(0));
        }

        Assert.That(visit.Complaints, Is.Empty);
    }

    [Test]
    public async Task Its_numbers_change_while_one_looks_on()
    {
        await using var visit = await _site.OpenAsync("/hangfire/jobs/scheduled");
        var number = visit.Page.Locator("[data-metric='scheduled:count']").First;
        await visit.Page.EvaluateAsync("window.untouched = true");
        var before = int.Parse(await number.InnerTextAsync(), CultureInfo.InvariantCulture);

        Client.Schedule(() => ReportJobs.Write("a report"), TimeSpan.FromHours(3));
        var answer = await visit.NextNumbersAsync();

        Assert.That((answer.Request.Method, answer.Status), Is.EqualTo(("POST", 200)));
        await Expect(number).ToHaveTextAsync($"{before + 1}");
        Assert.That(await visit.Page.EvaluateAsync<bool>("window.untouched"), Is.True);
    }

    [Test]
    public async Task A_failed_step_shows_its_exception_and_requeue_continues_the_chain()
    {
        var run = await Bench.RunAsync(WorkflowBench.Chained, run => Bench.Script.Fail(run, "second", new InvalidOperationException("the disk is full"), times: 3));
        await Bench.EndsAsync(run, WorkflowStatus.Error);
        var job = await JobOfAsync(run, step: 1);
        await StateOfAsync(job, FailedState.StateName);
        await using var visit = await _site.OpenAsync($"/hangfire/jobs/details/{job}");
        await Expect(visit.Page.Locator(".stack-trace").First).ToContainTextAsync("System.InvalidOperationException: the disk is full");

        await visit.Page.GotoAsync("/hangfire/jobs/failed");
        await PressAsync(visit, job, "Requeue jobs");

        await Bench.EndsAsync(run, WorkflowStatus.Success);
        Assert.That(Bench.Script.CallsOf(run), Is.EqualTo(new[] { "first", "second", "second", "second", "second", "third" }));
        Assert.That(await Bench.EventsAsync(run), Does.Contain("resumed:second"));
        Assert.That(visit.Complaints, Is.Empty);
    }

    [Test]
    public async Task A_step_that_waits_for_its_next_attempt_is_among_the_retries_with_the_reason()
    {
        await using var visit = await _site.OpenAsync("/hangfire/retries");

        await Expect(RowOf(visit, _jobs[ScheduledState.StateName])).ToContainTextAsync("the model is away");
    }

    [Test]
    public async Task A_job_is_deleted_after_a_question()
    {
        var job = Client.Create(Job.FromExpression(() => ReportJobs.Write("not wanted")), new EnqueuedState(ReportJobs.UnservedQueue))!;
        await using var visit = await _site.OpenAsync($"/hangfire/jobs/details/{job}");
        visit.Page.Dialog += (_, question) => question.AcceptAsync();

        await visit.Button("Delete").ClickAsync();

        await StateOfAsync(job, DeletedState.StateName);
        await Expect(visit.Page.Locator(".state-card-title").First).ToContainTextAsync(DeletedState.StateName);
        Assert.That(visit.Complaints, Is.Empty);
    }

    [Test]
    public async Task Recurring_jobs_are_listed_by_name_and_triggered()
    {
        await using var visit = await _site.OpenAsync("/hangfire/recurring");
        foreach (var name in new[] { Recurring.HeartbeatSweep, Recurring.MessageExpiry, Recurring.Retention, Recurring.RoutingCheck, Recurring.WorkflowMetrics })
        {
            await Expect(RowOf(visit, name)).ToContainTextAsync(name);
        }

        await PressAsync(visit, Recurring.Retention, "Trigger now");

        var job = await Eventually.That(
            () => Bench.TextAsync($"SELECT value FROM hangfire.hash WHERE key = 'recurring-job:retention' AND field = 'LastJobId'"), Is.Not.Empty);
        await StateOfAsync(job, SucceededState.StateName);
        Assert.That(visit.Complaints, Is.Empty);
    }

    [Test]
    public async Task Servers_are_listed_with_their_queues()
    {
        await using var visit = await _site.OpenAsync("/hangfire/servers");

        foreach (var queue in Queues.All)
        {
            await Expect(visit.Page.Locator("table")).ToContainTextAsync(queue);
        }
    }

    [Test]
    public async Task A_job_leads_to_its_workflow_and_the_dashboard_back_to_ours()
    {
        var run = await Bench.Client.StartAsync(new WorkflowStart(WorkflowBench.Chained, Owners.House, new { }), default);
        await using var visit = await _site.OpenAsync($"/hangfire/jobs/details/{await JobOfAsync(run, step: 0)}");

        await visit.Page.GetByRole(AriaRole.Link, new() { NameRegex = new("^Workflow ") }).ClickAsync();
        await Expect(visit.Heading(WorkflowBench.Chained)).ToBeVisibleAsync();
        Assert.That(new Uri(visit.Page.Url).AbsolutePath, Is.EqualTo($"/dashboard/workflows/{run}"));
        await visit.Page.GoBackAsync();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Back to site" }).ClickAsync();

        await Expect(visit.Link("New agent")).ToBeVisibleAsync();
        Assert.That(new Uri(visit.Page.Url).AbsolutePath, Is.EqualTo("/"));
    }

    [Test]
    public async Task A_runner_says_what_it_does_and_a_run_which_runner_had_it()
    {
        var run = await Bench.Client.StartAsync(new WorkflowStart(WorkflowBench.Inline, Owners.House, new { }), default);
        await Bench.EndsAsync(run, WorkflowStatus.Success);
        await using var visit = await _site.OpenAsync($"/dashboard/workflows/{run}");

        await visit.Page.Locator("details.step").First.ClickAsync();
        await Expect(visit.Page.Locator("details.step").First).ToContainTextAsync("The runner that had it");
        await visit.Page.GetByRole(AriaRole.Link, new() { NameRegex = new("^job ") }).First.ClickAsync();

        await Expect(visit.Page.GetByText(new Regex("So far [0-9]+ runs of queue default"))).ToBeVisibleAsync();
        Assert.That(visit.Complaints, Is.Empty);
    }

    [Test]
    public async Task A_job_of_no_workflow_has_no_link_to_one()
    {
        await using var visit = await _site.OpenAsync($"/hangfire/jobs/details/{_jobs[EnqueuedState.StateName]}");

        await Expect(visit.Page.GetByText("monthly report").First).ToBeVisibleAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Link, new() { NameRegex = new("^Workflow ") })).ToHaveCountAsync(0);
    }

    // How many pixels have the colour of the succeeded jobs' area.
    private const string GreenOf =
        """
        id => {
            const canvas = document.getElementById(id);
            const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d', { willReadFrequently: true });
            copy.drawImage(canvas, 0, 0);
            const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
            let green = 0;
            for (let i = 0; i < data.length; i += 4)
                if (data[i] === 0x6f && data[i + 1] === 0xcd && data[i + 2] === 0x6d) green++;
            return green;
        }
        """;

    private static async Task AssertQuietAsync(string path)
    {
        await using (var dark = await _site.OpenAsync(path, scheme: ColorScheme.Dark))
        {
            Assert.That(await dark.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"), Is.Not.EqualTo("rgb(255, 255, 255)"));
            Assert.That(dark.Complaints, Is.Empty, "dark");
        }

        await using var light = await _site.OpenAsync(path);
        var numbers = await light.NextNumbersAsync();

        Assert.That(numbers.Status, Is.EqualTo(200));
        Assert.That(light.Complaints, Is.Empty, "light");
        Assert.That(light.Hosts, Is.EqualTo(new[] { _site.Service.Address.Authority }));
    }

    private static ILocator RowOf(Visit visit, string value) =>
        visit.Page.Locator(".js-jobs-list-row", new() { Has = visit.Page.Locator($"input[value='{value}']") });

    private static async Task PressAsync(Visit visit, string value, string button)
    {
        await RowOf(visit, value).Locator("input").CheckAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = button }).First.ClickAsync();
    }

    private static Task<string> JobOfAsync(Guid run, int step) => Eventually.That(
        () => Bench.TextAsync($"SELECT job_id FROM openclaw_system.operation_outputs WHERE workflow_uuid = '{run}' AND function_id = {step}"), Is.Not.Empty);

    private static Task<string> StateOfAsync(string job, string state) =>
        Eventually.That(() => Bench.TextAsync($"SELECT statename FROM hangfire.job WHERE id = {job}"), Is.EqualTo(state));

    // A job in each state that stays in it.
    private static async Task<Dictionary<string, string>> FillStatesAsync()
    {
        var waiting = await Bench.RunAsync(Patient, run => Bench.Script.Fail(run, "first", new TimeoutException("the model is away")));
        var busy = await Bench.RunAsync(WorkflowBench.Chained, run => Bench.Script.On(run, "first", async (_, cancelled) =>
        {
            await Task.Delay(Timeout.Infinite, cancelled);
            return null;
        }));
        var failed = await Bench.RunAsync(WorkflowBench.Chained, run => Bench.Script.Fail(run, "first", new InvalidOperationException("the disk is <b>full</b>")));
        var good = await Bench.RunAsync(WorkflowBench.Chained);
        var unserved = Client.Create(Job.FromExpression(() => ReportJobs.Write("monthly report")), new EnqueuedState(ReportJobs.UnservedQueue))!;
        var jobs = new Dictionary<string, string>
        {
            [ScheduledState.StateName] = await JobOfAsync(waiting, step: 0),
            [ProcessingState.StateName] = await JobOfAsync(busy, step: 0),
            [FailedState.StateName] = await JobOfAsync(failed, step: 0),
            [SucceededState.StateName] = await JobOfAsync(good, step: 0),
            [EnqueuedState.StateName] = unserved,
            [AwaitingState.StateName] = Client.ContinueJobWith(unserved, () => ReportJobs.Write("next month's report"))!,
            [DeletedState.StateName] = Client.Schedule(() => ReportJobs.Write("last month's report"), TimeSpan.FromHours(3))!,
        };
        Client.Delete(jobs[DeletedState.StateName]);
        foreach (var (state, job) in jobs)
        {
            await StateOfAsync(job, state);
        }

        return jobs;
    }
}
