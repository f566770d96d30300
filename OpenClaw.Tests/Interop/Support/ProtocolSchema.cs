using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace OpenClaw.Tests.Interop.Support;

/// <summary>
/// Names in the official schema of the protocol: which members requests, answers and events have, and which of them must be
/// there. A member of a member is written <c>a.b</c>, of an item of a list <c>a[].b</c>; an alternative's members are all of it.
/// </summary>
internal sealed partial class ProtocolSchema(JsonNode schema)
{
    private const int Depth = 4;

    private static readonly Dictionary<string, string> Frames = new()
    {
        ["connect"] = "ConnectParams",
        ["hello-ok"] = "HelloOk",
        ["req"] = "RequestFrame",
        ["res"] = "ResponseFrame",
        ["event"] = "EventFrame",
        ["error"] = "ErrorShape",
    };

    private readonly JsonObject _methods = schema["methods"]!.AsObject();
    private readonly JsonObject _definitions = schema["definitions"]!.AsObject();

    // The package names definitions after methods, but not always in the same number, nor with the verb "get".
    private readonly ILookup<string, string> _byWords = schema["definitions"]!.AsObject().Select(definition => definition.Key).ToLookup(Words);

    public IEnumerable<string> Methods => _methods.Select(method => method.Key);

    /// <summary>Scope, and what is known of its members.</summary>
    public JsonObject Method(string name)
    {
        var known = _methods[name];
        var entry = new JsonObject();
        if ((string?)known?["scope"] is { } scope)
        {
            entry["scope"] = scope;
        }

        Add(entry, "params", Find(name, "Params"));
        Add(entry, "answer", Find(name, "Result"));
        return entry;
    }

    public JsonObject Event(string name)
    {
        var entry = new JsonObject();
        Add(entry, "payload", Find(name, "Event"));
        return entry;
    }

    public JsonObject OfFrames() => new(Frames.Where(frame => _definitions.ContainsKey(frame.Value)).Select(frame => KeyValuePair.Create(frame.Key, (JsonNode?)Members(_definitions[frame.Value]!))));

    private void Add(JsonObject entry, string part, JsonNode? definition)
    {
        if (definition is not null)
        {
            entry[part] = Members(definition);
        }
    }

    private JsonNode? Find(string name, string kind)
    {
        var words = Words(name);
        return _definitions[Exactly(name) + kind] ?? new[] { words, words.EndsWith("get", StringComparison.Ordinal) ? words[..^3] : words }
            .SelectMany(candidate => _byWords[candidate + kind.ToLowerInvariant().TrimEnd('s')])
            .Where(found => !_methods.Any(method => Exactly(method.Key) + kind == found)).Select(found => _definitions[found]).FirstOrDefault();
    }

    private JsonObject Members(JsonNode definition)
    {
        SortedSet<string> required = new(StringComparer.Ordinal), all = new(StringComparer.Ordinal);
        Walk(definition, "", mustBe: true, Depth, required, all);
        return new JsonObject
        {
            ["required"] = new JsonArray([.. required.Select(name => (JsonNode)name)]),
            ["optional"] = new JsonArray([.. all.Except(required).Order(StringComparer.Ordinal).Select(name => (JsonNode)name)]),
        };
    }

    private void Walk(JsonNode node, string path, bool mustBe, int depth, SortedSet<string> required, SortedSet<string> all)
    {
        if (depth == 0)
        {
            return;
        }

        if ((string?)node["$ref"] is { } reference)
        {
            if (_definitions[reference.Split('/')[^1]] is { } target)
            {
                Walk(target, path, mustBe, depth, required, all);
            }

            return;
        }

        foreach (var keyword in new[] { "allOf", "anyOf", "oneOf" })
        {
            foreach (var part in node[keyword]?.AsArray() ?? [])
            {
                Walk(part!, path, mustBe && keyword == "allOf", depth, required, all);
            }
        }

        var needed = node["required"]?.AsArray().Select(name => (string)name!).ToHashSet() ?? [];
        foreach (var (name, member) in node["properties"]?.AsObject() ?? [])
        {
            var place = path.Length == 0 ? name : $"{path}.{name}";
            all.Add(place);
            if (mustBe && needed.Contains(name))
            {
                required.Add(place);
            }

            Walk(member!, place, mustBe && needed.Contains(name), depth - 1, required, all);
        }

        if (node["items"] is JsonObject items)
        {
            Walk(items, path + "[]", mustBe, depth, required, all);
        }
    }

    private static string Exactly(string name) => string.Concat(name.Split('.', '-', '_').Select(part => char.ToUpperInvariant(part[0]) + part[1..]));

    // agents.list, AgentsListParams and AgentListParams alike.
    private static string Words(string name) => string.Concat(Word().Matches(name).Select(word => word.Value.ToLowerInvariant().TrimEnd('s')));

    [GeneratedRegex("[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+")]
    private static partial Regex Word();
}
