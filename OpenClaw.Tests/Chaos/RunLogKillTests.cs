using System.Net;
using OpenClaw.Tests.Engine.Support;
using OpenClaw.Tests.Runtimes.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Chaos;

/// <summary>What was read of a turn whose node is killed in the middle of it.</summary>
public sealed class RunLogKillTests
{
    private const int Killed = 137;

    [Test]
    [CancelAfter(300_000)]
    public async Task What_a_killed_node_told_of_a_turn_is_read_on_another_that_goes_on_with_it_to_its_end()
    {
        var (again, told) = (new Signal(), new Signal());
        await using var provider = await FakeProvider.StartAsync();
        provider.Answer(
            async call =>
            {
                await call.BeginAsync("I begin, ");
                await call.HangAsync();
            },
            async call =>
            {
                await call.BeginAsync("I begin anew");
                again.SetResult();
                await told.Task;
                await call.SayAsync(" and end.");
            });
        await using var database = await TestDatabase.CreateMigratedAsync();
        (string, string)[] settings = [("OPENAI_BASE_URL", $"{provider.Address}v1")];
        await using var service = new ServiceProcess(database, settings);
        await service.StartAsync();
        var provisioned = await service.Api.CarryOutAsync("/api/v1/agents/provision", new { name = "Mira", model = "openai/any", heartbeat = new { enabled = false } });
        var sent = await service.Api.PostAsync($"/api/v1/agents/{provisioned.AgentId}/message", new { content = "Tell me." }, ("Prefer", "respond-async"));
        Assert.That(sent.Status, Is.EqualTo(HttpStatusCode.Accepted), sent.Body.ToString());
        var run = sent.Body.GetProperty("message").GetProperty("id").GetGuid();
        await Eventually.That(() => database.TextAsync("SELECT string_agg(text, '') FROM openclaw.run_log"), Is.EqualTo("I begin, "));

        await using var other = new ServiceProcess(database, settings);
        await other.StartAsync();
        var hearing = other.Api.ReadRunAsync(run, heard: part =>
        {
            if (part.Kind == "delta" && part.Text("text") == "I begin anew")
            {
                told.SetResult();
            }
        });
        Assert.That(await service.KillAsync(), Is.EqualTo(Killed));
        await again.Task.WaitAsync(TimeSpan.FromSeconds(90));
        var heard = await hearing.WaitAsync(TimeSpan.FromSeconds(60));

        Assert.That(heard.Select(part => part.Kind == "delta" ? part.Text("text") : part.Text("reply")), Is.EqualTo(new[] { "I begin, ", "I begin anew", " and end.", "I begin anew and end." }), "What the killed node told stays.");
        Assert.That(heard[^1].Text("status"), Is.EqualTo("delivered"));
        Assert.That(heard.Said(), Is.EqualTo("I begin anew and end."));
        Assert.That(heard.Select(part => part.Id), Is.Ordered);
        Assert.That(provider.Calls, Has.Count.EqualTo(2), "It was asked again once.");
        await service.StartAsync();
        var whole = heard.Select(part => part.ToString());
        Assert.That((await service.Api.ReadRunAsync(run)).Select(part => part.ToString()), Is.EqualTo(whole), "The node that was killed reads the same,");
        Assert.That((await other.Api.ReadRunAsync(run)).Select(part => part.ToString()), Is.EqualTo(whole), "and so does the other.");
        Assert.That((await service.Api.ReadRunAsync(run, heard[1].Id)).Select(part => part.ToString()), Is.EqualTo(whole.Skip(2)), "From any point on.");
        Assert.That(await database.LinesAsync("SELECT turns, output_tokens FROM openclaw.agent_usage"), Is.EqualTo(new[] { "1|7" }));
    }
}
