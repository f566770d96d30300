using System.Diagnostics;
using System.Text.Json.Nodes;
using OpenClaw.Tests.Interop.Support;
using OpenClaw.Tests.Support;

namespace OpenClaw.Tests.Interop.Clients;

/// <summary><c>openclaw node run</c>, the host of a machine's camera, files and programs.</summary>
[TestFixture(Side.Real)]
[TestFixture(Side.Ours)]
[Explicit("scripts/test interop brings the real OpenClaw, a gigabyte of it.")]
public sealed class NodeRunTests(Side side) : ClientFixture(side)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [Test]
    public async Task It_comes_in_by_a_setup_code_without_the_gateways_token()
    {
        await using var owner = await Gateway.TalkAsync();
        var code = await owner.CallAsync("device.pair.setupCode", new JsonObject { ["publicUrl"] = Gateway.Url, ["bootstrapProfile"] = "node", ["includeQr"] = false });
        using var home = new ClientHome();
        using var host = Process.Start(home.Start("node", "run", "--pair", (string)code["setupCode"]!))!;
        try
        {
            var status = await Eventually.That(async () => (await owner.CallAsync("device.pair.setupStatus", new JsonObject { ["setupId"] = (string)code["setupId"]! }))["completion"], Is.Not.Null, Patience);
            var node = await Eventually.That(
                async () => (await owner.CallAsync("node.list"))["nodes"]!.AsArray().SingleOrDefault(node => (string?)node!["nodeId"] == (string?)status!["deviceId"] && (bool)node["connected"]!), Is.Not.Null, Patience);

            Assert.That((string?)status!["access"], Is.EqualTo("node"));
            Assert.That((string?)node!["clientId"], Is.EqualTo("node-host"));
        }
        finally
        {
            host.Kill(entireProcessTree: true);
            await host.WaitForExitAsync();
        }
    }
}
