using System.Net.WebSockets;
using System.Text.Json.Nodes;
using OpenClaw.Tests.Gateway.Support;
using OpenClaw.Tests.Jobs.Support;
using OpenClaw.Tests.Support;

namespace OpenClaw.Tests.Gateway;

/// <summary>What a sender saw accepted arrives, whatever happens to the service meanwhile.</summary>
public sealed class KillTests
{
    private const int Senders = 6;
    private const int MessagesEach = 15;
    private const int Kills = 3;

    [Test]
    [CancelAfter(300_000)]
    public async Task Accepted_messages_survive_kills_in_order(CancellationToken cancellationToken)
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var service = new ServiceProcess(database);
        await service.StartAsync();
        var agent = await ProvisionAsync(service);

        var senders = Task.WhenAll(Enumerable.Range(1, Senders).Select(sender => Task.Run(() => SendAllAsync(service, sender, agent, cancellationToken), cancellationToken)));
        for (var kill = 0; kill < Kills; kill++)
        {
            var before = await CountAsync(database);
            await Eventually.That(async () => senders.IsCompleted || await CountAsync(database) > before + 5, Is.True, TimeSpan.FromSeconds(60));
            await service.KillAsync();
            await service.StartAsync();
        }

        await senders;
        await Eventually.That(
            () => database.LinesAsync("SELECT state, count(*) FROM openclaw_system.notifications WHERE sender LIKE 'sender%' GROUP BY state"),
            Is.EqualTo(new[] { $"delivered|{Senders * MessagesEach}" }),
            TimeSpan.FromSeconds(90));
        Assert.That(
            await database.LinesAsync("SELECT count(*), count(DISTINCT reply_to) FROM openclaw_system.notifications WHERE reply_to IS NOT NULL"),
            Is.EqualTo(new[] { $"{Senders * MessagesEach}|{Senders * MessagesEach}" }), "Each was answered once.");
        Assert.That(
            await database.TextAsync("SELECT count(*) FROM (SELECT delivered_at < lag(delivered_at) OVER (ORDER BY sequence) AS early FROM openclaw_system.notifications WHERE sender LIKE 'sender%') d WHERE early"),
            Is.EqualTo("0"), "In the order of arrival.");
        Assert.That(
            await database.TextAsync("SELECT count(*) FROM (SELECT content::int < lag(content::int) OVER (PARTITION BY sender ORDER BY sequence) AS early FROM openclaw_system.notifications WHERE sender LIKE 'sender%') d WHERE early"),
            Is.EqualTo("0"), "In the order of each sender.");
    }

    // Each message again and again, with its id, until the gateway has said that it has it.
    private static async Task SendAllAsync(ServiceProcess service, int sender, string agent, CancellationToken cancellationToken)
    {
        GatewayClient? client = null;
        for (var number = 1; number <= MessagesEach;)
        {
            try
            {
                client ??= await GatewayClient.ConnectAsync(service.Api.BaseAddress!);
                var answer = await client.RequestAsync("messages.send", new JsonObject { ["id"] = $"m{number}", ["from"] = $"sender{sender}", ["to"] = agent, ["content"] = $"{number}" });
                number += (bool)answer["ok"]! ? 1 : 0;
            }
            catch (Exception exception) when (exception is WebSocketException or InvalidOperationException)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (client is not null)
                    await client.DisposeAsync();
                client = null;
            }
        }

        if (client is not null)
            await client.DisposeAsync();
    }

    private static async Task<string> ProvisionAsync(ServiceProcess service)
    {
        await using var client = await GatewayClient.ConnectAsync(service.Api.BaseAddress!);
        var created = await client.CallAsync("agents.create", new JsonObject { ["name"] = "survivor" });
        await Eventually.That(
            async () => (string?)(await client.CallAsync("agents.list"))["agents"]![0]!["status"], Is.EqualTo("running"), TimeSpan.FromSeconds(20));
        return (string)created["agentId"]!;
    }

    private static async Task<int> CountAsync(TestDatabase database) =>
        int.Parse(await database.TextAsync("SELECT count(*) FROM openclaw_system.notifications WHERE sender LIKE 'sender%'"), System.Globalization.CultureInfo.InvariantCulture);
}
