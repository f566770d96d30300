using System.Text.Json;
using OpenClaw.Jobs.ForeignInput;

namespace OpenClaw.Jobs.Heartbeats.Gates;

/// <summary>The gates of an agent's beats, as its configuration has them: a list, of which one that is open is enough.</summary>
public static class GateRules
{
    /// <summary>In an agent's configuration.</summary>
    public const string Setting = "heartbeat_gates";

    /// <summary>How many there may be, at any depth.</summary>
    public const int Most = 10;

    private const int MostDepth = 4;
    private const int MostText = 1_000;
    private const int MostMessages = 1_000;
    private const int LeastSeconds = 60;
    private const int MostSeconds = 30 * 24 * 3600;

    private const string Kinds =
        """{"messages": 1}, {"every_seconds": 21600}, {"file": "inbox.csv"}, {"sql": "SELECT count(*) FROM orders"}, {"http": "https://example.com/feed"}, {"all": [...]} or {"any": [...]}""";

    /// <summary>Null where there are none, or something else stands in their place.</summary>
    public static GroupGate? Of(JsonElement configuration) =>
        ForeignJson.Member(configuration, Setting) is { } gates ? Read(gates, needsAll: false, depth: 1, out _) : null;

    /// <summary>Why the configuration cannot be kept, as a sentence; null when it can.</summary>
    /// <param name="configuration">A JSON object.</param>
    public static string? WhyNot(JsonElement configuration)
    {
        if (ForeignJson.Member(configuration, Setting) is not { } gates)
        {
            return null;
        }

        var read = Read(gates, needsAll: false, depth: 1, out var problem);
        return problem is not null ? $"configuration.{Setting} {problem}"
            : read!.Leaves.Count() > Most ? $"configuration.{Setting} may look at up to {Most} things."
            : null;
    }

    private static GroupGate? Read(JsonElement gates, bool needsAll, int depth, out string? problem)
    {
        problem = gates.ValueKind is not JsonValueKind.Array || gates.GetArrayLength() == 0 ? $"must be a list of gates, each of them one of {Kinds}. Leave it out for none."
            : depth > MostDepth ? $"may be {MostDepth} deep."
            : null;
        if (problem is not null)
        {
            return null;
        }

        var read = new List<Gate>();
        foreach (var each in gates.EnumerateArray())
        {
            if (ReadOne(each, depth, out problem) is not { } gate)
            {
                return null;
            }

            read.Add(gate);
        }

        return new GroupGate(needsAll, read);
    }

    private static Gate? ReadOne(JsonElement gate, int depth, out string? problem)
    {
        problem = null;
        if (gate.ValueKind is not JsonValueKind.Object || gate.EnumerateObject().Count() != 1)
        {
            problem = $"has an entry that is no gate. One is {Kinds}.";
            return null;
        }

        var (kind, value) = (gate.EnumerateObject().First().Name, gate.EnumerateObject().First().Value);
        if (kind is "all" or "any")
        {
            return Read(value, kind == "all", depth + 1, out problem);
        }

        var (read, rule) = Leaf(kind, value);
        problem = read is null ? rule : null;
        return read;
    }

    private static (Gate? Gate, string Rule) Leaf(string kind, JsonElement value) => kind switch
    {
        "messages" => (Number(value, 1, MostMessages) is { } count ? new MessagesGate(count) : null,
            $"has messages that is no whole number from 1 to {MostMessages}: so many new ones open the gate."),
        "every_seconds" => (Number(value, LeastSeconds, MostSeconds) is { } seconds ? new EveryGate(TimeSpan.FromSeconds(seconds)) : null,
            $"has every_seconds that is no whole number from {LeastSeconds} to {MostSeconds}: after that long the agent is asked whatever else is so."),
        "file" => (Text(value) is { } path && IsBelow(path) ? new FileGate(path) : null,
            "has a file that is no path below the folder of GATE_FILES, such as inbox/orders.csv."),
        "sql" => (Text(value) is { } query && !query.Contains(';') ? new SqlGate(query) : null,
            $"has sql that is no single query of up to {MostText} characters, without a semicolon."),
        "http" => (Text(value) is { } address && Uri.TryCreate(address, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.UserInfo.Length == 0 ? new HttpGate(url) : null,
            "has http that is no address such as https://example.com/feed, without a name and password in it."),
        _ => (null, $"has a gate that there is not. One is {Kinds}."),
    };

    private static string? Text(JsonElement value) =>
        value.ValueKind is JsonValueKind.String && ForeignJson.TryText(value, out var text) && text.Length <= MostText && !string.IsNullOrWhiteSpace(text) && ForeignText.IsWhole(text) ? text : null;

    private static int? Number(JsonElement value, int least, int most) =>
        value.ValueKind is JsonValueKind.Number && value.TryGetInt32(out var number) && number >= least && number <= most ? number : null;

    private static bool IsBelow(string path) => ForeignText.IsLine(path) && !Path.IsPathRooted(path) && !path.Split('/', '\\').Contains("..");
}
