using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using OpenClaw.Tests.Gateway.Support;
using OpenClaw.Tests.Support;

namespace OpenClaw.Tests.Interop.Support;

/// <summary>
/// <c>commands.json</c>: the commands of OpenClaw's own command line that call a gateway, in the order in which they are run, and
/// how the last run went at the real gateway and at ours. <c>{URL}</c>, <c>{TOKEN}</c> and <c>{MODEL}</c> stand for those of the
/// gateway, <c>@NAME=member</c> in front keeps a member of the answer, and <c>{NAME}</c> stands for it from then on.
/// </summary>
internal sealed partial class CommandList(JsonObject file)
{
    public static CommandList Read() => new(JsonNode.Parse(System.IO.File.ReadAllText(Place))!.AsObject());

    public IEnumerable<string> Commands => Entries.Select(entry => entry.Key);

    /// <summary>How the last run of the command went.</summary>
    public CommandRow this[string command] => CommandRow.Of(command, Entries[command]!.AsObject());

    public IEnumerable<CommandRow> Rows => Commands.Select(command => this[command]);

    public string Release => (string)file["openclaw"]!;

    public string Recorded => (string)file["recorded"]!;

    public void Note(CommandRow row) => Entries[row.Command] = row.ToJson();

    public void Save(string release, string day)
    {
        (file["openclaw"], file["recorded"]) = (release, day);
        System.IO.File.WriteAllText(Place, ProtocolRecord.Write(file));
    }

    /// <summary>The words of a command as a shell cuts them, with what stands for something in place.</summary>
    public static (string? Kept, string Member, IReadOnlyList<string> Words) Parse(string command, IReadOnlyDictionary<string, string> names)
    {
        var kept = Keeping().Match(command);
        var words = Word().Matches(command[kept.Length..]).Select(word => word.Groups["quoted"].Success ? word.Groups["quoted"].Value : word.Value)
            .Select(word => names.Aggregate(word, (text, name) => text.Replace($"{{{name.Key}}}", name.Value, StringComparison.Ordinal)));
        return (kept.Success ? kept.Groups["name"].Value : null, kept.Groups["member"].Value, [.. words]);
    }

    private static string Place => Repository.PathTo("OpenClaw.Tests/Interop/commands.json");

    private JsonObject Entries => file["commands"]!.AsObject();

    [GeneratedRegex("^@(?<name>[A-Z]+)=(?<member>[A-Za-z]+) ", RegexOptions.ExplicitCapture)]
    private static partial Regex Keeping();

    [GeneratedRegex(@"'(?<quoted>[^']*)'|\S+", RegexOptions.ExplicitCapture)]
    private static partial Regex Word();
}

/// <summary>How a command went at both gateways.</summary>
/// <param name="Command">As it stands in the list.</param>
/// <param name="Real">At the real one; null when it was not run there.</param>
/// <param name="Ours">At ours; null when it was not run there.</param>
/// <param name="Lacks">Members of the real one's JSON that ours does not have.</param>
internal sealed record CommandRow(string Command, CommandOutcome? Real, CommandOutcome? Ours, IReadOnlyList<string> Lacks)
{
    /// <summary>Answered where the real one answers, and with all that it says.</summary>
    public bool IsAlike => Real?.Works == Ours?.Works && Lacks.Count == 0;

    public static CommandRow Of(string command, CommandOutcome? real, CommandOutcome? ours) => new(
        command, real, ours, real is { Works: true, Members: { } theirs } && ours is { Works: true } ? [.. theirs.Except(ours.Members ?? [])] : []);

    public static CommandRow Of(string command, JsonObject entry) => Of(command, CommandOutcome.Of(entry["real"]), CommandOutcome.Of(entry["ours"]));

    public JsonObject ToJson()
    {
        var entry = new JsonObject();
        if (Real is not null)
        {
            entry["real"] = Real.ToJson();
        }

        if (Ours is not null)
        {
            entry["ours"] = Ours.ToJson();
        }

        return entry;
    }
}

/// <summary>How a command went at one gateway.</summary>
/// <param name="Works">It exited with 0.</param>
/// <param name="Says">Why it did not, in its own words, shortened.</param>
/// <param name="Members">What its JSON holds; null when it printed none.</param>
internal sealed record CommandOutcome(bool Works, string? Says, IReadOnlyList<string>? Members)
{
    public static CommandOutcome? Of(JsonNode? entry) => entry is null ? null : new(
        (string)entry["is"]! == "works", (string?)entry["says"], entry["members"]?.AsArray().Select(member => (string)member!).ToList());

    public JsonObject ToJson()
    {
        var entry = new JsonObject { ["is"] = Works ? "works" : "refuses" };
        if (Says is not null)
        {
            entry["says"] = Says;
        }

        if (Members is not null)
        {
            entry["members"] = new JsonArray([.. Members.Select(member => (JsonNode)member)]);
        }

        return entry;
    }
}
