using System.Text.RegularExpressions;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Commands;

/// <summary>Commands through the REST API, on the running service.</summary>
public sealed partial class CommandHandlerTests
{
    private HttpClient _api = null!;

    // Names of this test alone: the service is shared.
    private readonly string _name = $"cmd{Guid.NewGuid().ToString("N")[..8]}";

    [SetUp]
    public async Task Use_the_shared_service() => _api = (await SharedService.GetAsync()).Api;

    [Test]
    public async Task An_agent_is_created_paused_and_resumed_by_words()
    {
        var created = await RunAsync($"please create {_name} as a careful reader");
        Assert.That(created.Text("outcome"), Is.EqualTo("done"));
        var agent = created.Id("agent_id");
        await StatusAsync(agent, "running");

        Assert.That((await RunAsync($"Pause {_name.ToUpperInvariant()}!")).Text("answer"), Does.Contain("being paused"));
        await StatusAsync(agent, "paused");
        Assert.That((await RunAsync($"status {_name}")).Text("answer"), Does.StartWith($"{_name}: paused"));
        await RunAsync($"puase {_name}");
        Assert.That((await RunAsync($"resume {_name}")).Text("outcome"), Is.EqualTo("done"));
        await StatusAsync(agent, "running");
    }

    [Test]
    public async Task An_agent_is_stopped_only_with_the_code_and_once()
    {
        var agent = await _api.ProvisionAsync(_name);
        var asked = await RunAsync($"stop {_name}");
        Assert.That(asked.Text("outcome"), Is.EqualTo("asked"));
        var code = Code().Match(asked.Text("answer")!).Groups[1].Value;

        var wrong = code == "0000" ? "0001" : "0000";
        Assert.That((await RunAsync($"YES {wrong}")).Text("outcome"), Is.EqualTo("refused"));
        Assert.That((await _api.GetJsonAsync($"/api/v1/agents/{agent}")).Text("status"), Is.EqualTo("running"));

        Assert.That((await RunAsync($"yes, {code}")).Text("answer"), Does.Contain("being stopped"));
        await StatusAsync(agent, "stopped");
        Assert.That((await RunAsync($"YES {code}")).Text("outcome"), Is.EqualTo("refused"));
    }

    [Test]
    public async Task What_is_written_next_goes_to_the_agent_that_was_told_last()
    {
        var agent = await _api.ProvisionAsync(_name);
        Assert.That((await RunAsync($"tell {_name} good morning")).Text("answer"), Is.EqualTo($"Told {_name}."));
        Assert.That((await RunAsync("and what is new?")).Text("meaning"), Is.EqualTo($"tell \"{_name}\" and what is new?"));

        await Eventually.That(async () => (await _api.GetJsonAsync($"/api/v1/agents/{agent}/messages")).Body.GetRawText(), Does.Contain("echo (no model behind this): and what is new?"));
    }

    [Test]
    public async Task The_same_request_again_is_done_once_and_answered_as_it_was()
    {
        var key = Guid.NewGuid().ToString();
        var first = await RunAsync($"create {_name}", key);
        var again = await RunAsync($"create {_name}", key);

        Assert.That(again.Body.GetRawText(), Is.EqualTo(first.Body.GetRawText()));
        Assert.That((await _api.GetJsonAsync("/api/v1/agents?limit=500")).Body.GetRawText().Split($"\"name\":\"{_name}\"").Length - 1, Is.EqualTo(1));
    }

    [Test]
    public async Task A_name_with_a_slip_or_of_several_agents_is_asked_about_and_an_unknown_one_is_told()
    {
        await _api.ProvisionAsync(_name + "one");
        await _api.ProvisionAsync(_name + "two");

        var slip = await RunAsync($"pause {_name}on");
        Assert.That(slip.Text("outcome"), Is.EqualTo("asked"));
        Assert.That(slip.Text("answer"), Does.StartWith($"pause \"{_name}one\""));
        var several = await RunAsync($"pause {_name}");
        Assert.That(several.Text("answer"), Does.Contain($"pause \"{_name}one\"").And.Contain($"pause \"{_name}two\""));
        var unknown = await RunAsync($"pause nobody{_name}zzz");
        Assert.That(unknown.Text("outcome"), Is.EqualTo("refused"));
        Assert.That(unknown.Text("answer"), Does.Contain("There is no agent"));
    }

    [TestCase("help", "list agents")]
    [TestCase("status", "Workflows of 24 hours")]
    [TestCase("workflows", "(is under way since|failed .* ago|Nothing has failed)")]
    [TestCase("retry 00000000", "No failed workflow")]
    [TestCase("status of issue #999999", "Nobody has worked")]
    [TestCase("stop work on issue", "There is no agent")]
    [TestCase("DROP TABLE agents; \0 \ud83d", "I did not understand that")]
    public async Task A_question_is_answered(string text, string answer) => Assert.That((await RunAsync(text)).Text("answer"), Does.Match(answer));

    [Test]
    public async Task A_failed_workflow_is_retried_by_the_end_of_its_id()
    {
        var failed = await _api.PostAsync("/api/v1/agents/provision", new { name = _name, model = "nobody/knows" });
        var workflow = failed.Id("workflow_uuid");
        await _api.CallAsync(HttpMethod.Patch, $"/api/v1/agents/{failed.Id("agent_id")}/settings", System.Net.Http.Json.JsonContent.Create(new { model = "local/echo" }), []);

        var retried = await RunAsync($"retry {workflow.ToString("N")[^8..]}");

        Assert.That(retried.Text("answer"), Does.Contain("provision_agent").And.Contain("goes on"));
        await StatusAsync(failed.Id("agent_id"), "running");
    }

    [Test]
    public async Task Commands_are_listed_with_their_answers_newest_first_page_by_page()
    {
        await RunAsync($"status no{_name}");
        await RunAsync($"status {_name}no");

        var page = await _api.GetJsonAsync("/api/v1/commands?limit=1");

        Assert.That(page.Body.GetProperty("commands").GetArrayLength(), Is.EqualTo(1));
        Assert.That(page.Id("next_cursor"), Is.EqualTo(page.Body.GetProperty("commands")[0].GetProperty("id").GetGuid()));
        Assert.That((await _api.PostAsync("/api/v1/commands", new { text = " " })).Status, Is.EqualTo(System.Net.HttpStatusCode.UnprocessableEntity));
    }

    private async Task<Answer> RunAsync(string text, string? key = null)
    {
        var answer = await _api.PostAsync("/api/v1/commands", new { text }, key is null ? [] : [("Idempotency-Key", key)]);
        Assert.That(answer.Status, Is.EqualTo(System.Net.HttpStatusCode.OK), answer.Body.GetRawText());
        return answer;
    }

    private Task<string?> StatusAsync(Guid agent, string status) =>
        Eventually.That(async () => (await _api.GetJsonAsync($"/api/v1/agents/{agent}")).Text("status"), Is.EqualTo(status));

    [GeneratedRegex("YES ([0-9]{4})")]
    private static partial Regex Code();
}
