using System.Collections.Concurrent;

namespace OpenClaw.Bench.Fuzz;

/// <summary>What was seen of the service that must not be, with examples, from as many threads as there are.</summary>
internal sealed class Findings(IEnumerable<string> secrets)
{
    private const int MostExamples = 5;
    private const int MostShown = 1_500;

    private readonly ConcurrentBag<string> _secrets = [.. secrets];
    private readonly ConcurrentDictionary<string, int> _counts = new();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<string>> _examples = new();

    public int this[string what] => _counts.GetValueOrDefault(what);

    public IEnumerable<(string What, string Example)> Examples =>
        _examples.OrderBy(kind => kind.Key, StringComparer.Ordinal).SelectMany(kind => kind.Value.Select(example => (kind.Key, example)));

    public void Add(string what, string example)
    {
        _counts.AddOrUpdate(what, 1, (_, count) => count + 1);
        var kept = _examples.GetOrAdd(what, _ => new());
        if (kept.Count < MostExamples)
        {
            kept.Enqueue(example.Length <= MostShown ? example : example[..MostShown]);
        }
    }

    public void AddSecret(string secret) => _secrets.Add(secret);

    /// <summary>Looks for what nobody may be told.</summary>
    public void Search(string text, string where)
    {
        foreach (var secret in _secrets)
        {
            if (text.Contains(secret, StringComparison.Ordinal))
            {
                Add($"secrets in {where}", text);
            }
        }
    }
}
