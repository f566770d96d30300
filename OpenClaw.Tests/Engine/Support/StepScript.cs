using System.Collections.Concurrent;
using OpenClaw.Data;
using OpenClaw.Data.Security;
using OpenClaw.Jobs.Engine.Definitions;

namespace OpenClaw.Tests.Engine.Support;

/// <summary>What the steps of test workflows do: each run brings its own, and its calls are counted.</summary>
internal sealed class StepScript
{
    private readonly ConcurrentDictionary<(Guid, string), Func<StepContext, CancellationToken, Task<object?>>> _acts = new();
    private readonly ConcurrentQueue<(Guid Run, string Step)> _calls = new();

    /// <summary>Makes a step of a run do something; without it a step returns its own name.</summary>
    public void On(Guid run, string step, Func<StepContext, CancellationToken, Task<object?>> act) => _acts[(run, step)] = act;

    /// <summary>Makes a step throw this at its first attempts.</summary>
    public void Fail(Guid run, string step, Exception exception, int times = int.MaxValue) =>
        On(run, step, (context, _) => CallsOf(run).Count(called => called == step) <= times ? throw exception : Task.FromResult<object?>(context.StepName));

    public string[] CallsOf(Guid run) => [.. _calls.Where(call => call.Run == run).Select(call => call.Step)];

    public Task<object?> RunAsync(StepContext context, CancellationToken cancellationToken)
    {
        _calls.Enqueue((context.WorkflowUuid, context.StepName));
        return _acts.TryGetValue((context.WorkflowUuid, context.StepName), out var act)
            ? act(context, cancellationToken)
            : Task.FromResult<object?>(context.StepName);
    }
}

internal sealed class ScriptedStep(StepScript script) : IExternalStep
{
    public Task<object?> RunAsync(StepContext context, CancellationToken cancellationToken) => script.RunAsync(context, cancellationToken);
}

/// <summary>Leaves an audit row each time its effect is committed, whatever the script says afterwards.</summary>
internal sealed class ScriptedDatabaseStep(StepScript script) : IDatabaseStep
{
    public const string Action = "test.step";

    public async Task<object?> RunAsync(StepContext context, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        db.AuditLog.Add(new AuditEntry { Actor = "test", Action = Action, Subject = $"workflow:{context.WorkflowUuid}" });
        await db.SaveChangesAsync(cancellationToken);
        return await script.RunAsync(context, cancellationToken);
    }
}
