using System.Globalization;
using Hangfire.Common;

namespace Hangfire.States;

public class SucceededState(object? result, long latency, long performanceDuration) : IState
{
    public static readonly string StateName = "Succeeded";

    public object? Result { get; } = result;
    public long Latency { get; } = latency;
    public long PerformanceDuration { get; } = performanceDuration;
    public DateTime SucceededAt { get; } = DateTime.UtcNow;
    public string? Reason { get; set; }
    public string Name => StateName;
    public bool IsFinal => true;
    public bool IgnoreJobLoadException => false;

    public Dictionary<string, string> SerializeData()
    {
        var data = new Dictionary<string, string>
        {
            ["SucceededAt"] = JobHelper.SerializeDateTime(SucceededAt),
            ["PerformanceDuration"] = PerformanceDuration.ToString(CultureInfo.InvariantCulture),
            ["Latency"] = Latency.ToString(CultureInfo.InvariantCulture),
        };
        if (Result is not null)
            data["Result"] = SerializeResult(Result);
        return data;
    }

    // The job has done its work by now: a result that cannot be written down must not undo that.
    private static string SerializeResult(object result)
    {
        try
        {
            return SerializationHelper.Serialize(result, SerializationOption.User)!;
        }
        catch (Exception exception)
        {
            return SerializationHelper.Serialize($"Cannot serialize the return value: {exception.Message}", SerializationOption.User)!;
        }
    }
}
