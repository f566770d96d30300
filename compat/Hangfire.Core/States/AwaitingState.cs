using System.Globalization;
using Hangfire.Common;

namespace Hangfire.States;

public class AwaitingState(string parentId, IState nextState, JobContinuationOptions options, TimeSpan expiration) : IState
{
    public static readonly string StateName = "Awaiting";

    private static readonly TimeSpan DefaultExpiration = TimeSpan.FromDays(365);

    public AwaitingState(string parentId) : this(parentId, new EnqueuedState())
    {
    }

    public AwaitingState(string parentId, IState nextState) : this(parentId, nextState, JobContinuationOptions.OnlyOnSucceededState)
    {
    }

    public AwaitingState(string parentId, IState nextState, JobContinuationOptions options)
        : this(parentId, nextState, options, DefaultExpiration)
    {
    }

    public string ParentId { get; } = parentId;
    public IState NextState { get; } = nextState;
    public JobContinuationOptions Options { get; } = options;
    public TimeSpan Expiration { get; } = expiration;
    public string? Reason { get; set; }
    public string Name => StateName;
    public bool IsFinal => false;
    public bool IgnoreJobLoadException => false;

    public Dictionary<string, string> SerializeData() => new()
    {
        ["ParentId"] = ParentId,
        ["NextState"] = SerializationHelper.Serialize<IState>(NextState, SerializationOption.TypedInternal)!,
        ["Options"] = Options.ToString("G"),
        ["Expiration"] = Expiration.ToString("d'.'hh':'mm':'ss", CultureInfo.InvariantCulture),
    };
}
