using System.Net;
using System.Text;
using OpenClaw.Tests.Runtimes.Support;
using OpenClaw.Tests.Spending.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Runtimes;

/// <summary>Beats may be asked of another model than messages, and without what was said before.</summary>
public sealed class BeatModelTests
{
    [TestCase("none", 1)]
    [TestCase("full", 3)]
    public async Task A_beat_is_asked_of_its_own_model_with_as_much_as_it_is_to_read(string context, int messages)
    {
        await using var provider = await FakeProvider.StartAsync();
        await using var service = await RunningService.StartAsync(null, ("OPENAI_BASE_URL", $"{provider.Address}v1"));
        var agent = (await service.Api.CarryOutAsync("/api/v1/agents/provision", new
        {
            name = "Mira",
            model = "openai/own",
            heartbeat = new { enabled = false },
            configuration = new { heartbeat_model = "openai/small", heartbeat_context = context },
        })).AgentId;
        await service.Api.TellAsync(agent, "Remember this.");

        var beat = await service.Api.PostAsync($"/api/v1/agents/{agent}/heartbeat");

        Assert.That(beat.Status, Is.EqualTo(HttpStatusCode.OK), beat.Body.ToString());
        Assert.That(provider.Calls.Select(call => call.Model), Is.EqualTo(new[] { "own", "small" }));
        Assert.That(provider.Calls.Last().Messages, Has.Count.EqualTo(messages));
        Assert.That(provider.Calls.Last().LastMessage, Does.StartWith("This is your heartbeat."));
    }

    [TestCase("""{"heartbeat_model":"small"}""", "heartbeat_model")]
    [TestCase("""{"heartbeat_model":5}""", "heartbeat_model")]
    [TestCase("""{"heartbeat_model":"session/x"}""", "heartbeat_model")]
    [TestCase("""{"heartbeat_model":"openai/small"}""", "heartbeat_model")]
    [TestCase("""{"heartbeat_context":"little"}""", "heartbeat_context")]
    [TestCase("""{"heartbeat_context":null}""", "heartbeat_context")]
    [TestCase("""{"heartbeat_gates":[{"file":"a.txt"}]}""", "GATE_FILES")]
    [TestCase("""{"heartbeat_gates":[{"all":[{"sql":"SELECT 1"}]}]}""", "GATE_DATABASE_URL")]
    [TestCase("""{"heartbeat_gates":[{"file":"../a.txt"}]}""", "heartbeat_gates")]
    [TestCase("""{"heartbeat_gates":[{"file":"\ud800"}]}""", "configuration")]
    [TestCase("""{"heartbeat_model":"\ud800"}""", "configuration")]
    [TestCase("""{"turn_timeout":"\ud800"}""", "configuration")]
    [TestCase("""{"queue_mode":"\udfff"}""", "configuration")]
    [TestCase("""{"fallbacks":["\ud800/x"]}""", "configuration")]
    public async Task What_a_beat_cannot_be_asked_with_is_refused_where_it_is_set(string configuration, string named)
    {
        var service = await SharedService.GetAsync();

        var body = new StringContent($$"""{"name":"Mira","model":"local/echo","configuration":{{configuration}}}""", Encoding.UTF8, "application/json");
        var answer = await service.Api.CallAsync(HttpMethod.Post, "/api/v1/agents", body, []);

        Assert.That((answer.Status, answer.ErrorFields), Is.EqualTo((HttpStatusCode.UnprocessableEntity, new[] { "configuration" })), answer.Body.ToString());
        Assert.That(answer.Body.GetProperty("errors").ToString(), Does.Contain(named));
    }
}
