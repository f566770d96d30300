using System.Text.Json.Nodes;
using FsCheck.Fluent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenClaw.Tests.Gateway.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;
using OpenClaw.Web.Gateway.Connections;
using OpenClaw.Web.Gateway.Methods;
using GatewayClient = OpenClaw.Tests.Gateway.Support.GatewayClient;

namespace OpenClaw.Tests.Gateway;

/// <summary>Clients that send what no client should, over real sockets: each is answered in words, and nobody else notices.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed class HostileClientTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly ErrorLog _log = new();
    private RunningService _service = null!;

    [OneTimeSetUp]
    public async Task Start_the_service() => _service = await RunningService.StartAsync(
        services => services.AddSingleton<ILoggerProvider>(_log).AddSingleton(new GatewayLimits { MaxFollowed = 20 }));

    [OneTimeTearDown]
    public async Task Stop_the_service()
    {
        await _service.DisposeAsync();
        _log.Dispose();
    }

    [TestCase("chat.send", """{"sessionKey":"main","message":"half \ud83d","idempotencyKey":"k1"}""", "at /message: must be valid Unicode and must not contain NUL")]
    [TestCase("chat.send", """{"sessionKey":"main","message":"NUL \u0000","idempotencyKey":"k2"}""", "at /message: must be valid Unicode and must not contain NUL")]
    [TestCase("agent", """{"message":"m","idempotencyKey":"half \ud83d"}""", "at /idempotencyKey: must be valid Unicode and must not contain NUL")]
    [TestCase("agent", """{"message":"m","\ud83d":"k"}""", "at root: unexpected property '\ufffd\ufffd'")]
    [TestCase("agents.create", """{"name":"half \ud83d"}""", "at /name: must be valid Unicode and must not contain NUL")]
    [TestCase("agents.create", """{"name":"two\nlines"}""", "at /name: must not contain control characters")]
    [TestCase("sessions.messages.subscribe", """{"key":"agent:main:LONG"}""", "at /key: must NOT have more than 255 characters")]
    [TestCase("sessions.patch", """{"key":"main","label":"LONG"}""", "at /label: must NOT have more than 255 characters")]
    [TestCase("sessions.list", """{"search":"\u0000"}""", "at /search: must be valid Unicode and must not contain NUL")]
    [TestCase("messages.send", """{"to":"client:LONG","content":"c"}""", "at /to: must NOT have more than 255 characters")]
    [TestCase("messages.send", """{"to":"client:x","content":"c","id":"a\u0000"}""", "at /id: must be valid Unicode and must not contain NUL")]
    [TestCase("messages.send", """{"to":"client:x","content":"c","metadata":{"n":1e131000}}""", "with numbers of up to 1000 digits")]
    [TestCase("messages.send", """{"to":"client:x","content":"c","metadata":{"a":DEEP}}""", "at most 32 levels deep")]
    [TestCase("messages.send", """{"to":"client:x","content":"c","metadata":{"a":"\udc00"}}""", "in valid Unicode, without NUL characters")]
    [TestCase("messages.list", """{"to":"\ud83d"}""", "at /to: must be valid Unicode and must not contain NUL")]
    [TestCase("workflows.list", """{"name":"\u0000"}""", "at /name: must be valid Unicode and must not contain NUL")]
    [TestCase("no.such.\u001b[2J", "{}", "at /method: must have up to 255 characters of valid Unicode without control characters")]
    public async Task What_cannot_be_kept_is_refused_with_its_place(string method, string given, string problem)
    {
        await using var client = await ConnectAsync();
        var parameters = given.Replace("LONG", new string('x', 300)).Replace("DEEP", new string('[', 40) + new string(']', 40));

        await client.SendAsync($$"""{"type":"req","id":"x","method":"{{method.Replace("\u001b", "\\u001b")}}","params":{{parameters}}}""");
        var error = (await client.AnswerAsync("x"))["error"]!;

        Assert.That((string?)error["code"], Is.EqualTo("INVALID_REQUEST"));
        Assert.That((string?)error["message"], Does.EndWith(problem).Or.Contain(problem));
        Assert.That(((string)error["message"]!).Length, Is.LessThan(500));
    }

    [TestCase("""{"id":"\ud800","version":"1","platform":"x","mode":"cli"}""", "at /id: must be valid Unicode")]
    [TestCase("""{"id":"cli","version":"LONG","platform":"x","mode":"cli"}""", "at /version: must NOT have more than 64 characters")]
    [TestCase("""{"id":"cli","version":"1","platform":"LONG","mode":"cli"}""", "at /platform: must NOT have more than 64 characters")]
    [TestCase("""{"id":"cli","version":"1","platform":"x","mode":"cli","displayName":"LONG"}""", "at /displayName: must NOT have more than 128 characters")]
    [TestCase("""{"id":"cli","version":"1","platform":"x","mode":"cli","instanceId":"LONG"}""", "at /instanceId: must NOT have more than 128 characters")]
    [TestCase("""{"id":"cli","version":"1","platform":"x","mode":"cli","LONG":1}""", "at root: unexpected property 'xxxxx")]
    public async Task A_stranger_whose_connect_cannot_be_kept_is_told_so_and_sent_away(string who, string problem)
    {
        await using var client = await GatewayClient.OpenAsync(_service.Address);

        await client.SendAsync("""{"type":"req","id":"c","method":"connect","params":{"minProtocol":3,"maxProtocol":4,"client":WHO,"auth":{"token":"\ud800"}}}""".Replace("WHO", who).Replace("LONG", new string('x', 10_000)));

        Assert.That((string?)(await client.AnswerAsync("c"))["error"]!["message"], Does.StartWith("invalid connect params: ").And.Contain(problem));
        Assert.That((await client.CloseAsync()).Code, Is.EqualTo(1008));
    }

    [Test]
    public async Task A_process_that_replies_with_NUL_and_half_of_a_character_ends_its_turn()
    {
        await using var client = await ConnectAsync();
        await _service.Api.CarryOutAsync("/api/v1/agents/provision", new { name = "rough", model = "session/x", heartbeat = new { enabled = false } });
        await client.CallAsync("runtime.serve", new JsonObject { ["agentId"] = "rough" });
        await client.SendAsync("""{"type":"req","id":"run","method":"agent","params":{"message":"go","agentId":"rough","idempotencyKey":"rough-1"}}""");
        var turn = (string)(await Eventually.That(() => client.Events("runtime.turn").FirstOrDefault(), Is.Not.Null, Patience))!["payload"]!["turnId"]!;

        await client.SendAsync("""{"type":"req","id":"reply","method":"runtime.reply","params":{"turnId":"TURN","text":"a\u0000b \ud83d \u001b[31m \ud83d\ude00"}}""".Replace("TURN", turn));

        Assert.That((bool?)(await client.AnswerAsync("reply"))["payload"]!["accepted"], Is.True);
        Assert.That((string?)(await client.AnswerAsync("run"))["payload"]!["result"]!["payloads"]![0]!["text"], Is.EqualTo("a\ufffdb \ufffd \ufffd[31m \ud83d\ude00"));
    }

    [Test]
    public async Task A_message_that_cannot_be_sent_is_dead_with_its_reason_and_the_next_ones_arrive()
    {
        await using var sender = await ConnectAsync();
        var ids = new List<string>();
        foreach (var text in new[] { "first", "too large", "deep", "last" })
        {
            ids.Add((string)(await sender.CallAsync("messages.send", new JsonObject { ["to"] = "client:patient", ["content"] = text }))["id"]!);
        }

        // As an older build let it in: numbers that PostgreSQL writes out, and nesting to the limit of JSON.
        await _service.Database.TextAsync($$"""UPDATE openclaw_system.notifications SET metadata = jsonb_build_object('n', (SELECT jsonb_agg('1e131000'::jsonb) FROM generate_series(1, 60))) WHERE id = '{{ids[1]}}' RETURNING 1""");
        await _service.Database.TextAsync($$"""UPDATE openclaw_system.notifications SET metadata = (repeat('{"a":', 62) || '{}' || repeat('}', 62))::jsonb WHERE id = '{{ids[2]}}' RETURNING 1""");
        await using var receiver = await GatewayClient.ConnectAsAsync(_service.Address, "patient");

        await Eventually.That(() => receiver.Events("message").Select(message => (string?)message["payload"]!["content"]), Is.EqualTo(new[] { "first", "deep", "last" }), Patience);
        Assert.That((await sender.CallAsync("messages.list", new JsonObject { ["to"] = "client:patient", ["limit"] = 2 }))["messages"]!.AsArray(), Has.Count.EqualTo(2), "It is listed, too.");
        await Eventually.That(() => _service.Database.TextAsync($"SELECT state || ': ' || state_reason FROM openclaw_system.notifications WHERE id = '{ids[1]}'"), Does.StartWith("dead: It cannot be sent to a client"), Patience);
        Assert.That(_log.Errors, Is.Empty);
    }

    [Test]
    public async Task An_answer_that_is_too_large_to_be_sent_is_an_error_of_that_request()
    {
        await using var client = await ConnectAsync();
        foreach (var number in Enumerable.Range(1, 24))
        {
            await client.CallAsync("messages.send", new JsonObject { ["to"] = "client:hoarder", ["content"] = new string('ä', 120_000), ["id"] = $"large-{number}" });
        }

        var refused = await client.RequestAsync("messages.list", new JsonObject { ["to"] = "client:hoarder" });
        var page = await client.CallAsync("messages.list", new JsonObject { ["to"] = "client:hoarder", ["limit"] = 2 });

        Assert.That((string?)refused["error"]!["message"], Does.Contain("ask for less"));
        Assert.That(page["messages"]!.AsArray(), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_connection_follows_so_many_conversations_and_no_more()
    {
        await using var client = await ConnectAsync();
        await client.CallAsync("sessions.create", new JsonObject { ["key"] = "followed" });

        for (var number = 0; number < 20; number++)
        {
            await client.SendAsync($$$"""{"type":"req","id":"s{{{number}}}","method":"sessions.messages.subscribe","params":{"key":"{{{number}}}"}}""");
        }

        for (var number = 0; number < 20; number++)
        {
            Assert.That((bool?)(await client.AnswerAsync($"s{number}"))["ok"], Is.True);
        }

        var refused = await client.RequestAsync("sessions.messages.subscribe", new JsonObject { ["key"] = "one-more" });
        Assert.That((string?)refused["error"]!["message"], Does.Contain("up to 20 conversations"));
        await client.CallAsync("sessions.messages.unsubscribe", new JsonObject { ["key"] = "7" });
        await client.CallAsync("sessions.messages.subscribe", new JsonObject { ["key"] = "one-more" });
    }

    [Test]
    public async Task Eight_hundred_hostile_requests_are_each_answered_and_none_fails()
    {
        await using var client = await ConnectAsync();
        await using var other = await ConnectAsync();
        var methods = _service.Services.GetRequiredService<GatewayMethods>().Names.Where(name => name is not ("agent.wait" or "set-heartbeats")).ToList();
        var frames = HostileFrames.Request(methods).Sample(800).ToList();

        foreach (var frame in frames)
        {
            await client.SendAsync(frame);
        }

        Assert.That((bool?)(await client.RequestAsync("health"))["ok"], Is.True);
        await Eventually.That(() => client.Received.Count(frame => (string?)frame["type"] == "res"), Is.GreaterThan(700), TimeSpan.FromSeconds(40));

        var failed = client.Received.Where(frame => (string?)frame["error"]?["message"] is { } message && message.Contains("the log of the service says why", StringComparison.Ordinal)).Select(frame => frame.ToJsonString());
        Assert.That(failed, Is.Empty);
        Assert.That(_log.Errors, Is.Empty);
        Assert.That((bool?)(await other.RequestAsync("health"))["ok"], Is.True);
    }

    [Test]
    public async Task The_exception_in_full_is_for_administrators()
    {
        var failed = await _service.Api.PostAsync("/api/v1/agents/provision", new { name = "failing", model = "nobody/knows" });
        var workflow = new JsonObject { ["workflowUuid"] = $"{failed.Id("workflow_uuid")}" };
        await using var administrator = await ConnectAsync();
        await using var reader = await GatewayClient.ConnectAsync(_service.Address, "/", "operator.read");

        var (full, shown) = (await administrator.CallAsync("workflows.get", workflow), await reader.CallAsync("workflows.get", workflow));

        Assert.That((string?)full["workflow"]!["error"]!["detail"], Does.Contain("   at OpenClaw"));
        Assert.That((string?)shown["workflow"]!["error"]!["message"], Is.EqualTo((string?)full["workflow"]!["error"]!["message"]));
        Assert.That(shown.ToJsonString() + (await reader.CallAsync("workflows.list")).ToJsonString(), Does.Not.Contain("   at OpenClaw"));
    }

    private Task<GatewayClient> ConnectAsync() => GatewayClient.ConnectAsync(_service.Address);
}
