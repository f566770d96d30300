using Hangfire.Common;
using Newtonsoft.Json;

namespace Hangfire.States;

public class EnqueuedState : IState
{
    public const string DefaultQueue = "default";
    public static readonly string StateName = "Enqueued";

    private string _queue;

    public EnqueuedState() : this(DefaultQueue)
    {
    }

    [JsonConstructor]
    public EnqueuedState(string queue)
    {
        QueueName.Validate(queue, nameof(queue));
        _queue = queue;
    }

    public string Queue
    {
        get => _queue;
        set
        {
            QueueName.Validate(value, nameof(value));
            _queue = value;
        }
    }

    public string? Reason { get; set; }

    [JsonIgnore]
    public DateTime EnqueuedAt { get; } = DateTime.UtcNow;

    [JsonIgnore]
    public string Name => StateName;

    [JsonIgnore]
    public bool IsFinal => false;

    [JsonIgnore]
    public bool IgnoreJobLoadException => false;

    public Dictionary<string, string> SerializeData() => new()
    {
        ["EnqueuedAt"] = JobHelper.SerializeDateTime(EnqueuedAt),
        ["Queue"] = Queue,
    };
}
