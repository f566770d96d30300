using System.Net.Http.Json;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Data;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Engine.Execution;
using OpenClaw.Jobs.Runtimes;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Gateway;

/// <summary>How long <c>/v1/chat/completions</c> waits for an agent, by a clock that the test moves.</summary>
public sealed class LongCompletionTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_completion_waits_for_its_agent_for_a_day_and_then_says_where_the_answer_will_be(bool stream)
    {
        var (time, runtime) = (new CountedTime(), new SlowRuntime());
        await using var service = await RunningService.StartAsync(services =>
        {
            services.AddSingleton<IAgentRuntime>(runtime);
            services.AddSingleton(provider => new WorkflowCompletions(provider.GetRequiredService<IDbContextFactory<OpenClawDbContext>>(), provider.GetRequiredService<RunningWorkflows>(), time));
        });
        var answer = await service.Api.PostAsync("/api/v1/agents/provision", new { name = "slow", model = "slow/one", heartbeat = new { enabled = false } }, ("Prefer", "respond-async"));
        await Eventually.That(() => service.Database.TextAsync($"SELECT status FROM openclaw.agents WHERE id = '{answer.AgentId}'"), Is.EqualTo("running"));

        var first = AskAsync();
        await WaitsAsync();
        time.Advance(TimeSpan.FromHours(23.9));
        await WaitsAsync();
        runtime.Answer("here it is");
        Assert.That(await first.WaitAsync(Patience), Does.Contain("here it is"));

        var second = AskAsync();
        await WaitsAsync();
        time.Advance(TimeSpan.FromHours(24));
        Assert.That(await second.WaitAsync(Patience), Does.Contain("its answer will be in the history").And.Contain("api_error"));
        runtime.Answer("in the history");
        await Eventually.That(() => service.Database.TextAsync("SELECT count(*) FROM openclaw_system.notifications WHERE content = 'in the history'"), Is.EqualTo("1"));

        async Task<string> AskAsync()
        {
            using var content = JsonContent.Create(new { model = "openclaw/slow", stream, messages = new[] { new { role = "user", content = "hello" } } });
            using var completed = await service.Api.PostAsync("/v1/chat/completions", content);
            return await completed.Content.ReadAsStringAsync();
        }

        Task WaitsAsync() => Eventually.That(() => time.Waiting, Is.EqualTo(1));
    }

    private sealed class SlowRuntime : IAgentRuntime
    {
        private readonly Channel<string> _answers = Channel.CreateUnbounded<string>();

        public string Provider => "slow";

        public void Answer(string text) => _answers.Writer.TryWrite(text);

        public string? WhyUnavailable(string model) => null;

        public Task<string> ConnectAsync(RuntimeAgent agent, string idempotencyKey, CancellationToken cancellationToken) => Task.FromResult("one");

        public async Task<TurnReply> RunTurnAsync(RuntimeAgent agent, Turn turn, CancellationToken cancellationToken) => new(await _answers.Reader.ReadAsync(cancellationToken));

        public Task DisconnectAsync(RuntimeAgent agent, string idempotencyKey, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
