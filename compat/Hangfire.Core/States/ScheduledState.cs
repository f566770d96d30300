using Hangfire.Common;
using Newtonsoft.Json;

namespace Hangfire.States;

public class ScheduledState : IState
{
    public static readonly string StateName = "Scheduled";

    public ScheduledState(TimeSpan enqueueIn) : this(DateTime.UtcNow.Add(enqueueIn))
    {
    }

    [JsonConstructor]
    public ScheduledState(DateTime enqueueAt) => EnqueueAt = enqueueAt.Kind == DateTimeKind.Local ? enqueueAt.ToUniversalTime() : enqueueAt;

    public DateTime EnqueueAt { get; }
    public string? Reason { get; set; }

    [JsonIgnore]
    public DateTime ScheduledAt { get; } = DateTime.UtcNow;

    [JsonIgnore]
    public string Name => StateName;

    [JsonIgnore]
    public bool IsFinal => false;

    [JsonIgnore]
    public bool IgnoreJobLoadException => false;

    public Dictionary<string, string> SerializeData() => new()
    {
        ["EnqueueAt"] = JobHelper.SerializeDateTime(EnqueueAt),
        ["ScheduledAt"] = JobHelper.SerializeDateTime(ScheduledAt),
    };
}
