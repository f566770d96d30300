using System.Text.Json;

namespace Hangfire.PostgreSql.Monitoring;

internal sealed record ServerData(string[] Queues, DateTime StartedAt, int WorkerCount)
{
    public static ServerData Parse(string? json)
    {
        var data = json is null ? null : JsonSerializer.Deserialize<ServerData>(json);
        return new ServerData(data?.Queues ?? [], data?.StartedAt ?? DateTime.MinValue, data?.WorkerCount ?? 0);
    }
}
