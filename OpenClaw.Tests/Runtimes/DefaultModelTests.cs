using System.Text.Json.Nodes;
using OpenClaw.Jobs.Runtimes;
using OpenClaw.Jobs.Runtimes.Echo;
using OpenClaw.Jobs.Runtimes.Models;
using OpenClaw.Tests.Gateway.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Runtimes;

/// <summary>What an agent runs on for which nobody has named a model.</summary>
public sealed class DefaultModelTests
{
    private static readonly FakeRuntime Session = new("session", [], null);
    private static readonly FakeRuntime OwnServer = new("openai", [], null);

    [Test]
    public void Without_any_other_it_is_the_echo() =>
        Assert.That(Name(new FakeRuntime("openai", ["openai/gpt-5"], "Set OPENAI_API_KEY."), Session), Is.EqualTo("local/echo"));

    [Test]
    public void A_configured_runtime_is_taken_before_the_echo() => Assert.That(Name(new FakeRuntime("openclaw", ["openclaw/default"], null), Session), Is.EqualTo("openclaw/default"));

    [Test]
    public void The_model_that_reads_commands_is_taken_before_others()
    {
        var anthropic = new FakeRuntime("anthropic", ["anthropic/claude"], null);

        Assert.That(Name("openai/llama-3", anthropic, OwnServer), Is.EqualTo("openai/llama-3"));
        Assert.That(Name("gone/model", anthropic, OwnServer), Is.EqualTo("anthropic/claude"));
        Assert.That(Name(OwnServer), Is.EqualTo("local/echo"), "Nobody knows what that server has.");
    }

    [Test]
    public async Task The_first_agent_of_the_gateway_runs_on_it()
    {
        await using var service = await RunningService.StartAsync(null, ("ANTHROPIC_API_KEY", "any"), ("ANTHROPIC_BASE_URL", "http://127.0.0.1:9"));
        await using var client = await GatewayClient.ConnectAsync(service.Address);

        await client.CallAsync("sessions.create", new JsonObject { ["key"] = "first" });
        await client.CallAsync("agents.create", new JsonObject { ["name"] = "second" });

        Assert.That(await service.Database.LinesAsync("SELECT name, split_part(model, '/', 1) FROM openclaw.agents ORDER BY id"), Is.EqualTo(new[] { "main|anthropic", "second|anthropic" }));
    }

    private static string Name(params IAgentRuntime[] runtimes) => Name(null, runtimes);

    private static string Name(string? commandModel, params IAgentRuntime[] runtimes) =>
        new DefaultModel(new RuntimeCatalog([new LocalEchoRuntime(TimeProvider.System), .. runtimes]), new ModelSettings { CommandModel = commandModel }).Name;

    private sealed class FakeRuntime(string provider, IReadOnlyList<string> models, string? unavailable) : IAgentRuntime
    {
        public string Provider => provider;

        public IReadOnlyList<string> Models => models;

        public string? WhyUnavailable(string model) => unavailable;

        public Task<string> ConnectAsync(RuntimeAgent agent, string idempotencyKey, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<TurnReply> RunTurnAsync(RuntimeAgent agent, Turn turn, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task DisconnectAsync(RuntimeAgent agent, string idempotencyKey, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
