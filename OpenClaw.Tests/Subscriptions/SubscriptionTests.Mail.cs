using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Data.Monitoring;
using OpenClaw.Jobs.Monitoring;
using OpenClaw.Tests.Support;

namespace OpenClaw.Tests.Subscriptions;

public sealed partial class SubscriptionTests
{
    [Test]
    public async Task An_incident_is_written_to_the_addresses_of_the_setting_at_its_start_and_at_its_end()
    {
        var health = _service.Services.GetRequiredService<HealthLedger>();

        await health.WriteAsync("trial", ofNode: false, new HealthFinding(HealthStatus.Ok, "All is well."), default);
        await health.WriteAsync("trial", ofNode: false, new HealthFinding(HealthStatus.Failed, "Nobody\r\nBcc: me@example.com answers."), default);
        await health.WriteAsync("trial", ofNode: false, new HealthFinding(HealthStatus.Failed, "Nobody answers still."), default);
        await Written("Health: trial is failed.");
        await health.WriteAsync("trial", ofNode: false, new HealthFinding(HealthStatus.Ok, "It answers."), default);
        await Written("Health: trial is ok. It answers.");

        var text = string.Join('\n', _mail.Letters);
        Assert.That(text, Does.Contain("From: Claw <claw@example.com>\n").And.Contain("To: ops@example.com\n").And.Contain("Auto-Submitted: auto-generated\n").And.Not.Contain("\nBcc:").And.Not.Contain("still"));
        Assert.That(_mail.Credentials, Is.EqualTo("\0claw\0se@cret"));
    }

    [Test]
    public async Task A_node_that_is_lost_is_told_once_and_once_that_it_is_back()
    {
        var nodes = _service.Services.GetRequiredService<LostNodes>();
        await _service.Database.ExecuteAsync(
            """
            INSERT INTO openclaw_system.executors (executor_id, node, pid, version, holds_lock, started_at, beat_at, stopped_at, stop_reason) VALUES
            ('lost-1', 'far:1', 1, '1', false, now() - interval '1 hour', now() - interval '2 minutes', now() - interval '1 minute', 'declared dead by x'),
            ('gone-1', 'near:1', 1, '1', false, now() - interval '1 hour', now() - interval '2 minutes', now() - interval '1 minute', 'stopped'),
            ('soon-1', 'quick:1', 1, '1', false, now() - interval '1 hour', now() - interval '2 minutes', now() - interval '1 minute', 'declared dead by x'),
            ('soon-2', 'quick:1', 1, '1', false, now() - interval '1 minute', now(), NULL, NULL)
            """);

        await nodes.LookAsync(default);
        await nodes.LookAsync(default);
        await _service.Database.ExecuteAsync("INSERT INTO openclaw_system.executors (executor_id, node, pid, version, holds_lock) VALUES ('lost-2', 'far:1', 1, '1', false)");
        await nodes.LookAsync(default);
        await nodes.LookAsync(default);

        Assert.That(
            await _service.Database.LinesAsync("SELECT (metadata ->> 'event') || ': ' || content FROM openclaw_system.notifications WHERE metadata ->> 'event' LIKE 'node%' ORDER BY sequence"),
            Is.EqualTo(new[] { "node_lost: Node far:1 is lost: silent since " + (await _service.Database.TextAsync("SELECT to_char(beat_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS') FROM openclaw_system.executors WHERE executor_id = 'lost-1'")) + " UTC. Others have taken over what it had under way.", "node_returned: Node far:1 is back." }));
    }

    [Test]
    public async Task An_address_of_the_setting_is_a_subscription_that_is_tried_and_filtered_as_others_and_ends_with_the_setting()
    {
        var all = (await _service.Api.GetFromJsonAsync<JsonElement>("/api/v1/subscriptions")).GetProperty("subscriptions").EnumerateArray();
        var address = all.Single(row => row.GetProperty("url").GetString() == "mailto:ops@example.com");

        var (tried, changed) = (await TestAsync(address), await ChangeAsync(address, new { description = "on call" }));

        Assert.That((tried.GetProperty("delivered").GetBoolean(), tried.GetProperty("status").ValueKind, changed.GetProperty("description").GetString()), Is.EqualTo((true, JsonValueKind.Null, "on call")));
        Assert.That(_mail.Letters, Has.Some.Contains("This is a test."));
        using var moved = await _service.Api.PatchAsJsonAsync($"/api/v1/subscriptions/{Id(address)}", new { url = "https://example.com/" });
        using var deleted = await _service.Api.DeleteAsync(new Uri($"/api/v1/subscriptions/{Id(address)}", UriKind.Relative));
        using var rotated = await _service.Api.PostAsync(new Uri($"/api/v1/subscriptions/{Id(address)}/rotate", UriKind.Relative), null);
        Assert.That(new[] { moved.StatusCode, deleted.StatusCode, rotated.StatusCode }, Is.All.EqualTo(HttpStatusCode.Conflict));
    }

    // Letters to one address rest for a minute between them; a test does not wait for it.
    private Task<string> Written(string text) => Eventually.That(
        async () =>
        {
            await _service.Database.ExecuteAsync("UPDATE openclaw.subscriptions SET next_attempt_at = now() WHERE url LIKE 'mailto:%' AND lease IS NULL AND next_attempt_at > now()");
            return string.Join('\n', _mail.Letters).Replace("=\n", "", StringComparison.Ordinal);
        },
        Does.Contain(text));
}
