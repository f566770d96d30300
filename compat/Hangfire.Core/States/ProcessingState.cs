using Hangfire.Common;

namespace Hangfire.States;

public class ProcessingState : IState
{
    public static readonly string StateName = "Processing";

    internal ProcessingState(string serverId, string workerId, DateTime startedAt) =>
        (ServerId, WorkerId, StartedAt) = (serverId, workerId, startedAt);

    public string ServerId { get; }
    public string WorkerId { get; }
    public DateTime StartedAt { get; }
    public string? Reason { get; set; }
    public string Name => StateName;
    public bool IsFinal => false;
    public bool IgnoreJobLoadException => false;

    public Dictionary<string, string> SerializeData() => new()
    {
        ["StartedAt"] = JobHelper.SerializeDateTime(StartedAt),
        ["ServerId"] = ServerId,
        ["WorkerId"] = WorkerId,
    };
}
