using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Data.Workflows;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Jobs.Engine.Hangfire;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Engine.Support;

/// <summary>The service with two scripted workflows, one of each mode, and eyes on its tables.</summary>
internal sealed class WorkflowBench : IAsyncDisposable
{
    public const string Chained = "scripted_chained";
    public const string Inline = "scripted_inline";
    public const string Grouped = "scripted_grouped";
    public const string Limited = "scripted_limited";
    public const string Lifecycle = "scripted_lifecycle";
    public const string UntidyChained = "scripted_untidy_chained";
    public const string UntidyInline = "scripted_untidy_inline";
    public const string Patient = "scripted_patient";
    public const string Owner = "tester";

    private static readonly RetryPolicy Quick = new(3, TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1));

    private WorkflowBench(RunningService service) => Service = service;

    public RunningService Service { get; }

    public StepScript Script => Service.Services.GetRequiredService<StepScript>();

    public WorkflowClient Client => Service.Services.GetRequiredService<WorkflowClient>();

    public static async Task<WorkflowBench> StartAsync() => new(await RunningService.StartAsync(AddTo));

    /// <summary>For a service that was started with <see cref="AddTo"/>.</summary>
    public static WorkflowBench Of(RunningService service) => new(service);

    public static void AddTo(IServiceCollection services)
    {
        services.AddSingleton<StepScript>();
        services.AddWorkflow(Steps(WorkflowDefinition.Chained(Chained, version: 1, Queues.Default)));
        services.AddWorkflow(Steps(WorkflowDefinition.Inline(Inline, version: 1, Queues.Default)));
        services.AddWorkflow(WorkflowDefinition.Inline(Grouped, version: 1, Queues.Default)
            .Database<ScriptedDatabaseStep>("first", Quick).Database<ScriptedDatabaseStep>("second", Quick).Database<ScriptedDatabaseStep>("third", Quick));
        services.AddWorkflow(Steps(WorkflowDefinition.Chained(Limited, version: 1, Queues.Default)).Within(TimeSpan.FromHours(1)));
        services.AddWorkflow(Steps(WorkflowDefinition.Chained(UntidyChained, version: 1, Queues.Default)).WithHooks<FailingHooks>());
        services.AddWorkflow(Steps(WorkflowDefinition.Inline(UntidyInline, version: 1, Queues.Default)).WithHooks<FailingHooks>());
        services.AddWorkflow(WorkflowDefinition.Inline(Patient, version: 1, Queues.Default).External<ScriptedStep>("first", Quick with { Patience = TimeSpan.FromMinutes(10) }));
        services.AddWorkflow(Steps(WorkflowDefinition.Chained(Lifecycle, version: 1, Queues.Agents)));
    }

    /// <summary>Starts a run; <paramref name="prepare"/> scripts it first.</summary>
    public async Task<Guid> RunAsync(string name, Action<Guid>? prepare = null)
    {
        var start = new WorkflowStart(name, Owner, new { });
        prepare?.Invoke(start.WorkflowUuid);
        return await Client.StartAsync(start, default);
    }

    public Task EndsAsync(Guid run, WorkflowStatus status) => Eventually.That(
        () => TextAsync($"SELECT status FROM openclaw_system.workflow_status WHERE workflow_uuid = '{run}'"),
        Is.EqualTo(status.ToString().ToUpperInvariant()),
        TimeSpan.FromSeconds(20));

    public Task<string> TextAsync(FormattableString sql) => Service.Database.TextAsync(sql.ToString());

    /// <summary>Kinds of the run's events, each with its step.</summary>
    public async Task<string[]> EventsAsync(Guid run) =>
        (await TextAsync($"SELECT string_agg(concat_ws(':', kind, step), ' ' ORDER BY seq) FROM openclaw_system.workflow_events WHERE workflow_uuid = '{run}'")).Split(' ');

    public async Task<JsonElement> ErrorAsync(Guid run) =>
        JsonSerializer.Deserialize<JsonElement>(await TextAsync($"SELECT error::text FROM openclaw_system.workflow_status WHERE workflow_uuid = '{run}'"));

    public Task ExecuteAsync(FormattableString sql) => Service.Database.ExecuteAsync(sql.ToString());

    /// <summary>Makes the reconciler look at the run now.</summary>
    public Task DueNowAsync(Guid run) => ExecuteAsync($"UPDATE openclaw_system.workflow_status SET due_at = now() WHERE workflow_uuid = '{run}'");

    public ValueTask DisposeAsync() => Service.DisposeAsync();


    private static WorkflowDefinition Steps(WorkflowDefinition definition) => definition
        .External<ScriptedStep>("first", Quick)
        .Database<ScriptedDatabaseStep>("second", Quick)
        .External<ScriptedStep>("third", Quick, timeout: TimeSpan.FromSeconds(2));
}
