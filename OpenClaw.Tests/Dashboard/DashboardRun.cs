using OpenClaw.Tests.Dashboard.Support;

namespace OpenClaw.Tests.Dashboard;

[SetUpFixture]
public sealed class DashboardRun
{
    [OneTimeTearDown]
    public Task Stop_the_shared_site() => DashboardSite.StopSharedAsync();
}
