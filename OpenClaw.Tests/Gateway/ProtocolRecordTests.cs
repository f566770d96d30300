using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Jobs.Protocol;
using OpenClaw.Tests.Gateway.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;
using OpenClaw.Web.Gateway.Methods;
using GatewayClient = OpenClaw.Tests.Gateway.Support.GatewayClient;

namespace OpenClaw.Tests.Gateway;

/// <summary>What our gateway announces, held against the recorded names of the official protocol.</summary>
public sealed class ProtocolRecordTests
{
    private static readonly JsonObject Record = ProtocolRecord.Read();

    [Test]
    public async Task What_is_announced_is_the_protocols_or_is_named_as_ours()
    {
        var features = await FeaturesAsync();
        var own = OwnNames.Methods.Concat(OwnNames.Former);

        Assert.Multiple(() =>
        {
            Assert.That(Names(features["methods"]).Except(Members("methods")), Is.SubsetOf(own), "Methods of ours that clients of the protocol do not know are named in OwnNames.");
            Assert.That(Names(features["events"]).Except(Members("events")), Is.EquivalentTo(OwnNames.Events));
            Assert.That(OwnNames.Methods.Intersect(Members("methods")), Is.Empty, "The protocol has a method of this name by now, with another meaning.");
            Assert.That(OwnNames.Events.Intersect(Members("events")), Is.Empty);
        });
    }

    [Test]
    public async Task Every_method_of_our_own_is_told_in_the_guide()
    {
        var announced = Names((await FeaturesAsync())["methods"]).ToHashSet();
        var guide = await File.ReadAllTextAsync(Repository.PathTo("docs/gateway.md"));

        Assert.That(OwnNames.Methods.Where(announced.Contains).Where(name => !guide.Contains($"`{name}`", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public async Task A_method_of_the_protocol_asks_for_the_protocols_scope()
    {
        var methods = (await SharedService.GetAsync()).Services.GetRequiredService<GatewayMethods>();

        var others = methods.Names.Select(name => (Name: name, Ours: methods.Find(name)!.Scope, Theirs: (string?)Record["methods"]![name]?["scope"]))
            .Where(method => method.Theirs is not (null or "dynamic") && method.Ours != method.Theirs).Select(method => $"{method.Name}: {method.Ours ?? "none"}, there {method.Theirs}");

        Assert.That(others, Is.SubsetOf(Scopes));
    }

    [Test]
    public void The_bridge_offers_what_the_recorded_release_and_the_one_before_speak() => Assert.Multiple(() =>
    {
        foreach (var release in new[] { "protocol", "protocolBefore" })
        {
            Assert.That((int)Record[release]!, Is.InRange(ProtocolVersion.Oldest, ProtocolVersion.Newest), release);
        }
    });

    [Test]
    public void The_record_says_what_it_was_made_from() => Assert.Multiple(() =>
    {
        foreach (var release in new[] { "openclaw", "openclawBefore", "package" })
        {
            Assert.That((string?)Record[release], Does.Match(@"^20\d\d\.\d+\.\d+"), release);
        }

        Assert.That(DateOnly.TryParseExact((string?)Record["published"], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _));
        Assert.That(Members("methods"), Is.SupersetOf(new[] { "agent", "agents.list", "chat.send", "cron.add", "health", "sessions.list" }));
        Assert.That(Members("events"), Is.SupersetOf(new[] { "agent", "chat", "presence", "tick" }));
        Assert.That(Names(Record["methods"]!["agent"]!["params"]!["required"]), Is.EquivalentTo(new[] { "message", "idempotencyKey" }));
    });

    // Where we ask for another scope than the protocol, and why.
    private static readonly string[] Scopes =
    [
        // Load balancers and probes ask without any.
        "health: none, there operator.read",
    ];

    private static async Task<JsonNode> FeaturesAsync()
    {
        await using var client = await GatewayClient.ConnectAsync((await SharedService.GetAsync()).Address);
        return client.Received.Single(frame => (string?)(frame["payload"] as JsonObject)?["type"] == "hello-ok")["payload"]!["features"]!;
    }

    private static IEnumerable<string> Members(string part) => Record[part]!.AsObject().Select(entry => entry.Key);

    private static IEnumerable<string> Names(JsonNode? list) => list!.AsArray().Select(name => (string)name!);
}
