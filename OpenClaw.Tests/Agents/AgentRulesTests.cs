using System.Text.Json;
using OpenClaw.Data.Agents;
using OpenClaw.Jobs.Agents;
using OpenClaw.Tests.ForeignInput;

namespace OpenClaw.Tests.Agents;

/// <summary>What an agent's settings may be, field by field and at the edge of each rule.</summary>
public sealed class AgentRulesTests
{
    private static readonly NewAgent Good = new("Ada", "You are kind.", "local/echo", true, TimeSpan.FromMinutes(30), ["mail"], new ActiveHours("08:00", "20:00", "Europe/Berlin"), Json("{}"));

    private static IEnumerable<TestCaseData> Names() =>
    [
        new("a", true), new(new string('n', 255), true), new("小助手 \ud83d\ude00", true), new("", false), new(" ", false), new(new string('n', 256), false),
        new("two\nlines", false), new("NUL \0", false), new("\u200b", false), new("\u00a0\u2060\ufe0f", false), new("a\u202eb", false), new("two\u2028lines", false), new("👩‍👩‍👧", true), new(ForeignTextTests.WithHalves("half <high>"), false),
    ];

    private static IEnumerable<TestCaseData> Models() =>
    [
        new("local/echo", true), new("a/b/c", true), new("local/", false), new("/echo", false), new("echo", false), new("local/e cho", false), new("local/\0", false),
        new($"local/{new string('m', 249)}", true), new($"local/{new string('m', 250)}", false),
    ];

    private static IEnumerable<TestCaseData> Intervals() =>
    [
        new(TimeSpan.FromMinutes(1), true), new(TimeSpan.FromHours(24), true), new(TimeSpan.FromSeconds(61), true), new(TimeSpan.FromSeconds(59), false), new(TimeSpan.Zero, false),
        new(TimeSpan.FromHours(24) + TimeSpan.FromSeconds(1), false), new(TimeSpan.FromMilliseconds(60_500), false), new(TimeSpan.FromMinutes(-5), false),
    ];

    private static IEnumerable<TestCaseData> Checklists() =>
    [
        new(Array.Empty<string>(), true), new(new[] { "two\nlines" }, true), new(Enumerable.Repeat("item", 100).ToArray(), true), new(Enumerable.Repeat("item", 101).ToArray(), false),
        new(new[] { new string('i', 1_000) }, true), new(new[] { new string('i', 1_001) }, false), new(new[] { " " }, false), new(new[] { "NUL \0" }, false), new(new string?[] { null }, false),
    ];

    private static IEnumerable<TestCaseData> Configurations() =>
    [
        new("{}", true), new("""{"daily_token_cap":1}""", true), new("""{"daily_token_cap":0}""", false), new("""{"daily_token_cap":1.5}""", false), new("""{"daily_token_cap":"1"}""", false),
        new("[]", false), new("""{"n":1e131000}""", false),
    ];

    [TestCaseSource(nameof(Names))]
    public void A_name_has_1_to_255_characters_in_a_line(string name, bool holds) => AssertHolds(Good with { Name = name }, holds, "name");

    [TestCaseSource(nameof(Models))]
    public void A_model_is_provider_and_name(string model, bool holds) => AssertHolds(Good with { Model = model }, holds, "model");

    [TestCaseSource(nameof(Intervals))]
    public void An_interval_is_a_minute_to_a_day_in_whole_seconds(TimeSpan interval, bool holds) => AssertHolds(Good with { HeartbeatInterval = interval }, holds, "heartbeat.interval");

    [TestCaseSource(nameof(Checklists))]
    public void A_checklist_has_up_to_100_entries_of_up_to_1000_characters(string?[] checklist, bool holds) =>
        AssertHolds(Good with { HeartbeatChecklist = checklist }, holds, "heartbeat.checklist");

    [TestCaseSource(nameof(Configurations))]
    public void A_configuration_is_an_object_that_can_be_kept(string json, bool holds) => AssertHolds(Good with { Configuration = Json(json) }, holds, "configuration");

    [TestCase("08:00", "24:00", "Europe/Berlin", true)]
    [TestCase("22:00", "06:00", null, true)]
    [TestCase("8", "20:00", null, false)]
    [TestCase("08:00", "25:00", null, false)]
    [TestCase("08:00", "20:00", "Mars/Olympus", false)]
    public void Active_hours_are_two_times_of_day_in_a_zone(string start, string end, string? zone, bool holds) =>
        AssertHolds(Good with { HeartbeatActiveHours = new ActiveHours(start, end, zone) }, holds, "heartbeat.active_hours");

    [Test]
    public void What_a_change_leaves_out_is_not_looked_at_and_all_that_is_wrong_is_told_at_once()
    {
        Assert.That(AgentRules.Check(new AgentSettings(null, null, null, null, null, null, null, null)), Is.Null);
        Assert.That(AgentRules.Check(new AgentSettings("", new string('p', 32_769), "echo", null, TimeSpan.Zero, [""], null, Json("[]")))!.Errors.Keys, Is.EquivalentTo(new[]
        {
            "name", "persona", "model", "heartbeat.interval", "heartbeat.checklist", "configuration",
        }));
    }

    private static void AssertHolds(NewAgent agent, bool holds, string field) =>
        Assert.That(AgentRules.Check(agent)?.Errors.Keys ?? [], Is.EqualTo(holds ? Array.Empty<string>() : [field]));

    private static JsonElement Json(string json) => JsonSerializer.Deserialize<JsonElement>(json);
}
