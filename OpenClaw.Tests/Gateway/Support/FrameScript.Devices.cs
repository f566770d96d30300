using System.Buffers.Text;
using System.Text.Json.Nodes;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Gateway.Support;

internal sealed partial class FrameScript
{
    private async Task AskForMoreAsync()
    {
        await using var asking = await GatewayClient.OpenAsync(address);
        await asking.RequestAsync("connect", new TestDevice().Connect(await asking.ChallengeAsync(), new JsonObject { ["token"] = RunningService.Token }, scopes: ["operator.read"]));
        var asked = await asking.RequestAsync("device.scopes.requestUpgrade", new JsonObject { ["scopes"] = new JsonArray("operator.read", "operator.pairing") });
        Note("device.scopes.requestUpgrade", asked);
        await CallAsync("device.pair.approve", asked["payload"]!.AsObject());
        Note("device.scopes.waitUpgrade", await asking.RequestAsync("device.scopes.waitUpgrade", asked["payload"]));
    }

    private async Task SetUpAsync()
    {
        await RefuseAsync("device.pair.setupCode");
        var made = await CallAsync("device.pair.setupCode", new JsonObject { ["publicUrl"] = $"ws://127.0.0.1:{address.Port}" });
        var setup = new JsonObject { ["setupId"] = (string)made["setupId"]! };
        await CallAsync("device.pair.setupStatus", setup);
        var code = JsonNode.Parse(Base64Url.DecodeFromChars((string)made["setupCode"]!))!;
        await using var phone = await GatewayClient.OpenAsync(address);
        Note("connect (setup code)", await phone.RequestAsync("connect", new TestDevice().Connect(await phone.ChallengeAsync(), new JsonObject { ["bootstrapToken"] = (string)code["bootstrapToken"]! }, "node")));
        await CallAsync("device.pair.setupStatus", setup);
        await Eventually.That(() => client.Events("device.pair.setup.completed").Count(), Is.EqualTo(1), Patience);
    }
}
