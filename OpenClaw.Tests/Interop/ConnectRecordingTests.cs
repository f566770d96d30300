using System.Text.Json.Nodes;
using OpenClaw.Tests.Gateway.Support;
using OpenClaw.Tests.Interop.Support;

namespace OpenClaw.Tests.Interop;

/// <summary>Holds the recorded ways to come in against the real gateway; OPENCLAW_UPDATE_CONTRACT=1 records them anew.</summary>
[Explicit("scripts/test interop brings the real OpenClaw, a gigabyte of it.")]
[Category("Interop")]
public sealed class ConnectRecordingTests
{
    [Test]
    public async Task The_real_gateway_answers_as_it_was_recorded()
    {
        await using var gateway = await RealGateway.StartAsync();
        var seen = new JsonObject
        {
            ["openclaw"] = RealGateway.Release,
            ["recorded"] = $"{TimeProvider.System.GetUtcNow():yyyy-MM-dd}",
            ["connects"] = await ConnectMatrix.TryAsync(new Uri(gateway.Url), RealGateway.Token),
            ["devices"] = await DeviceDialogue.PlayAsync(new Uri(gateway.Url), RealGateway.Token),
        };

        if (Environment.GetEnvironmentVariable("OPENCLAW_UPDATE_CONTRACT") == "1")
        {
            await File.WriteAllTextAsync(RecordedOutcomes.File, ProtocolRecord.Write(seen));
            return;
        }

        var recorded = JsonNode.Parse(await File.ReadAllTextAsync(RecordedOutcomes.File))!;
        Assert.That(
            new[] { "connects", "devices" }.Select(part => seen[part]!.ToJsonString()), Is.EqualTo(new[] { "connects", "devices" }.Select(part => recorded[part]!.ToJsonString())),
            "If another release is meant, record it with OPENCLAW_UPDATE_CONTRACT=1, and read the diff.");
    }
}
