namespace Hangfire.Storage.Monitoring;

public class ServerDto
{
    public DateTime? Heartbeat { get; set; }
    public string Name { get; set; } = "";
    public IList<string> Queues { get; set; } = [];
    public DateTime StartedAt { get; set; }
    public int WorkersCount { get; set; }
}
