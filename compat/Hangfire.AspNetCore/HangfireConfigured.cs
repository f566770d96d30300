namespace Hangfire;

/// <summary>
/// What the application's configuration set up, taken once per container: the statics behind
/// <see cref="GlobalConfiguration"/> belong to the process, in which several hosts may run.
/// </summary>
internal sealed record HangfireConfigured(JobStorage Storage, JobActivator Activator)
{
    private static readonly Lock Gate = new();

    public static HangfireConfigured Run(Action<IGlobalConfiguration> configure)
    {
        lock (Gate)
        {
            configure(GlobalConfiguration.Configuration);
            return new(JobStorage.Current, JobActivator.Current);
        }
    }
}
