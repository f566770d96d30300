using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Web;

public sealed class ListingTests
{
    [Test]
    public async Task Agents_are_listed_newest_first_page_by_page_and_by_status()
    {
        await using var service = await RunningService.StartAsync();
        for (var number = 1; number <= 5; number++)
        {
            await service.Api.PostAsync("/api/v1/agents", new { name = $"agent {number}", model = "local/echo" });
        }

        await service.Api.ProvisionAsync("the running one");

        var page = (await service.Api.GetJsonAsync("/api/v1/agents?limit=2&offset=1")).Body;
        Assert.That(page.GetProperty("agents").EnumerateArray().Select(agent => agent.GetProperty("name").GetString()), Is.EqualTo(new[] { "agent 5", "agent 4" }));
        Assert.That(
            (page.GetProperty("total").GetInt32(), page.GetProperty("limit").GetInt32(), page.GetProperty("offset").GetInt32()),
            Is.EqualTo((6, 2, 1)));

        var running = (await service.Api.GetJsonAsync("/api/v1/agents?status=running")).Body;
        Assert.That(running.GetProperty("agents").EnumerateArray().Single().GetProperty("name").GetString(), Is.EqualTo("the running one"));
        Assert.That(running.GetProperty("total").GetInt32(), Is.EqualTo(1));
    }

    [Test]
    public async Task Workflows_are_listed_by_cursor_without_gap_or_repetition()
    {
        await using var service = await RunningService.StartAsync();
        var since = DateTimeOffset.UtcNow;
        for (var number = 0; number < 5; number++)
        {
            await service.Api.ProvisionAsync();
        }

        var seen = new List<Guid>();
        for (var next = "/api/v1/workflows?limit=2"; next is not null;)
        {
            var page = (await service.Api.GetJsonAsync(next)).Body;
            seen.AddRange(page.GetProperty("workflows").EnumerateArray().Select(workflow => workflow.GetProperty("workflow_uuid").GetGuid()));
            next = page.GetProperty("next_cursor").GetString() is { } cursor ? $"/api/v1/workflows?limit=2&cursor={cursor}" : null;
        }

        Assert.That(seen, Has.Count.EqualTo(5).And.Unique);
        Assert.That(await CountAsync("status=SUCCESS&name=provision_agent"), Is.EqualTo(5));
        Assert.That(await CountAsync("status=success"), Is.EqualTo(5));
        Assert.That(await CountAsync("status=ERROR"), Is.Zero);
        Assert.That(await CountAsync($"since={Uri.EscapeDataString(since.AddMinutes(-5).ToString("O"))}"), Is.EqualTo(5));
        Assert.That(await CountAsync($"since={Uri.EscapeDataString(since.AddMinutes(5).ToString("O"))}"), Is.Zero);
        Assert.That(await CountAsync($"agent_id={Guid.NewGuid()}"), Is.Zero);

        async Task<int> CountAsync(string query) =>
            (await service.Api.GetJsonAsync($"/api/v1/workflows?{query}")).Body.GetProperty("workflows").GetArrayLength();
    }
}
