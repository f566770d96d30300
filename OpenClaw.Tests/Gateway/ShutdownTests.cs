using OpenClaw.Tests.Gateway.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Gateway;

public sealed class ShutdownTests
{
    [Test]
    public async Task Clients_are_told_and_sent_away_with_1012()
    {
        var service = await RunningService.StartAsync();
        await using var client = await GatewayClient.ConnectAsync(service.Address);

        await service.DisposeAsync();

        Assert.That(await client.CloseAsync(), Is.EqualTo((1012, "service restart")));
        Assert.That((string?)client.Events("shutdown").Single()["payload"]!["reason"], Is.EqualTo("gateway stopping"));
    }
}
