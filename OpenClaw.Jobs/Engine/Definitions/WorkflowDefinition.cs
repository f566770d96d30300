using OpenClaw.Data.Workflows;
using OpenClaw.Jobs.Engine.Hangfire;

namespace OpenClaw.Jobs.Engine.Definitions;

/// <summary>
/// A workflow as an explicit, versioned list of named steps. A run keeps the version it was started with: to change the
/// steps, register a new version beside the old one. Names are stored; never rename one.
/// </summary>
public sealed class WorkflowDefinition
{
    private WorkflowDefinition(string name, int version, WorkflowMode mode, string queue) =>
        (Name, Version, Mode, Queue) = (name, version, mode, queue);

    public string Name { get; }

    public int Version { get; }

    public WorkflowMode Mode { get; }

    /// <summary>Of <see cref="Queues"/>: Hangfire's for the jobs of a chained run, the ledger's for an inline one.</summary>
    public string Queue { get; }

    public IReadOnlyList<StepDefinition> Steps { get; private init; } = [];

    /// <summary>The service that is told when a run ends without success or is taken up again.</summary>
    public Type? Hooks { get; private init; }

    /// <summary>How long a run may take in all; null for no limit.</summary>
    public TimeSpan? TimeLimit { get; private init; }

    /// <summary>Each step is a Hangfire job of its own, created as a chain of continuations when the run starts.</summary>
    public static WorkflowDefinition Chained(string name, int version, string queue) =>
        new(name, version, WorkflowMode.Chained, queue);

    /// <summary>A runner takes the run when it is due and runs all the steps, and checkpoints each.</summary>
    public static WorkflowDefinition Inline(string name, int version, string queue) =>
        new(name, version, WorkflowMode.Inline, queue);

    /// <summary>Adds a step whose effect is in our database: it commits together with the checkpoint, exactly once.</summary>
    public WorkflowDefinition Database<TStep>(string name, RetryPolicy? retry = null, TimeSpan? timeout = null)
        where TStep : class, IDatabaseStep => With(new StepDefinition(name, typeof(TStep), retry ?? RetryPolicy.Default, timeout ?? StepDefinition.DefaultTimeout));

    /// <summary>Adds a step whose effect is outside: it runs at least once, with a stable idempotency key.</summary>
    public WorkflowDefinition External<TStep>(string name, RetryPolicy? retry = null, TimeSpan? timeout = null)
        where TStep : class, IExternalStep => With(new StepDefinition(name, typeof(TStep), retry ?? RetryPolicy.Default, timeout ?? StepDefinition.DefaultTimeout));

    public WorkflowDefinition WithHooks<THooks>() where THooks : class, IWorkflowHooks => Copy(Steps, typeof(THooks), TimeLimit);

    public WorkflowDefinition Within(TimeSpan limit) => Copy(Steps, Hooks, limit);

    private WorkflowDefinition With(StepDefinition step) => Copy([.. Steps, step], Hooks, TimeLimit);

    private WorkflowDefinition Copy(IReadOnlyList<StepDefinition> steps, Type? hooks, TimeSpan? limit) =>
        new(Name, Version, Mode, Queue) { Steps = steps, Hooks = hooks, TimeLimit = limit };
}
