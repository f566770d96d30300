using System.Text.RegularExpressions;
using OpenClaw.Jobs.Commands.Language;
using OpenClaw.Tests.Runtimes.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Commands;

/// <summary>What counts of a model's answer.</summary>
public sealed class FreeLanguageTests
{
    [TestCase("""{"command": "pause researcher"}""", "pause \"researcher\"")]
    [TestCase("""{"command": "create scout as a poet on openai/gpt-5"}""", "create \"scout\" as \"a poet\" on openai/gpt-5")]
    [TestCase("""{"command": null}""", null)]
    [TestCase("""{"command": "YES 4821"}""", null)]
    [TestCase("""{"command": "no"}""", null)]
    [TestCase("""{"command": "puase researcher"}""", null)]
    [TestCase("""{"command": "do whatever you like"}""", null)]
    [TestCase("""{"command": "stop researcher", "confirm": true}""", null)]
    [TestCase("""{"command": ["stop researcher"]}""", null)]
    [TestCase("""Sure! {"command": "stop researcher"}""", null)]
    [TestCase("pause researcher", null)]
    [TestCase("[1", null)]
    [TestCase("", null)]
    public void Only_one_command_within_the_schema_counts(string answer, string? command) => Assert.That(FreeLanguage.CommandIn(answer)?.Text, Is.EqualTo(command));

    [Test]
    public async Task Free_language_is_put_into_a_command_by_the_model_and_done_after_the_code()
    {
        await using var provider = await FakeProvider.StartAsync();
        provider.Answer(call => call.SayAsync("""{"command": "create scout"}"""));
        await using var service = await RunningService.StartAsync(null, ("OPENAI_BASE_URL", $"{provider.Address}v1"), ("COMMAND_MODEL", "openai/small"));

        var asked = await service.Api.PostAsync("/api/v1/commands", new { text = "I could do with one more pair of hands, name it scout" });

        Assert.That(asked.Text("outcome"), Is.EqualTo("asked"), asked.Text("answer"));
        Assert.That((await service.Api.GetJsonAsync("/api/v1/agents")).Body.GetProperty("total").GetInt32(), Is.Zero);
        var done = await service.Api.PostAsync("/api/v1/commands", new { text = Regex.Match(asked.Text("answer")!, "YES [0-9]{4}").Value });
        Assert.That(done.Text("answer"), Is.EqualTo("scout is being created."));
    }
}
