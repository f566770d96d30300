using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using OpenClaw.Bench;
using OpenClaw.Tests.Subscriptions.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Subscriptions;

/// <summary>Events posted to targets on real sockets: good ones, and all kinds of bad ones beside them.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed partial class SubscriptionTests
{
    private readonly ConcurrentQueue<Posted> _posted = new();
    private readonly ConcurrentDictionary<string, Func<HttpContext, Task>> _answers = new();

    private RunningService _service = null!;
    private WebApplication _target = null!;
    private string _address = null!;
    private string _agent = null!;
    private string _run = null!;
    private MailServer _mail = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _target = LocalServer.Build();
        _target.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var posted = new Posted(context.Request.Path, await reader.ReadToEndAsync(), context.Request.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString()));
            _posted.Enqueue(posted);
            if (_answers.TryGetValue(posted.Path, out var answer))
            {
                await answer(context);
            }
        });
        await _target.StartAsync();
        _address = _target.Urls.Single();
        _mail = MailServer.Start();
        _service = await RunningService.StartAsync(null, ("WEBHOOK_HOSTS", "127.0.0.1"), ("SMTP_URL", $"smtp://claw:se%40cret@127.0.0.1:{_mail.Port}"), ("SMTP_FROM", "Claw <claw@example.com>"), ("ALERT_EMAIL_TO", "ops@example.com"));
        _agent = await ProvisionAsync("first");
        _run = await _service.Database.TextAsync($"SELECT workflow_uuid FROM openclaw_system.workflow_status WHERE agent_id = '{_agent}' AND name = 'provision_agent'");

        // What ended before a subscription was made may be told as long as nobody has looked.
        await Eventually.That(
            () => _service.Database.TextAsync("SELECT position >= (SELECT max(seq) FROM openclaw_system.workflow_events) FROM openclaw.event_positions"), Is.EqualTo("True"));
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await _service.DisposeAsync();
        await _target.DisposeAsync();
        await _mail.DisposeAsync();
    }

    [Test]
    public async Task The_end_of_a_run_is_told_signed_as_Standard_Webhooks_says()
    {
        var made = await SubscribeAsync("/signed", new { workflows = new[] { "provision_agent" }, events = new[] { "workflow.succeeded" } });

        var agent = await ProvisionAsync("told of");

        var posted = (await Eventually.That(() => To("/signed"), Has.Count.EqualTo(1)))[0];
        var body = JsonNode.Parse(posted.Body)!;
        Assert.That((body["type"]!.GetValue<string>(), body["data"]!["workflow"]!.GetValue<string>(), body["data"]!["agent_id"]!.GetValue<string>()), Is.EqualTo(("workflow.succeeded", "provision_agent", agent)));
        Assert.That(posted.Headers["content-type"], Is.EqualTo("application/json"));
        Assert.That(posted.Headers["webhook-id"], Is.EqualTo($"workflow-{body["data"]!["sequence"]}"));
        var secret = made.GetProperty("secret").GetString()!;
        Assert.That(secret, Does.StartWith("whsec_"));
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Convert.FromBase64String(secret["whsec_".Length..]));
        hmac.AppendData(Encoding.UTF8.GetBytes(posted.Headers["webhook-id"] + "." + posted.Headers["webhook-timestamp"] + "." + posted.Body));
        Assert.That(posted.Headers["webhook-signature"], Is.EqualTo("v1," + Convert.ToBase64String(hmac.GetHashAndReset())));
        Assert.That(DateTimeOffset.FromUnixTimeSeconds(long.Parse(posted.Headers["webhook-timestamp"], CultureInfo.InvariantCulture)), Is.EqualTo(DateTimeOffset.UtcNow).Within(TimeSpan.FromMinutes(2)));
        Assert.That(await _service.Database.TextAsync($"SELECT secret FROM openclaw.subscriptions WHERE id = '{Id(made)}'"), Is.Not.Empty.And.Not.Contains(secret));
        Assert.That((await StandingAsync(made)).TryGetProperty("secret", out _), Is.False);
    }

    [Test]
    public async Task The_receiver_of_the_guide_takes_what_is_signed_with_its_secret_and_nothing_else()
    {
        var port = FreePort.Find();
        var guide = await File.ReadAllTextAsync(Repository.PathTo("docs/events.md"));
        var program = guide.Split("```python\n")[1].Split("```")[0].Replace("8099", $"{port}", StringComparison.Ordinal);
        var made = await SubscribeAsync($"http://127.0.0.1:{port}/", new { events = new[] { "workflow.cancelled" }, agents = new[] { _agent } });
        var others = await SubscribeAsync($"http://127.0.0.1:{port}/", new { events = new[] { "workflow.cancelled" }, agents = new[] { _agent } });
        using var receiver = Shell.Start("exec python3 -c \"$PROGRAM\" 2>/dev/null", ("PROGRAM", program), ("WEBHOOK_SECRET", made.GetProperty("secret").GetString()));
        try
        {
            await _service.Database.ExecuteAsync(Insert("cancelled", "for the receiver"));

            await Eventually.That(async () => (await StandingAsync(made)) is var now && now.GetProperty("delivered_at").ValueKind is JsonValueKind.String && now.GetProperty("attempts").GetInt32() == 0, Is.True);
            await Eventually.That(async () => (await StandingAsync(others)).GetProperty("last_error").GetString(), Is.EqualTo("It answered 401."));
        }
        finally
        {
            receiver.Kill();
            await receiver.WaitForExitAsync();
        }
    }

    [Test]
    public async Task Targets_that_hang_refuse_redirect_or_answer_without_end_delay_nobody_and_are_owed_all()
    {
        _answers["/hang"] = context => Task.Delay(Timeout.Infinite, context.RequestAborted);
        _answers["/redirect"] = context => Task.Run(() => context.Response.Redirect($"{_address}/inside"));
        _answers["/endless"] = async context =>
        {
            context.Response.StatusCode = 500;
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(new byte[2 * 1024 * 1024], context.RequestAborted);
            }
        };
        var agents = new { agents = new[] { _agent }, events = new[] { "workflow.failed" } };
        var bad = new Dictionary<string, string>
        {
            [Id(await SubscribeAsync("/hang", agents))] = "It did not answer within 10 seconds.",
            [Id(await SubscribeAsync("/redirect", agents))] = "It answered 302, and redirects are not followed",
            [Id(await SubscribeAsync("/endless", agents))] = "It answered 500.",
            [Id(await SubscribeAsync($"http://127.0.0.1:{FreePort.Find()}/", agents))] = "refused",
            [Id(await SubscribeAsync("https://10.0.0.1/", agents))] = "10.0.0.1 is in a network of one's own",
        };
        await SubscribeAsync("/good", agents);

        await using var early = await _service.Database.DataSource.OpenConnectionAsync();
        await using var uncommitted = await early.BeginTransactionAsync();
        await using (var first = early.CreateCommand())
        {
            first.CommandText = Insert("failed", "1");
            await first.ExecuteNonQueryAsync();
        }

        for (var number = 2; number <= 30; number++)
        {
            await _service.Database.ExecuteAsync(Insert("failed", $"{number}"));
        }

        await uncommitted.CommitAsync();

        await Eventually.That(() => To("/good").Select(Reason), Is.EqualTo(Enumerable.Range(1, 30).Select(number => $"{number}")), TimeSpan.FromSeconds(8));
        foreach (var (id, why) in bad)
        {
            await Eventually.That(
                () => _service.Database.TextAsync($"SELECT last_error FROM openclaw.subscriptions WHERE id = '{id}' AND attempts > 0 AND cursor < newest AND disabled_at IS NULL"), Does.Contain(why));
        }

        Assert.That(To("/inside"), Is.Empty);
        _answers.TryRemove("/redirect", out _);
        await Eventually.That(() => To("/redirect").Select(Reason).Distinct(), Is.EqualTo(Enumerable.Range(1, 30).Select(number => $"{number}")));
    }

    [Test]
    public async Task What_an_owner_is_told_is_told_too_in_one_order_with_the_ends_of_runs()
    {
        await SubscribeAsync("/told", new { events = new[] { "notice.agent_paused", "notice.agent_resumed", "workflow.succeeded" }, workflows = new[] { "pause_agent" } });
        var quiet = await ProvisionAsync("of no interest");
        await SubscribeAsync("/of-one", new { events = new[] { "notice.agent_paused" }, agents = new[] { quiet } });
        var agent = await ProvisionAsync("paused and told of");

        await _service.Api.PostAsJsonAsync($"/api/v1/agents/{agent}/pause", new { });
        await _service.Api.PostAsJsonAsync($"/api/v1/agents/{agent}/resume", new { });

        var told = await Eventually.That(() => To("/told"), Has.Count.EqualTo(3));
        var bodies = told.Select(posted => JsonNode.Parse(posted.Body)!).ToList();
        Assert.That(bodies.Select(body => body["type"]!.GetValue<string>()).Order(), Is.EqualTo(new[] { "notice.agent_paused", "notice.agent_resumed", "workflow.succeeded" }));
        Assert.That(bodies.Select(body => body["data"]!["sequence"]!.GetValue<long>()), Is.Ordered);
        Assert.That(bodies.Select(body => body["data"]!["agent_id"]!.GetValue<string>()).Distinct(), Is.EqualTo(new[] { agent }));
        var (posted, notice) = (told.First(each => each.Body.Contains("notice.agent_paused", StringComparison.Ordinal)), bodies.First(body => body["type"]!.GetValue<string>() == "notice.agent_paused")["data"]!);
        Assert.That(posted.Headers["webhook-id"], Is.EqualTo($"notice-{notice["sequence"]}"));
        Assert.That(notice["text"]!.GetValue<string>(), Is.EqualTo("paused and told of is paused."));
        Assert.That(await _service.Database.TextAsync($"SELECT content FROM openclaw_system.notifications WHERE id = '{notice["notice_id"]}'"), Is.EqualTo("paused and told of is paused."));
        Assert.That(To("/of-one"), Is.Empty);
    }

    [TestCase(400)]
    [TestCase(422)]
    public async Task One_event_that_a_target_will_not_have_is_put_aside_in_the_end_and_sent_again_when_it_is_asked_for(int status)
    {
        var (path, will) = ($"/picky-{status}", false);
        _answers[path] = async context =>
        {
            var unwanted = !will && To(path)[^1] is var latest && Reason(latest) == "unwanted";
            context.Response.StatusCode = unwanted ? status : 204;
            await context.Response.CompleteAsync();
        };
        var made = await SubscribeAsync(path, new { events = new[] { "workflow.cancelled" }, agents = new[] { _agent } });
        await _service.Database.ExecuteAsync(Insert("cancelled", "before") + "; " + Insert("cancelled", "unwanted") + "; " + Insert("cancelled", "after"));
        await Eventually.That(() => StateAsync(made), Is.EqualTo("failing"));

        await _service.Database.ExecuteAsync($"UPDATE openclaw.subscriptions SET attempts = 9, next_attempt_at = now() WHERE id = '{Id(made)}'");

        await Eventually.That(() => To(path).Select(Reason).Distinct(), Is.EqualTo(new[] { "before", "unwanted", "after" }));
        var refused = (await Eventually.That(async () => await StandingAsync(made), Has.Property(nameof(JsonElement.ValueKind)).EqualTo(JsonValueKind.Object))).GetProperty("refused")[0].GetInt64();
        using var again = await _service.Api.PostAsync(new Uri($"/api/v1/subscriptions/{Id(made)}/refused/{refused}", UriKind.Relative), null);
        Assert.That(((int)again.StatusCode, (await again.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString()), Is.EqualTo((409, "not_delivered")));
        will = true;
        using var taken = await _service.Api.PostAsync(new Uri($"/api/v1/subscriptions/{Id(made)}/refused/{refused}", UriKind.Relative), null);
        Assert.That((await taken.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("refused").GetArrayLength(), Is.Zero);
        using var gone = await _service.Api.PostAsync(new Uri($"/api/v1/subscriptions/{Id(made)}/refused/{refused}", UriKind.Relative), null);
        Assert.That(gone.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task Who_loses_a_lease_changes_nothing_and_what_was_under_way_is_sent_again_under_the_same_id()
    {
        var (begun, enough) = (new Signal(), new Signal());
        _answers["/slow"] = async _ =>
        {
            begun.TrySetResult();
            await enough.Task;
        };
        var made = await SubscribeAsync("/slow", new { events = new[] { "workflow.cancelled" } });
        await _service.Database.ExecuteAsync(Insert("cancelled", "once"));
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(20));
        var sequence = await _service.Database.TextAsync($"UPDATE openclaw.subscriptions SET lease = gen_random_uuid(), leased_until = now() + interval '1 second' WHERE id = '{Id(made)}' RETURNING newest");

        enough.SetResult();

        await Eventually.That(() => To("/slow"), Has.Count.EqualTo(2));
        Assert.That(To("/slow").Select(posted => (posted.Headers["webhook-id"], posted.Body)).Distinct().Count(), Is.EqualTo(1));
        await Eventually.That(async () => (await StandingAsync(made)).GetProperty("cursor").GetInt64(), Is.EqualTo(long.Parse(sequence, CultureInfo.InvariantCulture)));
    }

    [Test]
    public async Task What_failed_for_days_is_disabled_with_all_it_is_owed_and_goes_on_or_back_when_it_is_replayed()
    {
        _answers["/down"] = context => Task.Run(() => context.Response.StatusCode = 503);
        var made = await SubscribeAsync("/down", new { events = new[] { "workflow.retries_exceeded" } });
        await _service.Database.ExecuteAsync(Insert("retries_exceeded", "a") + "; " + Insert("retries_exceeded", "b"));
        await Eventually.That(() => StateAsync(made), Is.EqualTo("failing"));
        await _service.Database.ExecuteAsync($"UPDATE openclaw.subscriptions SET failing_since = now() - interval '73 hours', next_attempt_at = now() WHERE id = '{Id(made)}'");
        await Eventually.That(() => StateAsync(made), Is.EqualTo("disabled"));
        Assert.That(
            await _service.Database.TextAsync($"SELECT content FROM openclaw_system.notifications WHERE metadata ->> 'event' = 'subscription_disabled' AND content LIKE '%{Id(made)}%'"),
            Does.StartWith("The webhook at 127.0.0.1: It answered 503. It is told of nothing more"));
        _answers.TryRemove("/down", out _);
        var before = To("/down").Count;

        await _service.Api.PostAsJsonAsync($"/api/v1/subscriptions/{Id(made)}/replay", new { });
        await Eventually.That(() => To("/down").Skip(before).Select(Reason), Is.EqualTo(new[] { "a", "b" }));
        await Eventually.That(() => StateAsync(made), Is.EqualTo("active"));
        await _service.Api.PostAsJsonAsync($"/api/v1/subscriptions/{Id(made)}/replay", new { from = DateTimeOffset.UtcNow.AddHours(-1) });

        await Eventually.That(() => To("/down").Skip(before).Select(Reason), Is.EqualTo(new[] { "a", "b", "a", "b" }));
        Assert.That(
            await _service.Database.LinesAsync($"SELECT action FROM openclaw.audit_log WHERE subject = 'subscription:{Id(made)}' ORDER BY id"),
            Is.EqualTo(new[] { "subscription.create", "subscription.replay", "subscription.replay" }));
    }

    private static string Id(JsonElement subscription) => subscription.GetProperty("id").GetString()!;

    private static string Reason(Posted posted) => JsonNode.Parse(posted.Body)!["data"]!["reason"]!.GetValue<string>();

    private List<Posted> To(string path) => [.. _posted.Where(posted => posted.Path == path)];

    private string Insert(string kind, string reason) =>
        $"INSERT INTO openclaw_system.workflow_events (workflow_uuid, kind, actor, reason) VALUES ('{_run}', '{kind}', 'test', '{reason}')";

    private async Task<JsonElement> SubscribeAsync(string target, object more)
    {
        var request = JsonSerializer.SerializeToNode(more)!.AsObject();
        request["url"] = target.StartsWith('/') ? _address + target : target;
        using var answer = await _service.Api.PostAsJsonAsync("/api/v1/subscriptions", request);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Created), await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private Task<JsonElement> StandingAsync(JsonElement subscription) => _service.Api.GetFromJsonAsync<JsonElement>($"/api/v1/subscriptions/{Id(subscription)}");

    private async Task<string?> StateAsync(JsonElement subscription) => (await StandingAsync(subscription)).GetProperty("state").GetString();

    private async Task<string> ProvisionAsync(string name)
    {
        using var answer = await _service.Api.PostAsJsonAsync("/api/v1/agents/provision", new { name, model = "local/echo", heartbeat = new { enabled = false } });
        var agent = await _service.Database.TextAsync($"SELECT id FROM openclaw.agents WHERE name = '{name}'");
        await Eventually.That(() => _service.Database.TextAsync($"SELECT status FROM openclaw_system.workflow_status WHERE agent_id = '{agent}' AND name = 'provision_agent'"), Is.EqualTo("SUCCESS"));
        return agent;
    }

    private sealed record Posted(string Path, string Body, IReadOnlyDictionary<string, string> Headers);
}
