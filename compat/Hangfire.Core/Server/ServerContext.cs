namespace Hangfire.Server;

public class ServerContext
{
    public string[] Queues { get; set; } = [];
    public int WorkerCount { get; set; } = -1;
}
