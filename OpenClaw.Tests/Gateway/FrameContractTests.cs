using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Tests.Gateway.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;
using GatewayClient = OpenClaw.Tests.Gateway.Support.GatewayClient;
using GatewayLimits = OpenClaw.Web.Gateway.Connections.GatewayLimits;

namespace OpenClaw.Tests.Gateway;

/// <summary>Every frame that we send, frozen: clients that we never see depend on each member.</summary>
public sealed class FrameContractTests
{
    private const string Update = "OPENCLAW_UPDATE_CONTRACT";

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Test]
    public async Task The_frames_change_only_on_purpose()
    {
        var file = Repository.PathTo("OpenClaw.Tests/Gateway/frames.v4.json");
        var service = await RunningService.StartAsync(services => services.AddSingleton(new GatewayLimits { Tick = TimeSpan.FromSeconds(1), Health = TimeSpan.FromSeconds(1) }));
        await using var client = await GatewayClient.ConnectAsAsync(service.Address, "contract", "operator.admin");
        var script = new FrameScript(client, service.Address);

        await script.PlayAsync();
        await service.DisposeAsync();
        await client.CloseAsync();

        var shapes = new JsonObject
        {
            ["responses"] = new JsonObject(script.Answers.OrderBy(answer => answer.Key, StringComparer.Ordinal).Select(answer => KeyValuePair.Create(answer.Key, (JsonNode?)FrameShape.Of(answer.Value)))),
            ["events"] = new JsonObject(client.Received.Where(frame => frame["event"] is not null).GroupBy(Name).OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => KeyValuePair.Create(group.Key, (JsonNode?)FrameShape.Of(group)))),
        };
        var document = shapes.ToJsonString(Readable).ReplaceLineEndings("\n") + "\n";
        if (Environment.GetEnvironmentVariable(Update) == "1")
        {
            await File.WriteAllTextAsync(file, document);
        }

        Assert.Multiple(() =>
        {
            Assert.That(script.Answers.Keys.Select(key => key.Split(' ')[0]), Is.SupersetOf(script.Methods), "Every method is played.");
            Assert.That(
                document,
                Is.EqualTo(File.ReadAllText(file)),
                $"The frames are no longer what {Path.GetFileName(file)} says. Clients depend on them. If the change is meant, run this test once with {Update}=1 and commit the file.");
        });
    }

    // Of the events with kinds, each kind has its own members.
    private static string Name(JsonNode frame) => string.Join(' ', new[] { frame["event"], frame["payload"]?["stream"], frame["payload"]?["state"], (frame["payload"]?["data"] as JsonObject)?["phase"] }
        .Where(part => part is not null).Select(part => (string)part!));
}
