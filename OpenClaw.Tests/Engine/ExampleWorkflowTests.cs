using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Bench;
using OpenClaw.Examples;
using OpenClaw.Jobs.Engine;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Engine;

/// <summary>The workflows that docs/workflows.md shows.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed class ExampleWorkflowTests
{
    private RunningService _service = null!;

    [OneTimeSetUp]
    public async Task Start() => _service = await RunningService.StartAsync(services => services.AddWeeklyReport());

    [OneTimeTearDown]
    public async Task Stop() => await _service.DisposeAsync();

    [Test]
    public async Task The_report_is_counted_once_and_posted_under_one_key_though_its_target_fails_at_first()
    {
        var posted = new List<(string Key, int Messages)>();
        await using var target = LocalServer.Build();
        target.Run(async context =>
        {
            var week = await JsonSerializer.DeserializeAsync<WeekOfMessages>(context.Request.Body, JsonSerializerOptions.Web);
            posted.Add((context.Request.Headers["Idempotency-Key"].ToString(), week!.Messages));
            context.Response.StatusCode = posted.Count == 1 ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status204NoContent;
        });
        await target.StartAsync();

        var run = await _service.Services.GetRequiredService<WorkflowClient>().StartAsync(new WorkflowStart(WeeklyReport.Name, "admin", new ReportRequest(new Uri(target.Urls.Single()))), default);

        await Eventually.That(() => _service.Database.TextAsync($"SELECT status FROM openclaw_system.workflow_status WHERE workflow_uuid = '{run}'"), Is.EqualTo("SUCCESS"), TimeSpan.FromSeconds(30));
        Assert.That(posted.Select(report => report.Key), Is.EqualTo(new[] { $"{run}:post_report", $"{run}:post_report" }));
        Assert.That(posted[1].Messages, Is.EqualTo(posted[0].Messages), "What was counted is not counted again.");
        Assert.That(await _service.Database.TextAsync($"SELECT output->>'status' FROM openclaw_system.operation_outputs WHERE workflow_uuid = '{run}' AND function_name = 'post_report'"), Is.EqualTo("204"));
    }

    [Test]
    public async Task The_guide_shows_what_is_compiled()
    {
        var guide = await File.ReadAllTextAsync(Repository.PathTo("docs/workflows.md"));
        var program = await File.ReadAllTextAsync(Repository.PathTo("docs/examples/WeeklyReport.cs"));

        Assert.That(guide, Does.Contain(program[program.IndexOf("/// <summary>Counts the messages of a week", StringComparison.Ordinal)..].Trim()));
    }

    [Test]
    public async Task Agents_are_asked_once_a_day_however_often_the_script_is_run()
    {
        foreach (var name in new[] { "Early", "Late" })
        {
            await _service.Api.ProvisionAsync(name);
        }

        var first = await Shell.RunAsync("docs/examples/standup.sh", _service.ForScripts);
        var second = await Shell.RunAsync("docs/examples/standup.sh", _service.ForScripts);

        Assert.That(first, Does.Contain("## Early").And.Contain("## Late").And.Contain("What have you done since yesterday?"));
        Assert.That(second, Is.EqualTo(first));
        Assert.That(await _service.Database.TextAsync("SELECT count(*) FROM openclaw_system.notifications WHERE content LIKE 'What have you done%' AND reply_to IS NULL"), Is.EqualTo("2"));
    }
}
