using System.Globalization;
using System.Text.Json.Nodes;
using OpenClaw.Tests.Engine.Support;
using OpenClaw.Tests.Gateway.Support;
using OpenClaw.Tests.Support;

namespace OpenClaw.Tests.Chaos;

/// <summary>What a sender saw accepted arrives, whatever happens to the service meanwhile.</summary>
public sealed class GatewayKillTests
{
    private const int Clients = 20;
    private const int Kills = 30;

    [Test]
    [CancelAfter(900_000)]
    public async Task Accepted_messages_survive_kills_in_order(CancellationToken cancellationToken)
    {
        await using var database = await TestDatabase.CreateMigratedAsync();
        await using var service = new ServiceProcess(database);
        await service.StartAsync();
        var agent = await ProvisionAsync(service);

        var up = Task.FromResult(service.Api.BaseAddress!);
        var talkers = Enumerable.Range(0, Clients).Select(index => new Talker(index, Clients, agent, () => Volatile.Read(ref up), cancellationToken)).ToList();
        talkers.ForEach(talker => talker.Start());
        for (var kill = 0; kill < Kills; kill++)
        {
            // In each life it takes messages, and the agent gets some.
            var (accepted, delivered) = (AcceptedBy(talkers), await DeliveredAsync(database));
            await Eventually.That(() => AcceptedBy(talkers), Is.GreaterThan(accepted + Clients), TimeSpan.FromSeconds(60));
            await Eventually.That(() => DeliveredAsync(database), Is.GreaterThan(delivered), TimeSpan.FromSeconds(60));
            var back = new Signal<Uri>();
            Volatile.Write(ref up, back.Task);
            await service.KillAsync();
            await service.StartAsync();
            back.SetResult(service.Api.BaseAddress!);
        }

        await Task.WhenAll(talkers.Select(talker => talker.FallSilentAsync()));
        var toClients = talkers.SelectMany(talker => talker.Accepted).Where(message => message.To != agent).Select(message => message.Id).ToHashSet();
        await Eventually.That(
            () => toClients.Except(talkers.SelectMany(talker => talker.Received).Select(message => message.Id)).Count(), Is.Zero, TimeSpan.FromSeconds(90));
        await Eventually.That(
            () => database.LinesAsync("SELECT DISTINCT concat_ws(': ', state, state_reason) FROM openclaw_system.notifications WHERE sender LIKE 'client:%'"), Is.EqualTo(new[] { "delivered" }), TimeSpan.FromSeconds(120));
        await Task.WhenAll(talkers.Select(talker => talker.StopAsync()));

        Assert.Multiple(() =>
        {
            foreach (var received in talkers.Select(talker => talker.Received))
            {
                Assert.That(
                    received.GroupBy(message => (message.From, message.Number)).Where(same => same.Select(message => message.Id).Distinct().Count() > 1), Is.Empty, "What comes again has the same id.");
                foreach (var ofOne in received.GroupBy(message => message.From))
                {
                    Assert.That(ofOne.Select(message => message.Number).Distinct(), Is.Ordered, "In the order of each sender.");
                }
            }
        });
        Assert.That(
            await database.LinesAsync("SELECT count(*) - count(DISTINCT reply_to) FROM openclaw_system.notifications WHERE reply_to IS NOT NULL"), Is.EqualTo(new[] { "0" }), "Each was answered once.");
        Assert.That(
            await database.TextAsync("SELECT count(*) FROM (SELECT delivered_at < lag(delivered_at) OVER (ORDER BY sequence) AS early FROM openclaw_system.notifications WHERE recipient LIKE 'agent:%' AND sender LIKE 'client:%') d WHERE early"),
            Is.EqualTo("0"), "The agent got them in the order of arrival.");
    }

    private static int AcceptedBy(List<Talker> talkers) => talkers.Sum(talker => talker.Accepted.Count);

    private static async Task<int> DeliveredAsync(TestDatabase database) => int.Parse(
        await database.TextAsync("SELECT count(*) FROM openclaw_system.notifications WHERE recipient LIKE 'agent:%' AND state = 'delivered'"), CultureInfo.InvariantCulture);

    private static async Task<string> ProvisionAsync(ServiceProcess service)
    {
        await using var client = await GatewayClient.ConnectAsync(service.Api.BaseAddress!);
        var created = await client.CallAsync("agents.create", new JsonObject { ["name"] = "survivor" });
        await Eventually.That(
            async () => (string?)(await client.CallAsync("agents.list"))["agents"]![0]!["status"], Is.EqualTo("running"), TimeSpan.FromSeconds(20));
        return (string)created["agentId"]!;
    }
}
