using Hangfire.States;
using Hangfire.Storage;

namespace Hangfire.Dashboard.Dispatchers;

internal static class Commands
{
    private const string Reason = "Triggered via Dashboard UI";

    public static readonly Command Requeue = new("requeued", (context, id, state) =>
        context.GetBackgroundJobClient().ChangeState(id, new EnqueuedState { Reason = Reason }, state));

    public static readonly Command Delete = new("deleted", (context, id, state) =>
        context.GetBackgroundJobClient().ChangeState(id, new DeletedState { Reason = Reason }, state));

    public static readonly Command Trigger = new("triggered", (context, id, _) =>
        OnRecurringJob(context, id, static (manager, id) => manager.Trigger(id)));

    public static readonly Command Remove = new("removed", (context, id, _) =>
        OnRecurringJob(context, id, static (manager, id) => manager.RemoveIfExists(id)));

    public static IReadOnlyList<Command> All { get; } = [Requeue, Delete, Trigger, Remove];

    private static bool OnRecurringJob(DashboardContext context, string id, Action<IRecurringJobManager, string> command)
    {
        using var connection = context.Storage.GetConnection();
        if (connection.GetRecurringJobs([id]) is not [{ Removed: false }]) return false;

        command(context.GetRecurringJobManager(), id);
        return true;
    }
}
