using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using OpenClaw.Tests.Engine.Support;
using OpenClaw.Tests.Gateway.Support;
using OpenClaw.Tests.Interop.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Interop.Clients;

/// <summary>The official client library: it comes back by itself, and what it asked for is done once.</summary>
[Explicit("scripts/test interop brings the real OpenClaw, a gigabyte of it.")]
[Category("Interop")]
public sealed class ClientLibraryTests
{
    private const int Kills = 30;

    // The library waits for up to half a minute before it tries again.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    [Test]
    [CancelAfter(1_800_000)]
    public async Task No_run_is_lost_or_doubled_over_thirty_kills(CancellationToken cancellationToken)
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var service = new ServiceProcess(database);
        await service.StartAsync();
        var agent = await ProvisionAsync(service.Api.BaseAddress!);
        using var client = Start(service.Api.BaseAddress!, agent);
        var ended = new ConcurrentQueue<string>();
        client.OutputDataReceived += (_, line) => Keep(ended, line.Data);
        client.ErrorDataReceived += (_, _) => { };
        client.BeginOutputReadLine();
        client.BeginErrorReadLine();

        try
        {
            for (var kill = 0; kill < Kills; kill++)
            {
                var before = ended.Count;
                await Eventually.That(() => ended.Count, Is.GreaterThan(before), Patience);
                await service.KillAsync();
                await service.StartAsync();
            }

            client.StandardInput.Close();
            await client.WaitForExitAsync(cancellationToken);
        }
        finally
        {
            client.Kill();
        }

        var runs = ended.ToArray();
        Assert.That(runs, Is.EqualTo(Enumerable.Range(1, runs.Length).Select(number => $"run-{number}")), "Each ended, in order.");
        Assert.That(await database.LinesAsync("SELECT content FROM openclaw_system.notifications WHERE content LIKE 'run-%' ORDER BY sequence"), Is.EqualTo(runs), "Each was accepted once.");
        Assert.That(
            await database.LinesAsync("SELECT count(*) || ' of ' || count(DISTINCT reply_to) FROM openclaw_system.notifications WHERE reply_to IS NOT NULL"),
            Is.EqualTo(new[] { $"{runs.Length} of {runs.Length}" }), "Each was answered once.");
    }

    private static void Keep(ConcurrentQueue<string> ended, string? line)
    {
        if (line is not null)
        {
            ended.Enqueue(line);
        }
    }

    private static Process Start(Uri gateway, string agent) => Process.Start(new ProcessStartInfo(
        RealGateway.Node,
        [
            Repository.PathTo("OpenClaw.Tests/Interop/Clients/runs.mjs"), Path.Combine(RealGateway.Folder, "client/node_modules/@openclaw/gateway-client/dist/index.mjs"),
            $"ws://127.0.0.1:{gateway.Port}", RunningService.Token, agent,
        ])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    private static async Task<string> ProvisionAsync(Uri gateway)
    {
        await using var client = await GatewayClient.ConnectAsync(gateway);
        var created = await client.CallAsync("agents.create", new JsonObject { ["name"] = "survivor" });
        await Eventually.That(async () => (string?)(await client.CallAsync("agents.list"))["agents"]![0]!["status"], Is.EqualTo("running"));
        return (string)created["agentId"]!;
    }
}
