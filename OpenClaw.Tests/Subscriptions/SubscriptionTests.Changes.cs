using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using OpenClaw.Tests.Support;

namespace OpenClaw.Tests.Subscriptions;

public sealed partial class SubscriptionTests
{
    [Test]
    public async Task A_change_holds_from_then_on_and_what_passed_it_by_before_is_not_told()
    {
        var made = await SubscribeAsync("/changed", new { events = new[] { "workflow.failed" }, agents = new[] { _agent } });
        await _service.Database.ExecuteAsync(Insert("cancelled", "before"));
        await Eventually.That(
            () => _service.Database.TextAsync("SELECT position >= (SELECT max(seq) FROM openclaw_system.workflow_events) FROM openclaw.event_positions"), Is.EqualTo("True"));

        var changed = await ChangeAsync(made, new { events = new[] { "workflow.cancelled" }, description = "for the pager", url = $"{_address}/elsewhere" });
        await _service.Database.ExecuteAsync(Insert("cancelled", "after"));

        Assert.That((changed.GetProperty("description").GetString(), changed.GetProperty("events")[0].GetString()), Is.EqualTo(("for the pager", "workflow.cancelled")));
        await Eventually.That(() => To("/elsewhere").Select(Reason), Is.EqualTo(new[] { "after" }));
        Assert.That(To("/changed"), Is.Empty);
        Assert.That(
            await _service.Database.TextAsync($"SELECT change FROM openclaw.audit_log WHERE subject = 'subscription:{Id(made)}' AND action = 'subscription.update'"),
            Does.Contain("for the pager").And.Not.Contain("elsewhere"));
    }

    [Test]
    public async Task What_is_switched_off_is_owed_and_told_when_it_is_switched_on()
    {
        var made = await SubscribeAsync("/switched", new { events = new[] { "workflow.retries_exceeded" }, agents = new[] { _agent } });
        Assert.That((await ChangeAsync(made, new { enabled = false })).GetProperty("state").GetString(), Is.EqualTo("disabled"));
        await _service.Database.ExecuteAsync(Insert("retries_exceeded", "meanwhile"));
        await Eventually.That(() => _service.Database.TextAsync($"SELECT newest > cursor FROM openclaw.subscriptions WHERE id = '{Id(made)}'"), Is.EqualTo("True"));
        Assert.That(To("/switched"), Is.Empty);

        await ChangeAsync(made, new { enabled = true });

        await Eventually.That(() => To("/switched").Select(Reason), Is.EqualTo(new[] { "meanwhile" }));
    }

    [TestCase("""{"url": "http://example.com/"}""", "url")]
    [TestCase("""{"url": "https://me:word@example.com/"}""", "url")]
    [TestCase("""{"url": "file:///etc/passwd"}""", "url")]
    [TestCase("""{}""", "url")]
    [TestCase("""{"url": "https://example.com/", "events": ["workflow.began"]}""", "events")]
    [TestCase("""{"url": "https://example.com/", "workflows": ["make_tea"]}""", "workflows")]
    public async Task What_cannot_be_used_is_refused_with_its_field(string body, string field)
    {
        using var answer = await _service.Api.PostAsync("/api/v1/subscriptions", new StringContent(body, Encoding.UTF8, "application/json"));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").TryGetProperty(field, out _), Is.True);
    }

    [Test]
    public async Task A_key_for_some_agents_has_nothing_to_do_with_them_and_what_is_deleted_is_gone()
    {
        var made = await SubscribeAsync("/ended", new { });
        using var created = await _service.Api.PostAsJsonAsync("/api/v1/keys", new { name = "of one agent", scopes = new[] { "write" }, agents = new[] { _agent } });
        using var some = _service.Client();
        some.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await created.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("key").GetString());

        Assert.That((await some.GetAsync(new Uri("/api/v1/subscriptions", UriKind.Relative))).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await _service.Api.DeleteAsync(new Uri($"/api/v1/subscriptions/{Id(made)}", UriKind.Relative))).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await _service.Api.GetAsync(new Uri($"/api/v1/subscriptions/{Id(made)}", UriKind.Relative))).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [TestCase("""{"url": "http://example.com/"}""", "url")]
    [TestCase("""{"events": ["workflow.began"]}""", "events")]
    [TestCase("""{"description": "two\nlines"}""", "description")]
    public async Task A_change_that_cannot_be_used_is_refused_with_its_field(string body, string field)
    {
        var made = await SubscribeAsync("/refused-change", new { events = new[] { "workflow.failed" } });

        using var answer = await _service.Api.PatchAsync($"/api/v1/subscriptions/{Id(made)}", new StringContent(body, Encoding.UTF8, "application/json"));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").TryGetProperty(field, out _), Is.True);
    }

    [Test]
    public async Task For_a_day_after_a_new_secret_deliveries_are_signed_with_both()
    {
        var made = await SubscribeAsync("/rotated", new { events = new[] { "workflow.failed" }, workflows = new[] { "stop_agent" } });
        using var rotated = await _service.Api.PostAsync(new Uri($"/api/v1/subscriptions/{Id(made)}/rotate", UriKind.Relative), null);
        var secret = (await rotated.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("secret").GetString()!;

        await TestAsync(made);
        await _service.Database.ExecuteAsync($"UPDATE openclaw.subscriptions SET former_secret_until = now() WHERE id = '{Id(made)}'");
        await TestAsync(made);

        var (both, one) = (To("/rotated")[0], To("/rotated")[1]);
        Assert.That(secret, Does.StartWith("whsec_").And.Not.EqualTo(made.GetProperty("secret").GetString()));
        Assert.That(both.Headers["webhook-signature"], Is.EqualTo($"{Signature(both, secret)} {Signature(both, made.GetProperty("secret").GetString()!)}"));
        Assert.That(one.Headers["webhook-signature"], Is.EqualTo(Signature(one, secret)));
    }

    [Test]
    public async Task A_test_tells_what_the_target_answers_and_changes_nothing()
    {
        _answers["/tested"] = async context =>
        {
            context.Response.StatusCode = 418;
            await context.Response.WriteAsync("short \0 and stout" + new string('.', 5_000));
        };
        var made = await SubscribeAsync("/tested", new { events = new[] { "workflow.failed" }, workflows = new[] { "stop_agent" } });
        var inside = await SubscribeAsync("https://10.0.0.1/", new { events = new[] { "workflow.failed" }, workflows = new[] { "stop_agent" } });

        var (answer, refused) = (await TestAsync(made), await TestAsync(inside));

        Assert.That(
            (answer.GetProperty("delivered").GetBoolean(), answer.GetProperty("status").GetInt32(), answer.GetProperty("error").GetString()), Is.EqualTo((false, 418, "It answered 418.")));
        Assert.That(answer.GetProperty("answer").GetString(), Does.StartWith("short \uFFFD and stout...").And.Length.EqualTo(1_000));
        Assert.That(answer.GetProperty("took_ms").GetInt64(), Is.InRange(0, 10_000));
        Assert.That(refused.GetProperty("error").GetString(), Does.Contain("network of one's own"));
        var body = JsonNode.Parse(To("/tested")[0].Body)!;
        Assert.That((body["type"]!.GetValue<string>(), body["data"]!["subscription_id"]!.GetValue<string>()), Is.EqualTo(("subscription.test", Id(made))));
        Assert.That(To("/tested")[0].Headers["webhook-id"], Does.StartWith("test-"));
        Assert.That(await StateAsync(made), Is.EqualTo("active"));
    }

    private static string Signature(Posted posted, string secret) => "v1," + Convert.ToBase64String(HMACSHA256.HashData(
        Convert.FromBase64String(secret["whsec_".Length..]), Encoding.UTF8.GetBytes($"{posted.Headers["webhook-id"]}.{posted.Headers["webhook-timestamp"]}.{posted.Body}")));

    private async Task<JsonElement> ChangeAsync(JsonElement subscription, object change)
    {
        using var answer = await _service.Api.PatchAsJsonAsync($"/api/v1/subscriptions/{Id(subscription)}", change);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private async Task<JsonElement> TestAsync(JsonElement subscription)
    {
        using var answer = await _service.Api.PostAsync(new Uri($"/api/v1/subscriptions/{Id(subscription)}/test", UriKind.Relative), null);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }
}
