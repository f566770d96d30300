using System.Transactions;

namespace OpenClaw.Tests.Compat.Engine;

/// <summary>Tests that share one engine. Servers are theirs to start.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public abstract class EngineFixture
{
    protected EngineHost Host { get; private set; } = null!;

    [OneTimeSetUp]
    public async Task CreateHostAsync() => Host = await EngineHost.CreateAsync();

    [OneTimeTearDown]
    public async Task DisposeHostAsync() => await Host.DisposeAsync();

    /// <summary>What is done in it, workers see only when it is complete.</summary>
    protected static TransactionScope NewScope() => new(
        TransactionScopeOption.Required,
        new TransactionOptions { IsolationLevel = IsolationLevel.ReadCommitted },
        TransactionScopeAsyncFlowOption.Enabled);
}
