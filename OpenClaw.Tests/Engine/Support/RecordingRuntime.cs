using System.Text;
using System.Text.Json;
using OpenClaw.Jobs.Runtimes;

namespace OpenClaw.Tests.Engine.Support;

/// <summary>Writes every call into a file, which outlives the process, before it answers.</summary>
internal sealed class RecordingRuntime(string path, KillSwitch killSwitch) : IAgentRuntime
{
    private readonly Lock _writing = new();

    public string Provider => "recorded";

    public string? WhyUnavailable(string model) => null;

    public Task<string> ConnectAsync(RuntimeAgent agent, string idempotencyKey, CancellationToken cancellationToken)
    {
        var first = !File.Exists(path) || RecordedCall.ReadAll(path).All(call => call.Key != idempotencyKey);
        Record("connect", agent, idempotencyKey);
        if (first)
        {
            killSwitch.Reach($"{KillSwitch.Called}:connect_runtime");
        }

        return Task.FromResult($"recorded-{agent.Id:N}");
    }

    public Task<TurnReply> RunTurnAsync(RuntimeAgent agent, Turn turn, CancellationToken cancellationToken)
    {
        Record("turn", agent, turn.IdempotencyKey);
        return Task.FromResult(new TurnReply(turn.Message));
    }

    public Task DisconnectAsync(RuntimeAgent agent, string idempotencyKey, CancellationToken cancellationToken)
    {
        Record("disconnect", agent, idempotencyKey);
        return Task.CompletedTask;
    }

    private void Record(string call, RuntimeAgent agent, string key)
    {
        var line = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new RecordedCall(call, agent.Id, key)) + "\n");
        lock (_writing)
        {
            using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            file.Write(line);
        }
    }
}

/// <summary>One call to the outside.</summary>
internal sealed record RecordedCall(string Call, Guid AgentId, string Key)
{
    public static IReadOnlyList<RecordedCall> ReadAll(string path) =>
        [.. File.ReadLines(path).Select(line => JsonSerializer.Deserialize<RecordedCall>(line)!)];
}
