using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck.Fluent;
using OpenClaw.Tests.Gateway.Support;
using OpenClaw.Web.Gateway.Members;
using OpenClaw.Web.Gateway.Methods;
using GatewayClient = OpenClaw.Tests.Gateway.Support.GatewayClient;

namespace OpenClaw.Tests.Gateway;

/// <summary>What clients of other releases send: passed over, refused with a sentence, or refused as unknown, and nothing else.</summary>
public sealed class ClientMemberTests : GatewayFixture
{
    private static readonly string[] Values = ["null", "false", "true", "\"\"", "\"some\"", "\"\\ude00 a\"", "\"\\u0000\"", "0", "7", "[]", "[\"a\"]", "{}", "{\"a\":1}"];

    [Test]
    public void A_member_of_the_table_is_passed_over_or_refused_with_its_reason()
    {
        foreach (var (method, member, rule) in ClientMembers.All)
        {
            foreach (var value in Values)
            {
                var problem = Problem(method, $$"""{"{{member}}":{{value}}}""");
                var expected = rule.IsRefused(JsonElement.Parse(value)) ? $"invalid {method} params: at /{member}: {rule.Reason}" : null;
                Assert.That(problem, Is.EqualTo(expected), $"{method} {member}: {value}");
            }
        }
    }

    [TestCase("null")]
    [TestCase("false")]
    [TestCase("\"\"")]
    [TestCase("[]")]
    [TestCase("{}")]
    public void What_asks_for_nothing_is_never_refused(string value) =>
        Assert.That(ClientMembers.All.Where(row => row.Rule.IsRefused(JsonElement.Parse(value))).Select(row => (row.Method, row.Member)), Is.Empty);

    [Test]
    public void Each_reason_says_something_and_each_refusal_a_sentence_without_its_end() =>
        Assert.That(ClientMembers.All.Where(row => row.Rule.Reason.Length < 20 || row.Rule.Reason[^1] == '.').Select(row => (row.Method, row.Member)), Is.Empty);

    [Test]
    public void What_nobody_knows_is_refused_as_the_real_gateway_does() => FsCheck.Check.One(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(
        JsonSoup.Of("deliver", "lane", "message", "sessionKey", "constructor", "__proto__", "deliver ", "Deliver").Generator.ListOf().ToArbitrary(),
        scraps =>
        {
            foreach (var json in scraps.Where(json => json.StartsWith('{')))
            {
                if (Problem("agent", json) is { } problem)
                {
                    Assert.That(problem, Does.StartWith("invalid agent params: at ").And.Length.LessThan(400));
                }
            }
        }));

    [Test]
    public async Task Every_method_that_the_table_names_is_held_to_it()
    {
        await using var client = await ConnectAsync();
        var methods = ClientMembers.All.Select(row => row.Method).ToHashSet();
        Assert.That(methods.Except((await MethodsAsync()).ToHashSet()), Is.Empty);

        foreach (var (method, member, rule) in ClientMembers.All)
        {
            var asks = rule.IsRefused(JsonElement.Parse("\"some\""));
            var answer = await client.RequestAsync(method, new JsonObject { [member] = "some" });
            var said = (string?)(answer["error"] as JsonObject)?["message"] ?? "";
            Assert.That(said, asks ? Does.EndWith(rule.Reason) : Does.Not.Contain("unexpected property"), $"{method} {member}");
        }

        async Task<IEnumerable<string>> MethodsAsync()
        {
            await using var fresh = await OpenAsync();
            var hello = await fresh.RequestAsync("connect", GatewayClient.Connect(["operator.read"]));
            return hello["payload"]!["features"]!["methods"]!.AsArray().Select(name => (string)name!);
        }
    }

    [TestCase("status", """{"includeCliProjection":true,"includeChannelSummary":false}""", null)]
    [TestCase("chat.send", """{"sessionKey":"main","message":"hi","idempotencyKey":"deliver-1","deliver":false,"queueMode":"steer","systemInputProvenance":{"kind":"external_user"}}""", null)]
    [TestCase("agent", """{"message":"hi","idempotencyKey":"deliver-2","deliver":true,"replyChannel":"whatsapp","replyTo":"+15555550123"}""", "WhatsApp is not set up")]
    [TestCase("agent", """{"message":"hi","idempotencyKey":"deliver-4","cwd":"/home"}""", "at /cwd: agents here have no folder to work in")]
    [TestCase("agent", """{"message":"hi","idempotencyKey":"deliver-5","tomorrow":true}""", "at root: unexpected property 'tomorrow'")]
    [TestCase("agent", """{"message":"hi","idempotencyKey":"deliver-6","thinking":"low"}""", "Thinking level \"low\" is not supported for local/echo. Use one of: off.")]
    [TestCase("agent", """{"message":"hi","idempotencyKey":"deliver-7","thinking":"off","lane":"main","to":"+15555550123"}""", null)]
    [TestCase("agent", """{"message":"hi","idempotencyKey":"deliver-8","model":"nobody/knows"}""", "at /model: No runtime serves the model 'nobody/knows'.")]
    [TestCase("agent", """{"message":"hi","idempotencyKey":"deliver-9","provider":"nobody"}""", "at /provider: the agent runs on local/echo")]
    [TestCase("agent", """{"message":"hi","idempotencyKey":"deliver-10","model":"local/echo","provider":"local"}""", null)]
    public async Task A_member_of_a_newer_client(string method, string parameters, string? problem)
    {
        await using var client = await ConnectAsync();

        var answer = await client.RequestAsync(method, JsonNode.Parse(parameters));

        Assert.That((string?)(answer["error"] as JsonObject)?["message"], problem is null ? Is.Null : Does.Contain(problem));
    }

    private static string? Problem(string method, string parameters)
    {
        try
        {
            _ = new GatewayParams(method, JsonElement.Parse(parameters), ["what it reads"]);
            return null;
        }
        catch (GatewayException refused)
        {
            return refused.Message;
        }
    }
}
