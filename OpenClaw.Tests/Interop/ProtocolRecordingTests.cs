using System.Text.Json.Nodes;
using OpenClaw.Tests.Gateway.Support;
using OpenClaw.Tests.Interop.Support;

namespace OpenClaw.Tests.Interop;

/// <summary>Holds the recorded names of the protocol against the release that is installed; <c>scripts/record-protocol</c> records them anew.</summary>
[Explicit("scripts/record-protocol and scripts/test interop bring the real OpenClaw, a gigabyte of it.")]
[Category("Interop")]
public sealed class ProtocolRecordingTests
{
    private const string Update = "OPENCLAW_UPDATE_CONTRACT";

    [Test]
    public async Task The_record_is_what_the_installed_release_announces()
    {
        await using var gateway = await RealGateway.StartAsync();
        await using var client = await gateway.TalkAsync();
        var hello = client.Received.Single(frame => (string?)(frame["payload"] as JsonObject)?["type"] == "hello-ok")["payload"]!;
        var release = (string)hello["server"]!["version"]!;
        var known = File.Exists(ProtocolRecord.File) ? ProtocolRecord.Read() : [];

        var text = ProtocolRecord.Write(Record(hello, known, release));

        if (Environment.GetEnvironmentVariable(Update) == "1")
        {
            await File.WriteAllTextAsync(ProtocolRecord.File, text);
            return;
        }

        Assume.That((string?)known["openclaw"] ?? release, Is.EqualTo(release), "Another release than the recorded one is installed: scripts/record-protocol records it.");
        Assert.That(text, Is.EqualTo(await File.ReadAllTextAsync(ProtocolRecord.File)), "The release announces other names than were recorded: run scripts/record-protocol, and read the diff.");
    }

    private static JsonObject Record(JsonNode hello, JsonObject known, string release)
    {
        var package = Path.Combine(RealGateway.Folder, "protocol/node_modules/@openclaw/gateway-protocol");
        var schema = new ProtocolSchema(JsonNode.Parse(File.ReadAllText(Path.Combine(package, "protocol.schema.json")))!);
        var features = hello["features"]!;
        var isNew = (string?)known["openclaw"] is { } before && before != release;
        return new JsonObject
        {
            ["openclaw"] = release,
            ["published"] = Environment.GetEnvironmentVariable("OPENCLAW_INTEROP_PUBLISHED") ?? (string?)known["published"] ?? "",
            ["package"] = (string?)JsonNode.Parse(File.ReadAllText(Path.Combine(package, "package.json")))!["version"],
            ["protocol"] = (int)hello["protocol"]!,
            ["openclawBefore"] = isNew ? (string?)known["openclaw"] : (string?)known["openclawBefore"] ?? release,
            ["protocolBefore"] = isNew ? (int?)known["protocol"] : (int?)known["protocolBefore"] ?? (int)hello["protocol"]!,
            ["capabilities"] = new JsonArray([.. Names(features["capabilities"]).Select(name => (JsonNode)name)]),
            ["frames"] = schema.OfFrames(),
            ["events"] = new JsonObject(Names(features["events"]).Select(name => KeyValuePair.Create(name, (JsonNode?)schema.Event(name)))),
            ["methods"] = new JsonObject(Names(features["methods"]).Union(schema.Methods).Order(StringComparer.Ordinal).Select(name => KeyValuePair.Create(name, (JsonNode?)schema.Method(name)))),
        };
    }

    private static IEnumerable<string> Names(JsonNode? list) => (list?.AsArray() ?? []).Select(name => (string)name!).Order(StringComparer.Ordinal);
}
