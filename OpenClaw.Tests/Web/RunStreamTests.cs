using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using OpenClaw.Tests.Gateway.Support;
using OpenClaw.Tests.Runtimes.Support;
using OpenClaw.Tests.Spending.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Web;

/// <summary>What an agent says, heard while it says it.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed class RunStreamTests : ModelFixture
{
    [Test]
    public async Task A_reply_is_heard_while_it_grows_from_any_point_on_and_ends_with_its_outcome()
    {
        var go = new Signal();
        Provider.Answer(async call =>
        {
            await call.BeginAsync("One, ");
            await go.Task;
            await call.SayAsync("two.");
        });
        var agent = await ProvisionAsync("counter");
        var run = await SendAsync(agent);

        var hearing = Service.Api.ReadRunAsync(run, heard: _ => go.TrySetResult());
        var heard = await hearing.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.That(heard.Select(part => $"{part.Kind} {(part.Kind == "delta" ? part.Text("text") : part.Text("reply"))}"), Is.EqualTo(new[] { "delta One, ", "delta two.", "end One, two." }));
        Assert.That(heard[^1].Data.GetProperty("usage").GetProperty("output_tokens").GetInt64(), Is.EqualTo(7));
        Assert.That(await AllAsync($"/api/v1/runs/{run}/stream?after=0", heard[0].Id.ToString(System.Globalization.CultureInfo.InvariantCulture)), Is.EqualTo(heard.Skip(1).Select(part => part.ToString())), "A client that comes back says what it heard last.");
    }

    [Test]
    public async Task A_reply_that_came_at_once_is_one_part_and_is_written_nowhere_else()
    {
        var agent = await Service.Api.ProvisionAsync("echo");
        var run = await SendAsync(agent);

        var heard = await Service.Api.ReadRunAsync(run);

        Assert.That(heard.Select(part => part.Kind), Is.EqualTo(new[] { "delta", "end" }));
        Assert.That(heard.Said(), Is.EqualTo(heard[^1].Text("reply")));
        Assert.That((await Service.Api.ReadRunAsync(run, heard[0].Id)).Select(part => part.Kind), Is.EqualTo(new[] { "end" }));
        Assert.That(await Service.Database.TextAsync($"SELECT count(*) FROM openclaw.run_log WHERE run_id = '{run}'"), Is.EqualTo("0"));
    }

    [Test]
    public async Task What_was_said_by_a_turn_that_is_aborted_and_why_another_waits_is_told_at_the_end()
    {
        Provider.Answer(async call =>
        {
            await call.BeginAsync("I was about to");
            await call.HangAsync();
        });
        var agent = await ProvisionAsync("speaker");
        var run = await SendAsync(agent);
        var hearing = Service.Api.ReadRunAsync(run);
        await Eventually.That(() => Service.Database.TextAsync($"SELECT count(*) FROM openclaw.run_log WHERE run_id = '{run}'"), Is.EqualTo("1"));
        var brake = (await Service.Api.PostAsync("/api/v1/brakes", new { mode = "abort", agent_id = agent })).Id("id");

        var end = (await hearing.WaitAsync(TimeSpan.FromSeconds(30)))[^1];
        var waiting = (await Service.Api.ReadRunAsync(await SendAsync(agent)))[^1];

        Assert.That((end.Text("status"), end.Text("reply")), Is.EqualTo(("aborted", "I was about to")));
        Assert.That((waiting.Text("status"), waiting.Text("reason")), Is.EqualTo(("parked", (await Service.Api.GetJsonAsync($"/api/v1/agents/{agent}/messages")).Body.GetProperty("messages")[0].GetProperty("state_reason").GetString())));
        await Service.Api.CallAsync(HttpMethod.Delete, $"/api/v1/brakes/{brake}", null, []);
    }

    [Test]
    public async Task A_client_of_a_node_that_comes_while_a_turn_is_under_way_sees_what_was_said_and_hears_the_rest()
    {
        var (more, end) = (new Signal(), new Signal());
        Provider.Answer(async call =>
        {
            await call.BeginAsync("One, ");
            await more.Task;
            await call.BeginAsync("two, ");
            await end.Task;
            await call.SayAsync("three.");
        });
        var agent = await ProvisionAsync("teller");
        var message = (await Service.Api.TellAsync(agent, "Count.", wait: false)).Body.GetProperty("message");
        var (run, key) = (message.GetProperty("id").GetGuid(), message.GetProperty("session_key").GetString());
        await Eventually.That(() => Service.Database.TextAsync($"SELECT string_agg(text, '') FROM openclaw.run_log WHERE run_id = '{run}'"), Is.EqualTo("One, "));
        await using var other = await RunningService.StartBesideAsync(Service, settings: [("OPENAI_BASE_URL", $"{Provider.Address}v1")]);
        await using var client = await GatewayClient.ConnectAsync(other.Address, "/");

        var history = await client.CallAsync("chat.history", new JsonObject { ["sessionKey"] = key });
        more.SetResult();

        Assert.That((string?)history["inFlightRun"]!["text"], Is.EqualTo("One, "));
        await Eventually.That(
            () => client.Events("chat").Select(frame => frame["payload"]!).Where(told => (string?)told["state"] == "delta").Select(told => (string?)told["message"]!["content"]![0]!["text"]).ToList(), Does.Contain("One, two, "));
        end.SetResult();
        Assert.That((await other.Api.ReadRunAsync(run).WaitAsync(TimeSpan.FromSeconds(30))).Said(), Is.EqualTo("One, two, three."));
    }

    [Test]
    public async Task A_run_is_heard_by_who_may_read_its_agent_alone()
    {
        var (mine, others) = (await Service.Api.ProvisionAsync("mine"), await Service.Api.ProvisionAsync("another"));
        var run = await SendAsync(others);
        var key = await Service.Api.PostAsync("/api/v1/keys", new { name = "of one", scopes = new[] { "read" }, agents = new[] { mine } });
        using var limited = Service.Client();
        limited.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key.Text("key"));

        Assert.That((await limited.GetJsonAsync($"/api/v1/runs/{run}/stream")).Status, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await limited.ReadRunAsync(await SendAsync(mine)))[^1].Text("status"), Is.EqualTo("delivered"));
        Assert.That((await Service.Api.GetJsonAsync("/api/v1/runs/nobody-knows/stream")).Text("code"), Is.EqualTo("run_not_found"));
        Assert.That((await Service.Api.GetJsonAsync($"/api/v1/runs/{run}/stream?after=-1")).ErrorFields, Is.EqualTo(new[] { "after" }));
    }

    private async Task<Guid> SendAsync(Guid agent) => (await Service.Api.TellAsync(agent, "Speak.", wait: false)).Body.GetProperty("message").GetProperty("id").GetGuid();

    private async Task<List<string>> AllAsync(string path, string lastEventId)
    {
        var all = new List<string>();
        await foreach (var told in Service.Api.HearRunAsync(path, lastEventId))
        {
            all.Add(told.ToString());
        }

        return all;
    }
}
