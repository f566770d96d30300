using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Data;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Jobs.Engine.Hangfire;
using OpenClaw.Jobs.Questions;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Questions;

/// <summary>Steps that ask, and rest until they are answered.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed class WorkflowQuestionTests
{
    private RunningService _service = null!;

    [OneTimeSetUp]
    public async Task Start() => _service = await RunningService.StartAsync(services =>
    {
        services.AddWorkflow(Steps(WorkflowDefinition.Chained("asking_chained", version: 1, Queues.Default)));
        services.AddWorkflow(Steps(WorkflowDefinition.Inline("asking_inline", version: 1, Queues.Default)));
    });

    [OneTimeTearDown]
    public async Task Stop() => await _service.DisposeAsync();

    [TestCase("asking_chained")]
    [TestCase("asking_inline")]
    public async Task A_step_rests_without_a_worker_until_its_question_is_answered(string workflow)
    {
        var run = await StartAsync(workflow);
        var question = await QuestionAsync(run);
        await RestsAsync(run);
        Assert.That(await _service.Database.TextAsync($"SELECT content FROM openclaw_system.notifications WHERE message_id = 'question:{question}'"), Does.StartWith("the deployment asks: Deploy?\n1. Now\n2. Tomorrow\n"));

        await _service.Api.PostAsync($"/api/v1/questions/{question}/answer", new { choice = "Tomorrow" });

        // An inline one well before it would have looked by itself; a job may be on its way to rest just then, and looks within 15 s.
        await Eventually.That(() => StatusAsync(run), Is.EqualTo("SUCCESS"), workflow == "asking_inline" ? TimeSpan.FromSeconds(10) : null);
        Assert.That(await _service.Database.TextAsync($"SELECT output ->> 'choice' || ' by ' || (output ->> 'answered_by') FROM openclaw_system.operation_outputs WHERE workflow_uuid = '{run}' AND function_name = 'ask'"), Is.EqualTo("Tomorrow by api"));
        Assert.That(await _service.Database.TextAsync($"SELECT count(*) FROM openclaw.questions WHERE workflow_uuid = '{run}'"), Is.EqualTo("1"));
    }

    [Test]
    public async Task A_run_that_is_cancelled_takes_its_question_back_and_asks_anew_when_it_is_resumed()
    {
        var run = await StartAsync("asking_chained");
        var question = await QuestionAsync(run);
        await RestsAsync(run);

        await _service.Api.PostAsync($"/api/v1/workflows/{run}/cancel");
        await Eventually.That(() => _service.Database.TextAsync($"SELECT state FROM openclaw.questions WHERE id = '{question}'"), Is.EqualTo("cancelled"));
        Assert.That((await _service.Api.PostAsync($"/api/v1/questions/{question}/answer", new { choice = "Now" })).Text("detail"), Is.EqualTo("Nobody needs an answer any more."));
        await _service.Api.PostAsync($"/api/v1/workflows/{run}/resume");
        var again = await QuestionAsync(run);
        await RestsAsync(run);

        await _service.Database.ExecuteAsync($"UPDATE openclaw.questions SET expires_at = now() WHERE id = '{again}'");
        await Eventually.That(() => StatusAsync(run), Is.EqualTo("SUCCESS"));
        Assert.That(await _service.Database.TextAsync($"SELECT output ->> 'choice' FROM openclaw_system.operation_outputs WHERE workflow_uuid = '{run}' AND function_name = 'ask'"), Is.EqualTo("Tomorrow"), "The default counts.");
    }

    private static WorkflowDefinition Steps(WorkflowDefinition definition) => definition.Database<AskingStep>("ask").Database<LastStep>("last");

    private Task<Guid> StartAsync(string workflow) => _service.Services.GetRequiredService<WorkflowClient>().StartAsync(new WorkflowStart(workflow, "admin", new { }), default);

    private async Task<Guid> QuestionAsync(Guid run) => Guid.Parse(await Eventually.That(
        () => _service.Database.TextAsync($"SELECT coalesce((SELECT id::text FROM openclaw.questions WHERE workflow_uuid = '{run}' AND state = 'open'), '')"), Is.Not.Empty));

    private Task<string> RestsAsync(Guid run) => Eventually.That(
        () => _service.Database.TextAsync($"SELECT status || ' ' || (executor_id IS NULL) || ' ' || (due_at > now()) FROM openclaw_system.workflow_status WHERE workflow_uuid = '{run}'"), Is.EqualTo("PENDING true true"));

    private Task<string> StatusAsync(Guid run) => _service.Database.TextAsync($"SELECT status FROM openclaw_system.workflow_status WHERE workflow_uuid = '{run}'");

    private sealed class AskingStep(StepQuestions questions) : IDatabaseStep
    {
        public async Task<object?> RunAsync(StepContext context, OpenClawDbContext db, CancellationToken cancellationToken) =>
            await questions.AskAsync(context, new QuestionDraft("Deploy?", ["Now", "Tomorrow"], "Tomorrow") { ExpiresIn = TimeSpan.FromDays(3) }, agentId: null, "the deployment", cancellationToken);
    }

    private sealed class LastStep : IDatabaseStep
    {
        public Task<object?> RunAsync(StepContext context, OpenClawDbContext db, CancellationToken cancellationToken) => Task.FromResult<object?>("done");
    }
}
