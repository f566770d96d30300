using Hangfire.States;

namespace Hangfire.Dashboard.Dispatchers;

internal static class Commands
{
    private const string Reason = "Triggered via Dashboard UI";

    public static readonly Command Requeue = new("requeued", (context, id, state) =>
        context.GetBackgroundJobClient().ChangeState(id, new EnqueuedState { Reason = Reason }, state));

    public static readonly Command Delete = new("deleted", (context, id, state) =>
        context.GetBackgroundJobClient().ChangeState(id, new DeletedState { Reason = Reason }, state));

    public static IReadOnlyList<Command> All { get; } = [Requeue, Delete];
}
