using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Jobs.Runtimes;
using OpenClaw.Jobs.Runtimes.Models;

namespace OpenClaw.Tests.Runtimes.Support;

/// <summary>Asks a server that speaks OpenAI's protocol as a test has it do.</summary>
public abstract class ModelServerTests
{
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private protected FakeProvider Provider { get; private set; } = null!;

    [SetUp]
    public async Task Start_theProvider() => Provider = await FakeProvider.StartAsync();

    [TearDown]
    public async Task Stop_theProvider() => await Provider.DisposeAsync();

    private protected static StepFailedException FailureOf(Task asking) => Assert.ThrowsAsync<StepFailedException>(async () => await asking)!;

    private protected static ModelRequest Request(int? maxOutputTokens = null) => new("some/model", "You are tested.", [new(false, "first"), new(true, "second"), new(false, "third")], maxOutputTokens);

    private protected ModelSettings Settings() => new() { OpenAiBaseUrl = new Uri(Provider.Address, "/v1") };

    private protected async Task<TurnReply> AskAsync(OpenAiModels? given = null, int? maxOutputTokens = null, ModelRequest? request = null)
    {
        using var own = given is null ? new OpenAiModels(Settings(), TimeProvider.System) : null;
        return await new ModelReader(given ?? own!, OpenAiModels.ErrorsOf(Settings()), Patience, TimeProvider.System).ReadAsync(request ?? Request(maxOutputTokens), growing: null, default);
    }
}
