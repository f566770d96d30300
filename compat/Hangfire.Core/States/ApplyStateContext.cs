using Hangfire.Engine;
using Hangfire.Storage;

namespace Hangfire.States;

public class ApplyStateContext : StateContext
{
    private readonly Transition _transition;

    internal ApplyStateContext(Transition transition, IState newState)
    {
        (_transition, NewState) = (transition, newState);
        JobExpirationTimeout = transition.Storage.JobExpirationTimeout;
    }

    public override BackgroundJob BackgroundJob => _transition.Job;
    public JobStorage Storage => _transition.Storage;
    public IStorageConnection Connection => _transition.Connection;
    public IWriteOnlyTransaction Transaction => _transition.Transaction;
    public string? OldStateName => _transition.CurrentState;
    public IState NewState { get; }
    public TimeSpan JobExpirationTimeout { get; set; }

    public T? GetJobParameter<T>(string name) => GetJobParameter<T>(name, allowStale: false);

    public T? GetJobParameter<T>(string name, bool allowStale) => _transition.GetParameter<T>(name, allowStale);
}
