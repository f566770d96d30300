using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;

namespace OpenClaw.Tests.Gateway.Support;

/// <summary>
/// What is said of devices that ask for more and of setup codes, step by step. It is said to the real gateway, whose answers are
/// kept, and to ours, which must answer with the same codes, words and members.
/// </summary>
internal sealed class DeviceDialogue(Uri gateway, string token)
{
    private static readonly (string Id, string Mode) CommandLine = ("cli", "cli"), NodeHost = ("node-host", "node"), Phone = ("openclaw-ios", "node");
    private static readonly (string Platform, string? Family) Computer = ("Linux", null), Apple = ("iOS 26.1", "iPhone");
    private static readonly string[] Read = ["operator.read"];

    private readonly JsonObject _outcomes = [];

    public static async Task<JsonObject> PlayAsync(Uri gateway, string token)
    {
        var dialogue = new DeviceDialogue(gateway, token);
        await using var owner = await dialogue.OwnerAsync();
        await dialogue.AskForMoreAsync(owner);
        await dialogue.SetUpAsync(owner, "a node host", "node", NodeHost, Computer);
        await dialogue.SetUpAsync(owner, "a phone", "limited", Phone, Apple);
        await dialogue.SetUpAsync(owner, "an admin's phone", profile: null, Phone, Apple);
        await dialogue.NoteAsync(owner, "a setup code for the open internet, without TLS", "device.pair.setupCode", new JsonObject { ["publicUrl"] = "ws://203.0.113.7:18789", ["includeQr"] = false });
        await dialogue.NoteAsync(owner, "a setup code for nowhere", "device.pair.setupCode", new JsonObject { ["publicUrl"] = "nowhere", ["includeQr"] = false });
        await dialogue.NoteAsync(owner, "the state of a setup that is none", "device.pair.setupStatus", new JsonObject { ["setupId"] = "none" });
        return dialogue._outcomes;
    }

    private async Task AskForMoreAsync(GatewayClient owner)
    {
        var device = new TestDevice();
        var auth = new JsonObject { ["token"] = token };
        string own;
        await using (var first = await GatewayClient.OpenAsync(gateway))
        {
            own = (string)(await ConnectAsync(first, device, auth, CommandLine, Read))["payload"]!["auth"]!["deviceToken"]!;
        }

        await using var client = await GatewayClient.OpenAsync(gateway);
        await ConnectAsync(client, device, new JsonObject { ["deviceToken"] = own }, CommandLine, Read);
        await NoteAsync(client, "more of nothing", "device.scopes.requestUpgrade", new JsonObject { ["scopes"] = new JsonArray() });
        await NoteAsync(client, "more of what is unknown", "device.scopes.requestUpgrade", Scopes("operator.read", "operator.nothing"));
        await NoteAsync(client, "other than what it has", "device.scopes.requestUpgrade", Scopes("operator.pairing"));
        await NoteAsync(owner, "more without a device", "device.scopes.requestUpgrade", Scopes("operator.read"));
        await NoteAsync(client, "waiting for what nobody asked", "device.scopes.waitUpgrade", new JsonObject { ["requestId"] = "none" });

        var asked = await NoteAsync(client, "more", "device.scopes.requestUpgrade", Scopes("operator.read", "operator.write"));
        var again = await client.RequestAsync("device.scopes.requestUpgrade", Scopes("operator.read", "operator.write"));
        _outcomes["more, once more"] = new JsonObject { ["same"] = (string?)again["payload"]?["requestId"] == (string?)asked["payload"]?["requestId"] };
        var waiting = client.RequestAsync("device.scopes.waitUpgrade", asked["payload"]!.DeepClone());
        await owner.CallAsync("device.pair.approve", asked["payload"]!.DeepClone());
        var approved = await waiting;
        Note("more, approved", approved);
        await using (var better = await GatewayClient.OpenAsync(gateway))
        {
            var hello = await ConnectAsync(better, device, new JsonObject { ["deviceToken"] = (string)approved["payload"]!["deviceToken"]! }, CommandLine, ["operator.read", "operator.write"]);
            NoteHello("coming in for more", hello);
        }

        var refusable = await client.RequestAsync("device.scopes.requestUpgrade", Scopes("operator.read", "operator.pairing"));
        waiting = client.RequestAsync("device.scopes.waitUpgrade", refusable["payload"]!.DeepClone());
        await owner.CallAsync("device.pair.reject", refusable["payload"]!.DeepClone());
        Note("more, rejected", await waiting);
    }

    private async Task SetUpAsync(GatewayClient owner, string name, string? profile, (string Id, string Mode) client, (string, string?) machine)
    {
        var parameters = new JsonObject { ["publicUrl"] = $"ws://127.0.0.1:{gateway.Port}", ["includeQr"] = false };
        if (profile is not null)
        {
            parameters["bootstrapProfile"] = profile;
        }

        var made = (await NoteAsync(owner, $"{name}: a code", "device.pair.setupCode", parameters))["payload"]!;
        var held = JsonNode.Parse(Encoding.UTF8.GetString(Base64Url.DecodeFromChars((string)made["setupCode"]!)))!;
        _outcomes[$"{name}: in the code"] = new JsonObject { ["members"] = Members(held), ["access"] = (string?)made["access"], ["auth"] = (string?)made["auth"], ["urlSource"] = (string?)made["urlSource"] };
        var setup = new JsonObject { ["setupId"] = (string)made["setupId"]! };
        await NoteAsync(owner, $"{name}: before it comes", "device.pair.setupStatus", setup);
        var auth = new JsonObject { ["bootstrapToken"] = (string)held["bootstrapToken"]! };
        var device = new TestDevice();
        JsonNode hello;
        await using (var first = await GatewayClient.OpenAsync(gateway))
        {
            hello = await ConnectAsync(first, device, auth, client, [], "node", machine);
            NoteHello($"{name}: comes in", hello);
            await NoteAsync(owner, $"{name}: afterwards", "device.pair.setupStatus", setup);
        }

        await using (var back = await GatewayClient.OpenAsync(gateway))
        {
            NoteHello($"{name}: comes back", await ConnectAsync(back, device, new JsonObject { ["deviceToken"] = (string)hello["payload"]!["auth"]!["deviceToken"]! }, client, [], "node", machine));
        }

        await using var another = await GatewayClient.OpenAsync(gateway);
        Note($"{name}: another with its code", await ConnectAsync(another, new TestDevice(), auth, client, [], "node", machine));
    }

    private async Task<GatewayClient> OwnerAsync()
    {
        var client = await GatewayClient.OpenAsync(gateway);
        var connect = GatewayClient.Connect(["operator.read", "operator.write", "operator.admin", "operator.pairing"], token);
        (connect["client"]!["id"], connect["client"]!["mode"]) = ("gateway-client", "backend");
        Assert.That((bool)(await client.RequestAsync("connect", connect))["ok"]!, Is.True);
        return client;
    }

    private static async Task<JsonNode> ConnectAsync(GatewayClient client, TestDevice device, JsonObject auth, (string Id, string Mode) who, string[] scopes, string role = TestDevice.Operator, (string, string?)? machine = null) =>
        await client.RequestAsync("connect", device.Connect(await client.ChallengeAsync(), auth, role, scopes, who, machine: machine));

    private static JsonObject Scopes(params string[] scopes) => new() { ["scopes"] = new JsonArray([.. scopes.Select(scope => (JsonNode)scope)]) };

    private async Task<JsonNode> NoteAsync(GatewayClient client, string name, string method, JsonObject parameters)
    {
        var answer = await client.RequestAsync(method, parameters);
        Note(name, answer);
        return answer;
    }

    private void Note(string name, JsonNode answer) => _outcomes[name] = answer["error"] is { } error
        ? new JsonObject { ["code"] = (string?)error["code"], ["message"] = (string?)error["message"], ["details.code"] = (string?)error["details"]?["code"] }
        : new JsonObject { ["members"] = Members(answer["payload"]!), ["status"] = answer["payload"]!["status"]?.DeepClone(), ["scopes"] = answer["payload"]!["scopes"]?.DeepClone() };

    private void NoteHello(string name, JsonNode answer)
    {
        if (answer["payload"]?["auth"] is not { } auth)
        {
            Note(name, answer);
            return;
        }

        _outcomes[name] = new JsonObject
        {
            ["members"] = Members(auth),
            ["method"] = (string?)auth["method"],
            ["role"] = (string?)auth["role"],
            ["scopes"] = auth["scopes"]?.DeepClone(),
            ["others"] = new JsonArray([.. (auth["deviceTokens"]?.AsArray() ?? []).Select(other => (JsonNode)$"{other!["role"]}: {other["scopes"]!.ToJsonString()}")]),
        };
    }

    private static JsonArray Members(JsonNode payload) => new([.. MemberPaths.Of(payload).Select(path => (JsonNode)path)]);
}
