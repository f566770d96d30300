using Hangfire.Common;
using Newtonsoft.Json;

namespace Hangfire.States;

public class DeletedState : IState
{
    public static readonly string StateName = "Deleted";

    public DeletedState() : this(null)
    {
    }

    [JsonConstructor]
    public DeletedState(ExceptionInfo? exceptionInfo) => ExceptionInfo = exceptionInfo;

    public ExceptionInfo? ExceptionInfo { get; }
    public string? Reason { get; set; }

    [JsonIgnore]
    public DateTime DeletedAt { get; } = DateTime.UtcNow;

    [JsonIgnore]
    public string Name => StateName;

    [JsonIgnore]
    public bool IsFinal => true;

    [JsonIgnore]
    public bool IgnoreJobLoadException => true;

    public Dictionary<string, string> SerializeData()
    {
        var data = new Dictionary<string, string> { ["DeletedAt"] = JobHelper.SerializeDateTime(DeletedAt) };
        if (ExceptionInfo is not null)
            data["Exception"] = SerializationHelper.Serialize(ExceptionInfo)!;
        return data;
    }
}
