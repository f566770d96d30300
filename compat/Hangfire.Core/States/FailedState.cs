using Hangfire.Common;

namespace Hangfire.States;

public class FailedState : IState
{
    public static readonly string StateName = "Failed";

    public FailedState(Exception exception) : this(exception, null)
    {
    }

    public FailedState(Exception exception, string? serverId)
    {
        ArgumentNullException.ThrowIfNull(exception);
        (Exception, ServerId) = (exception, serverId);
    }

    public Exception Exception { get; }
    public string? ServerId { get; }
    public DateTime FailedAt { get; } = DateTime.UtcNow;
    public int? MaxLinesInStackTrace { get; set; } = 100;
    public string? Reason { get; set; }
    public string Name => StateName;
    public bool IsFinal => false;
    public bool IgnoreJobLoadException => true;

    public Dictionary<string, string> SerializeData()
    {
        var data = new Dictionary<string, string>
        {
            ["FailedAt"] = JobHelper.SerializeDateTime(FailedAt),
            ["ExceptionType"] = Exception.GetType().FullName!,
            ["ExceptionMessage"] = Exception.Message,
            ["ExceptionDetails"] = Details(),
        };
        if (ServerId is not null)
            data["ServerId"] = ServerId;
        return data;
    }

    private string Details()
    {
        var details = Exception.ToString();
        if (MaxLinesInStackTrace is not { } max)
            return details;
        var lines = details.Split('\n');
        return lines.Length <= max ? details : string.Join('\n', lines.Take(max));
    }
}
