using System.Collections.Concurrent;
using OpenClaw.Jobs.Runtimes;

namespace OpenClaw.Tests.Engine.Support;

/// <summary>Serves <c>scripted/…</c>: each model answers as its script says.</summary>
internal sealed class ScriptedRuntime : IAgentRuntime
{
    private readonly ConcurrentDictionary<string, Func<Turn, CancellationToken, Task<string>>> _scripts = new();

    public string Provider => "scripted";

    public ConcurrentQueue<(Guid Agent, Turn Turn)> Turns { get; } = new();

    public void Answer(string model, Func<Turn, CancellationToken, Task<string>> script) => _scripts[model] = script;

    public void Answer(string model, string text) => Answer(model, (_, _) => Task.FromResult(text));

    public string? WhyUnavailable(string model) => null;

    public Task<string> ConnectAsync(RuntimeAgent agent, string idempotencyKey, CancellationToken cancellationToken) => Task.FromResult($"scripted-{agent.Id:N}");

    public async Task<TurnReply> RunTurnAsync(RuntimeAgent agent, Turn turn, CancellationToken cancellationToken)
    {
        Turns.Enqueue((agent.Id, turn));
        return new TurnReply(await _scripts[agent.Model](turn, cancellationToken));
    }

    public Task DisconnectAsync(RuntimeAgent agent, string idempotencyKey, CancellationToken cancellationToken) => Task.CompletedTask;
}
