using System.Collections.Concurrent;
using System.Net;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Outages;

[Category("Slow")]
public sealed class DatabaseOutageTests
{
    [Test]
    [CancelAfter(180_000)]
    public async Task An_outage_of_the_database_under_load_loses_nothing()
    {
        await using var cluster = await PrivateCluster.CreateAsync();
        await using var service = await RunningService.StartAsync(cluster);
        var accepted = new ConcurrentDictionary<string, Guid>();
        var refused = new ConcurrentBag<Answer>();
        using var enough = new CancellationTokenSource();
        var load = Enumerable.Range(0, 8).Select(client => Task.Run(() => LoadAsync(service, client, accepted, refused, enough.Token))).ToArray();
        await Eventually.That(() => accepted.Count, Is.GreaterThan(20));

        await cluster.CrashAsync();
        using var probe = service.Client();
        var ready = await Eventually.That(() => probe.GetJsonAsync("/readyz"), Has.Property(nameof(Answer.Status)).EqualTo(HttpStatusCode.ServiceUnavailable));

        // Every client has been refused again and again, and nothing that was under way can go on.
        await Eventually.That(() => refused.Count, Is.GreaterThan(80));
        await cluster.StartAsync();
        var before = accepted.Count;
        await Eventually.That(() => accepted.Count, Is.GreaterThan(before + 20), within: TimeSpan.FromSeconds(30));
        await enough.CancelAsync();
        await Task.WhenAll(load);

        Assert.That(ready.Text("reason"), Is.EqualTo("The database is away."));
        Assert.That(refused.Select(answer => (answer.Status, answer.Response.Headers.RetryAfter is not null)), Is.Not.Empty.And.All.EqualTo((HttpStatusCode.ServiceUnavailable, true)));
        await Eventually.That(
            () => service.Database.TextAsync("SELECT count(*) FROM openclaw.agents WHERE status = 'running'"), Is.EqualTo($"{accepted.Count}"), within: TimeSpan.FromSeconds(60));
        Assert.That(await service.Database.TextAsync("SELECT count(*) FROM openclaw.agents"), Is.EqualTo($"{accepted.Count}"), "Nothing phantom.");
    }

    /// <summary>A client that repeats a refused request with its key, as the answer asks.</summary>
    private static async Task LoadAsync(
        RunningService service, int client, ConcurrentDictionary<string, Guid> accepted, ConcurrentBag<Answer> refused, CancellationToken enough)
    {
        for (var number = 0; !enough.IsCancellationRequested; number++)
        {
            var key = $"{client}-{number}";
            while (!accepted.ContainsKey(key))
            {
                var answer = await service.Api.PostAsync(
                    "/api/v1/agents/provision", new { name = key, model = "local/echo" }, ("Idempotency-Key", key), ("Prefer", "respond-async"));
                if (answer.Status == HttpStatusCode.Accepted)
                {
                    accepted[key] = answer.Body.GetProperty("agent").GetProperty("id").GetGuid();
                }
                else
                {
                    refused.Add(answer);
                }
            }
        }
    }
}
