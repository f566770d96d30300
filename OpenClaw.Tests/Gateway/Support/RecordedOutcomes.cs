using System.Text.Json.Nodes;
using OpenClaw.Tests.Support;

namespace OpenClaw.Tests.Gateway.Support;

/// <summary>What the real gateway did with something, kept in <c>connects.json</c>, and where ours does otherwise.</summary>
internal static class RecordedOutcomes
{
    /// <summary>Each part is a set of cases with what came of them.</summary>
    public static string File => Repository.PathTo("OpenClaw.Tests/Gateway/connects.json");

    /// <summary>Fails where ours differs without an explanation, or does not differ where there is one.</summary>
    /// <param name="part">Of the file.</param>
    /// <param name="ours">What ours did, by the case.</param>
    /// <param name="explained">Members of outcomes that may differ, by the case.</param>
    public static async Task CompareAsync(string part, JsonObject ours, IReadOnlyDictionary<string, string[]> explained)
    {
        var real = JsonNode.Parse(await System.IO.File.ReadAllTextAsync(File))![part]!.AsObject();
        Assert.That(ours.Select(one => one.Key), Is.EqualTo(real.Select(one => one.Key)));
        var differences = real.SelectMany(one => Differences(one.Key, one.Value!.AsObject(), ours[one.Key]!.AsObject())).ToList();
        var known = explained.SelectMany(one => one.Value.Select(member => (one.Key, member))).ToList();
        Assert.That(differences.Where(difference => !known.Contains((difference.Case, difference.Member))).Select(difference => difference.Text), Is.Empty, "docs/gateway.md explains every difference.");
        Assert.That(known, Is.SubsetOf(differences.Select(difference => (difference.Case, difference.Member))), "What does not differ needs no explanation.");
    }

    private static IEnumerable<(string Case, string Member, string Text)> Differences(string name, JsonObject real, JsonObject ours) =>
        from member in real.Select(one => one.Key).Union(ours.Select(one => one.Key))
        where !JsonNode.DeepEquals(real[member], ours[member])
        select (name, member, $"{name}: {member} is {ours[member]?.ToJsonString() ?? "nothing"}, and {real[member]?.ToJsonString() ?? "nothing"} there");
}
