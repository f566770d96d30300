using OpenClaw.Bench.Gateway;

namespace OpenClaw.Bench.Turns;

/// <summary>Clients that write to agents in turns and wait for what they answer.</summary>
internal sealed class AgentClients : IAsyncDisposable
{
    private readonly BenchClient[] _clients;
    private readonly string[] _agents;
    private int _next;

    private AgentClients(BenchClient[] clients, string[] agents) => (_clients, _agents) = (clients, agents);

    public static async Task<AgentClients> ConnectAsync(Uri address, int count, string[] agents) => new(
        await Task.WhenAll(Enumerable.Range(0, count).Select(number => BenchClient.ConnectAsync(address, $"turns-{number}", (_, _) => { }))), agents);

    /// <summary>Writes to the next agent and returns when it has answered.</summary>
    public Task SayAsync()
    {
        var number = Interlocked.Increment(ref _next);
        return _clients[number % _clients.Length].AskAsync(
            "agent", new { agentId = _agents[number % _agents.Length], message = "hello", idempotencyKey = Guid.NewGuid().ToString() });
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
        {
            await client.DisposeAsync();
        }
    }
}
