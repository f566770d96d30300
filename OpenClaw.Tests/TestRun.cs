using OpenClaw.Tests.Support;

[assembly: Parallelizable(ParallelScope.Fixtures)]
// Most tests wait for PostgreSQL or for a process; a few more than there are cores keep the cores busy.
[assembly: LevelOfParallelism(4)]
[assembly: FixtureLifeCycle(LifeCycle.InstancePerTestCase)]

namespace OpenClaw.Tests;

[SetUpFixture]
public sealed class TestRun
{
    [OneTimeTearDown]
    public Task Stop_the_server_of_the_run() => TestServer.StopAsync();
}
