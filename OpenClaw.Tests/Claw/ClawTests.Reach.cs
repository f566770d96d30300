using System.Text.Json;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Claw;

/// <summary>Commands beside those for an agent's life.</summary>
public sealed partial class ClawTests
{
    [Test]
    public async Task What_there_is_is_listed_for_people_and_as_JSON()
    {
        await SignInAsync();
        var agent = (await Service.Api.ProvisionAsync("Listed")).ToString();
        string[][] lists =
        [
            ["agents"], ["show", agent], ["messages", agent], ["beats", agent], ["checkpoints", agent], ["usage", agent], ["workflows"], ["schedules", "list"], ["questions"], ["brakes"], ["budget", "list"],
            ["spending", "--by", "agent"], ["prices", "list"], ["subscriptions", "list"], ["notices"], ["contacts"], ["keys", "list"], ["audit", "--action", "agent."], ["figures"], ["retention"], ["logs"], ["top", "--once"],
        ];

        foreach (var words in lists)
        {
            var (told, json) = (await RunAsync(words), await RunAsync([.. words, "--json"]));
            Assert.That((told.Code, told.Error, json.Code), Is.EqualTo((0, "", 0)), string.Join(' ', words));
            Assert.That(JsonSerializer.Deserialize<JsonElement>(json.Out).ValueKind, Is.EqualTo(JsonValueKind.Object), string.Join(' ', words));
        }

        Assert.That((await RunAsync(["show", "Listed"])).Out, Does.Match("(?m)^model +local/echo$"));
    }

    [Test]
    public async Task Subscriptions_are_made_changed_sent_again_and_ended()
    {
        await SignInAsync();
        await Service.Api.ProvisionAsync("Told of");

        var made = await RunAsync(["subscriptions", "add", "https://example.com/hook", "--event", "workflow.failed", "--agent", "Told of"]);
        Assert.That(made.Out, Does.StartWith("whsec_"), "It is all that a script needs.");
        Assert.That(made.Error, Does.Match("^The subscription is [0-9a-f-]{36}. This is its secret, which cannot be read again:\n$"));
        var id = made.Error.Split(' ')[3].TrimEnd('.');
        Assert.That((await RunAsync(["subscriptions", "list"])).Out, Does.Match($"(?m)^{id}  active +https://example.com/hook"));
        Assert.That((await RunAsync(["subscriptions", "change", id, "--event", "all", "--enabled", "false"])).Out, Does.StartWith($"{id} is disabled: "));
        Assert.That((await RunAsync(["subscriptions", "replay", id, "--from", "2026-01-31T08:00:00Z"])).Out, Does.StartWith($"{id} is active: "));
        Assert.That((await RunAsync(["subscriptions", "replay", id, "--from", "yesterday"])).Code, Is.EqualTo(1));
        Assert.That((await RunAsync(["subscriptions", "resend", id, "7"])).Code, Is.EqualTo(4));
        Assert.That((await RunAsync(["subscriptions", "rotate", id])).Out, Does.StartWith("whsec_").And.Not.EqualTo(made.Out));
        Assert.That((await RunAsync(["subscriptions", "add", "http://example.com/"])).Code, Is.EqualTo(1));
        Assert.That((await RunAsync(["subscriptions", "delete", id], "n")).Code, Is.EqualTo(1));
        Assert.That(await RunAsync(["subscriptions", "delete", id, "-y"]), Is.EqualTo(new ClawRun(0, "The subscription of https://example.com/hook has ended.\n", "")));
        Assert.That((await RunAsync(["subscriptions", "show", id])).Code, Is.EqualTo(4));
    }

    [Test]
    public async Task An_agent_is_changed_asked_for_and_sent_what_is_on_its_schedule()
    {
        await SignInAsync();
        await Service.Api.ProvisionAsync("Busy");

        Assert.That((await RunAsync(["change", "Busy", "--persona", "kind", "--interval", "2h"])).Code, Is.Zero);
        Assert.That((await RunAsync(["show", "Busy"])).Out, Does.Match("(?m)^persona +kind$").And.Match("(?m)^heartbeat interval +2h$"));
        var schedule = (await RunAsync(["schedules", "add", "Busy", "what", "is", "new?", "--every", "1h"])).Out.Split(' ')[0];
        Assert.That((await RunAsync(["schedules", "change", schedule, "--enabled", "false"])).Out, Does.EndWith("is changed; it is not sent.\n"));
        Assert.That((await RunAsync(["schedules", "run", schedule])).Code, Is.Zero);
        Assert.That((await RunAsync(["schedules", "delete", schedule, "-y"])).Out, Is.EqualTo("The schedule what is new? is deleted.\n"));
        Assert.That((await RunAsync(["schedules", "show", schedule])).Code, Is.EqualTo(4));
        Assert.That((await RunAsync(["ask", "Busy", "May", "I?", "--choice", "Yes", "--choice", "No"])).Code, Is.Zero);
        Assert.That((await RunAsync(["do", "help"])).Code, Is.Zero);
        Assert.That(JsonSerializer.Deserialize<JsonElement>((await RunAsync(["call", "PUT", "/notifications/rules", "{\"digest_after\":5}"])).Out).GetProperty("digest_after").GetInt32(), Is.EqualTo(5));
        Assert.That((await RunAsync(["call", "GET", "no-such-list"])).Error, Does.EndWith("does not know GET /api/v1/no-such-list: is it of another version than this claw?\n"));
    }
}
