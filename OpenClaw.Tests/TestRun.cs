using OpenClaw.Tests.Dashboard.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

[assembly: Parallelizable(ParallelScope.Fixtures)]
// Most tests wait for PostgreSQL or for a process; a few more than there are cores keep the cores busy.
// Fixtures start in the order of their full names: the longest are in Chaos.
[assembly: LevelOfParallelism(5)]
[assembly: FixtureLifeCycle(LifeCycle.InstancePerTestCase)]

namespace OpenClaw.Tests;

[SetUpFixture]
public sealed class TestRun
{
    // Five fixtures share the cores: what a page waits for is a condition, and the deadline only ends a hopeless wait.
    [OneTimeSetUp]
    public void Be_patient_with_pages() => Microsoft.Playwright.Assertions.SetDefaultExpectTimeout(30_000);

    [OneTimeTearDown]
    public async Task Stop_what_the_tests_shared()
    {
        await DashboardSite.StopSharedAsync();
        await Chromium.StopAsync();
        await SharedService.StopAsync();
        await TestDatabase.DropMigratedAsync();
        await TestServer.StopAsync();
    }
}
