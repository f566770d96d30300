using Hangfire.Common;
using Hangfire.States;
using Newtonsoft.Json;

namespace Hangfire.Engine;

/// <summary>Jobs that wait for another: what their parent remembers of them, and what its end means for them.</summary>
internal static class Continuations
{
    public const string Parameter = "Continuations";

    /// <summary>Records the next state of everything that waits for the job of the election, in the same transaction.</summary>
    public static void Release(ElectStateContext context)
    {
        var transition = context.Transition;
        var engine = EngineStorage.Of(transition.Storage);
        foreach (var id in Read(transition.Job.ParametersSnapshot?.GetValueOrDefault(Parameter)).Select(c => c.JobId).Distinct())
        {
            var child = engine.ReadJob(id);
            if (child?.StateName != AwaitingState.StateName)
                continue;
            transition.Transaction.Expect(child);
            var next = NextState(child, context.CandidateState.Name);
            var filters = child.Job is null ? JobFilters.None : JobFilters.For(transition.FilterProvider, child.Job);
            if (child.Job is null && !next.IgnoreJobLoadException)
                next = new FailedState(child.LoadException!);
            StateMachine.Apply(
                new Transition(
                    transition.Storage, transition.FilterProvider, transition.Connection, transition.Transaction, child.ToBackgroundJob(), child.StateName),
                next,
                filters);
        }
    }

    public static IState NextState(JobSnapshot child, string parentState)
    {
        var options = Enum.Parse<JobContinuationOptions>(child.StateData?.GetValueOrDefault("Options") ?? "OnAnyFinishedState");
        if (!IsMet(options, parentState))
            return new DeletedState { Reason = "Continuation condition was not met" };
        try
        {
            return SerializationHelper.Deserialize<IState>(
                child.StateData?.GetValueOrDefault("NextState"), SerializationOption.TypedInternal) ?? new EnqueuedState();
        }
        catch (JsonException exception)
        {
            return new FailedState(exception) { Reason = "The state that should follow cannot be read." };
        }
    }

    public static bool IsMet(JobContinuationOptions options, string parentState) => options switch
    {
        JobContinuationOptions.OnlyOnSucceededState => parentState == SucceededState.StateName,
        JobContinuationOptions.OnlyOnDeletedState => parentState == DeletedState.StateName,
        _ => true,
    };

    private static List<Entry> Read(string? parameter) => SerializationHelper.Deserialize<List<Entry>>(parameter) ?? [];

    private sealed record Entry(string JobId, JobContinuationOptions Options);
}
