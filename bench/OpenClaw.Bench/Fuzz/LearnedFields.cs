using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace OpenClaw.Bench.Fuzz;

/// <summary>Which fields a method wants and which it refuses, as its own refusals tell: so that others of its come further.</summary>
internal sealed partial class LearnedFields
{
    private readonly ConcurrentDictionary<string, Fields> _methods = new();

    public IReadOnlyCollection<string> Wanted(string method) => [.. Of(method).Wanted.Keys];

    public bool IsRefused(string method, string field) => Of(method).Refused.ContainsKey(field);

    public void Learn(string method, string refusal)
    {
        if (Required().Match(refusal) is { Success: true } required)
        {
            Of(method).Wanted.TryAdd(required.Groups[1].Value, true);
        }
        else if (Unexpected().Match(refusal) is { Success: true } unexpected)
        {
            Of(method).Refused.TryAdd(unexpected.Groups[1].Value, true);
        }
    }

    private Fields Of(string method) => _methods.GetOrAdd(method, _ => new Fields());

    // As JSON has them, where an apostrophe may be escaped.
    [GeneratedRegex(@"must have required property (?:'|\\u0027)(\w+)")]
    private static partial Regex Required();

    [GeneratedRegex(@"unexpected property (?:'|\\u0027)(\w+)")]
    private static partial Regex Unexpected();

    private sealed record Fields
    {
        public ConcurrentDictionary<string, bool> Wanted { get; } = new();

        public ConcurrentDictionary<string, bool> Refused { get; } = new();
    }
}
