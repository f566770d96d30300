using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Gateway;

/// <summary>The real npm client. Where node or its package cannot be had, the test says so and is ignored.</summary>
public sealed class OpenClawNodeTests : GatewayFixture
{
    [Test]
    [CancelAfter(240_000)]
    public async Task It_talks_with_an_agent(CancellationToken cancellationToken)
    {
        var program = await NodeProgram.BringAsync("OpenClaw.Tests/Gateway/OpenClawNode", "openclaw-node", cancellationToken);

        var agent = await AgentAsync("node friend");
        var seen = await program.RunAsync("converse.mjs", [$"ws://127.0.0.1:{Service.Address.Port}", RunningService.Token, agent], cancellationToken);

        Assert.Multiple(() =>
        {
            Assert.That((seen.GetProperty("protocol").GetInt32(), seen.GetProperty("healthy").GetBoolean()), Is.EqualTo((4, true)));
            Assert.That(seen.GetProperty("agents").EnumerateArray().Select(id => id.GetString()), Does.Contain(agent));
            Assert.That(seen.GetProperty("streamed").GetString(), Is.EqualTo("echo (no model behind this): stream this"));
            Assert.That(seen.GetProperty("said").GetString(), Is.EqualTo("echo (no model behind this): say this"));
            Assert.That((seen.GetProperty("waited").GetString(), seen.GetProperty("followed").GetBoolean(), seen.GetProperty("history").GetInt32()), Is.EqualTo(("ok", true, 4)));
            Assert.That(seen.GetProperty("session").GetString(), Is.EqualTo($"agent:{agent}:node"));
            Assert.That((seen.GetProperty("aborted").GetBoolean(), seen.GetProperty("unknown").GetString()), Is.EqualTo((false, "unknown method: no.such")));
        });
    }
}
