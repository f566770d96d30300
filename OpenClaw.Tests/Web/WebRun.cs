using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Web;

[SetUpFixture]
public sealed class WebRun
{
    [OneTimeTearDown]
    public Task Stop_the_shared_service() => SharedService.StopAsync();
}
