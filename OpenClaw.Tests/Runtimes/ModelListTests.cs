using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using OpenClaw.Jobs.ForeignInput;
using OpenClaw.Jobs.Runtimes;
using OpenClaw.Jobs.Runtimes.Models;
using OpenClaw.Tests.Runtimes.Support;
using OpenClaw.Web.Gateway.Methods;

namespace OpenClaw.Tests.Runtimes;

/// <summary>What providers say of their models.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed class ModelListTests : ModelFixture
{
    [TestCase(200, """{"data":[{"id":"some-model"},{"id":"another"},{"id":""},{"id":7},"x",{"id":"two\nlines"},{"id":"some-model"}]}""", "ready", new[] { "another", "some-model" })]
    [TestCase(401, """{"error":{"message":"no"}}""", "auth-rejected", new string[0])]
    [TestCase(500, "down", "unavailable", new string[0])]
    [TestCase(200, "<html>not here</html>", "unavailable", new string[0])]
    [TestCase(200, """{"models":[]}""", "unavailable", new string[0])]
    [TestCase(302, "", "unavailable", new string[0])]
    public async Task A_list_is_the_providers_own_and_one_that_cannot_be_had_is_told_as_such(int status, string document, string outcome, string[] names)
    {
        Provider.List = (status, document);

        // A fresh one each time: the service knows its list for a while.
        using var listings = new ModelListings(Service.Services.GetRequiredService<RuntimeCatalog>(), TimeProvider.System);
        var listed = (await listings.ReadAsync(refresh: false, default)).Single(row => row.Provider == "openai").Listing;

        Assert.That((listed.Status, listed.Models), Is.EqualTo((
            outcome switch { "ready" => ListingStatus.Ready, "auth-rejected" => ListingStatus.Rejected, _ => ListingStatus.Unreachable }, names.Select(name => $"openai/{name}").ToArray())));
    }

    [Test]
    public async Task A_client_is_told_and_the_provider_is_not_asked_each_time()
    {
        Provider.List = (200, """{"data":[{"id":"first"}]}""");
        var before = await Client.CallAsync("models.list", new JsonObject { ["refresh"] = true });
        Provider.List = (200, """{"data":[{"id":"second"}]}""");
        var after = await Client.CallAsync("models.list");

        Assert.That(Names(before), Does.Contain("first"));
        Assert.That(Names(after), Is.EqualTo(Names(before)));
        Assert.That(after["providerOutcomes"]!.AsArray().Select(row => ((string?)row!["provider"], (string?)row["status"])), Does.Contain(("openai", "ready")));
    }

    [Test]
    public async Task Who_does_not_answer_is_not_waited_for()
    {
        var time = new FakeTimeProvider();
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var listing = ModelLists.AskAsync(
            async cancelled =>
            {
                asked.SetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, cancelled);
                return default;
            },
            time,
            default);
        await asked.Task;

        time.Advance(TimeSpan.FromSeconds(6));

        Assert.That((await listing).Status, Is.EqualTo(ListingStatus.Unreachable));
    }

    [Test]
    public void Whatever_a_list_is_it_is_bounded_and_can_be_told() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(2_000),
        Prop.ForAll(
            Gen.OneOf(
                Gen.Elements("\"a\"", "\"\\ud800\"", "\"\\u0000\"", "7", "null", "{}", "[[]]", $"\"{new string('x', 300)}\"", "\"b/c\"", "true").Select(id => $"{{\"id\":{id}}}"),
                Gen.Elements("1", "\"x\"", "[]", "{\"\\ud800\":1}")).ListOf().ToArbitrary(),
            models =>
            {
                var document = System.Text.Encoding.UTF8.GetBytes($"{{\"data\":[{string.Join(',', models)}]}}");
                ForeignJson.Mend(document);
                var listing = ModelLists.Read(JsonDocument.Parse(document).RootElement);
                return listing.Status is ListingStatus.Ready && listing.Models.Count <= 500 && listing.Models.All(name => name.Length is > 0 and <= 200 && ForeignText.IsLine(name));
            }));

    private static List<string?> Names(JsonNode listed) => [.. listed["models"]!.AsArray().Select(model => (string?)model!["id"])];
}
