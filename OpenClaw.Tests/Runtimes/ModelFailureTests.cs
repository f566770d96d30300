using System.Reflection;
using System.Text.Json;
using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Jobs.Runtimes;
using OpenClaw.Jobs.Runtimes.Models;
using OpenClaw.Jobs.Runtimes.Models.Wire;
using OpenClaw.Tests.Support;

namespace OpenClaw.Tests.Runtimes;

/// <summary>Each way in which a turn on a model fails, beside what the guide says of it.</summary>
public sealed class ModelFailureTests
{
    private static readonly ModelErrors Errors = OpenAiModels.ErrorsOf(new ModelSettings { OpenAiBaseUrl = new Uri("https://models.example/v1") });

    private static readonly StepFailedException[] Failures =
    [
        Errors.From(new ServerError(401, "no")), Errors.From(new ServerError(403, "no")),
        Errors.From(new ServerError(404, "no")), Errors.From(new ServerError(405, "no")), Errors.From(new ServerError(307, "no")), Errors.From(new ServerError(200, "no") { IsPage = true }),
        Errors.From(new ServerError(402, "no")), Errors.From(new ServerError(429, "no") { Codes = ["insufficient_quota"] }),
        Errors.From(new ServerError(400, "no")), Errors.From(new ServerError(null, "no")),
        Errors.From(new ServerError(400, "no") { Codes = ["content_filter"] }), Errors.Filtered(),
        Errors.From(new ServerError(413, "no")), Errors.From(new ServerError(400, "no") { Codes = ["context_length_exceeded"] }),
        Errors.From(new ServerError(408, "no")), Errors.From(new ServerError(409, "no")), Errors.From(new ServerError(429, "no")),
        Errors.From(new ServerError(500, "no")), Errors.From(new ServerError(502, "no")), Errors.From(new ServerError(529, "no")), Errors.From(new ServerError(null, "no") { IsWithinReply = true }),
        Errors.Of(new HttpRequestException(HttpRequestError.ConnectionError)), Errors.Of(new HttpRequestException(HttpRequestError.NameResolutionError)),
        Errors.Silent(TimeSpan.FromMinutes(5)), Errors.Resting(3, "no", TimeSpan.FromSeconds(1)),
        Errors.Cut(), Errors.Of(new IOException("reset by peer")),
        Errors.Of(new JsonException("no")), Errors.Of(new InvalidDataException("no")),
        Errors.Empty(), Errors.Empty(usedUp: true),
    ];

    [Test]
    public void Each_failure_stands_in_the_guide_with_whether_it_is_tried_again_and_no_other_does()
    {
        var guide = GuideRows();

        // These two are not the model's: no settings, and no end.
        Assert.That(guide.Keys.Except(["runtime_not_configured", "turn_timed_out"]), Is.EquivalentTo(Failures.Select(failure => failure.Code).Distinct()));
        foreach (var kind in Failures.GroupBy(failure => failure.Code))
        {
            Assert.That(guide[kind.Key].Contains("no", StringComparison.Ordinal), Is.EqualTo(kind.Any(failure => failure.NonRetryable)), kind.Key);
            Assert.That(guide[kind.Key] == "no", Is.EqualTo(kind.All(failure => failure.NonRetryable)), kind.Key);
            Assert.That(guide[kind.Key].Contains("ten minutes", StringComparison.Ordinal), Is.EqualTo(kind.Any(failure => failure.IsOutage)), kind.Key);
        }
    }

    [Test]
    public void Each_code_is_one_of_a_failure_here() => Assert.That(
        Failures.Select(failure => failure.Code).Distinct(),
        Is.EquivalentTo(typeof(ModelFailureCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(code => (string)code.GetRawConstantValue()!)));

    [Test]
    public void What_is_not_the_models_is_called_as_the_guide_says()
    {
        var catalog = new RuntimeCatalog([new UnconfiguredRuntime()]);

        Assert.That(Assert.Throws<StepFailedException>(() => catalog.For("nowhere/model"))!.Code, Is.EqualTo("runtime_not_configured"));
        Assert.That(GuideRows().Keys, Is.SupersetOf(new[] { "runtime_not_configured", "turn_timed_out" }));
    }

    // The third column says whether it is tried again.
    private static Dictionary<string, string> GuideRows() => File.ReadAllText(Repository.PathTo("docs/runtimes.md")).Split("## When a model fails")[1].Split('\n')
        .Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split(" | "))
        .ToDictionary(cells => cells[0].Trim('|', ' ', '`'), cells => cells[2].Trim());

    private sealed class UnconfiguredRuntime : IAgentRuntime
    {
        public string Provider => "nowhere";

        public string? WhyUnavailable(string model) => "Set something.";

        public Task<string> ConnectAsync(RuntimeAgent agent, string idempotencyKey, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<TurnReply> RunTurnAsync(RuntimeAgent agent, Turn turn, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task DisconnectAsync(RuntimeAgent agent, string idempotencyKey, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
