using Hangfire.Common;
using Hangfire.Engine;
using Hangfire.Storage;

namespace Hangfire.States;

public class ElectStateContext : StateContext
{
    private readonly Transition _transition;
    private readonly List<IState> _traversed = [];
    private IState _candidate;

    internal ElectStateContext(Transition transition, IState candidate) =>
        (_transition, _candidate) = (transition, candidate);

    public override BackgroundJob BackgroundJob => _transition.Job;
    public JobStorage Storage => _transition.Storage;
    public IStorageConnection Connection => _transition.Connection;
    public IWriteOnlyTransaction Transaction => _transition.Transaction;
    public string? CurrentState => _transition.CurrentState;
    public IState[] TraversedStates => [.. _traversed];
    public IDictionary<string, object> CustomData => _transition.CustomData;

    public IState CandidateState
    {
        get => _candidate;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            if (ReferenceEquals(value, _candidate))
                return;
            _traversed.Add(_candidate);
            _candidate = value;
        }
    }

    internal Transition Transition => _transition;

    internal EngineTransaction Engine => _transition.Transaction;

    public T? GetJobParameter<T>(string name) => GetJobParameter<T>(name, allowStale: false);

    public T? GetJobParameter<T>(string name, bool allowStale) => _transition.GetParameter<T>(name, allowStale);

    public void SetJobParameter<T>(string name, T value) =>
        _transition.SetParameter(name, SerializationHelper.Serialize(value, SerializationOption.User));
}
