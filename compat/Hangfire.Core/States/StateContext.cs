using Hangfire.Common;

namespace Hangfire.States;

public abstract class StateContext
{
    public abstract BackgroundJob BackgroundJob { get; }
    public Job Job => BackgroundJob.Job;
    public string JobId => BackgroundJob.Id;
    public DateTime CreatedAt => BackgroundJob.CreatedAt;
}
