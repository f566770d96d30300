using System.Net.Http.Json;
using System.Text.Json.Nodes;
using OpenClaw.Tests.Gateway.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Gateway;

/// <summary>What OpenClaw's own command line says, played to our gateway: it must be answered where the real one answers, and with the same members.</summary>
public sealed class RecordedFramesTests
{
    private const string Update = "OPENCLAW_UPDATE_CONTRACT";
    private const string Refused = "refused";

    private static readonly HashSet<string> BeginRuns = ["agent", "chat.send", "cron.run", "sessions.send", "wake"];

    [Test]
    public async Task Every_recorded_request_is_answered_as_well_as_it_was()
    {
        var frames = RecordedFrames.Read();
        await using var service = await RunningService.StartAsync();
        using var made = await service.Api.PostAsJsonAsync("/api/v1/agents/provision", new { name = "Ada", model = "local/echo", heartbeat = new { enabled = false } });
        await using var client = await GatewayClient.ConnectAsync(service.Address);

        var (answers, calls) = (new List<JsonNode?>(), new List<RecordedCall>());
        foreach (var call in frames.Calls)
        {
            var answer = await client.RequestAsync(call.Method, RecordedFrames.Fill(call.Params, answers));
            answers.Add(answer);
            calls.Add(call with { Ours = Difference(call, answer) });
            if (BeginRuns.Contains(call.Method))
            {
                await Eventually.That(() => service.Database.TextAsync("SELECT count(*)::text FROM openclaw_system.workflow_status WHERE status IN ('PENDING', 'ENQUEUED') AND name = 'route_message'"), Is.EqualTo("0"));
            }
        }

        if (Environment.GetEnvironmentVariable(Update) == "1")
        {
            (frames with { Calls = calls }).Save();
        }
        else
        {
            Assert.That(frames.Calls.Zip(calls).SelectMany(pair => Worse(pair.First, pair.Second)), Is.Empty, $"If it is meant, run this test once with {Update}=1 and commit the file.");
        }
    }

    [Test]
    public async Task Every_recorded_client_is_let_in_where_the_real_gateway_lets_it_in()
    {
        var service = await SharedService.GetAsync();
        var refused = new List<string>();
        foreach (var hello in RecordedFrames.Read().Hellos)
        {
            await using var client = await GatewayClient.OpenAsync(service.Address);
            var connect = GatewayClient.Connect([.. (hello["scopes"]?.AsArray() ?? []).Select(scope => (string)scope!)], min: (int)hello["minProtocol"]!, max: (int)hello["maxProtocol"]!);
            (connect["client"]!["id"], connect["client"]!["mode"]) = ((string?)hello["client"]!["id"], (string?)hello["client"]!["mode"]);
            foreach (var name in new[] { "role", "caps" })
            {
                if (hello[name] is { } value)
                {
                    connect[name] = value.DeepClone();
                }
            }

            var answer = await client.RequestAsync("connect", connect);
            if ((bool)answer["ok"]! != (bool)hello["ok"]!)
            {
                refused.Add($"{hello["client"]!.ToJsonString()}: {answer.ToJsonString()}");
            }
        }

        Assert.That(refused, Is.Empty);
    }

    // What the real gateway refuses ours may refuse too, or not.
    private static IReadOnlyList<string> Difference(RecordedCall call, JsonNode answer) =>
        call.Code is not null ? []
        : !(bool)answer["ok"]! ? [Refused]
        : [.. call.Members.Except(MemberPaths.Of(answer["payload"]))];

    private static IEnumerable<string> Worse(RecordedCall before, RecordedCall now) =>
        before.Ours.Contains(Refused) ? [] : now.Ours.Except(before.Ours).Select(what => $"{before.Method} {before.Params?.ToJsonString()}: {(what == Refused ? what : $"without {what}")}");
}
