using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Jobs.ForeignInput;

namespace OpenClaw.Jobs.Runtimes;

/// <summary>Finds the runtime that serves a model.</summary>
public sealed class RuntimeCatalog(IEnumerable<IAgentRuntime> runtimes)
{
    /// <summary>What it is called that a provider has no settings.</summary>
    public const string NotConfigured = "runtime_not_configured";

    private readonly Dictionary<string, IAgentRuntime> _runtimes =
        runtimes.ToDictionary(runtime => runtime.Provider, StringComparer.OrdinalIgnoreCase);

    /// <summary>Models to offer: those of every runtime that is configured, and the beginning of a name where any will do.</summary>
    public IEnumerable<string> Offered => _runtimes.Values.OrderBy(runtime => runtime.Provider, StringComparer.Ordinal)
        .SelectMany(runtime => runtime.Models.Append($"{runtime.Provider}/").Where(model => runtime.WhyUnavailable(model) is null));

    /// <summary>Every runtime of which an agent can have at least one model now.</summary>
    public IEnumerable<IAgentRuntime> Configured => _runtimes.Values.OrderBy(runtime => runtime.Provider, StringComparer.Ordinal)
        .Where(runtime => runtime.Models.Append($"{runtime.Provider}/").Any(model => runtime.WhyUnavailable(model) is null));

    /// <summary>The runtime for <c>provider/name</c>; null when there is none or it is not configured.</summary>
    public IAgentRuntime? Find(string model) =>
        _runtimes.TryGetValue(ProviderOf(model), out var runtime) && runtime.WhyUnavailable(model) is null ? runtime : null;

    /// <summary>The runtime for <c>provider/name</c>.</summary>
    /// <exception cref="StepFailedException">No runtime of this build serves the model, or it is not configured.</exception>
    public IAgentRuntime For(string model)
    {
        if (WhyUnavailable(model) is { } reason)
        {
            throw new StepFailedException(_runtimes.ContainsKey(ProviderOf(model)) ? NotConfigured : "runtime_unknown", reason) { NonRetryable = true };
        }

        return _runtimes[ProviderOf(model)];
    }

    /// <summary>Why an agent that runs on one model cannot be asked on another one meanwhile, as a sentence that says what to do; null when it can.</summary>
    /// <param name="own">The agent's model.</param>
    /// <param name="other"><c>provider/name</c>.</param>
    public string? WhyNotInstead(string own, string other) =>
        string.Equals(own, other, StringComparison.OrdinalIgnoreCase) ? null
        : other.IndexOf('/', StringComparison.Ordinal) is var slash && (slash <= 0 || slash == other.Length - 1) ? $"'{ForeignText.Quote(other)}' is no model: write provider/name, such as openai/gpt-4o."
        : WhyUnavailable(other) is { } reason ? reason
        : _runtimes.GetValueOrDefault(ProviderOf(own)) is not { CanStandIn: true } || !_runtimes[ProviderOf(other)].CanStandIn
            ? $"The agent runs on {own}, and a conversation cannot move between that and {other}. Change the agent's model, or talk to an agent that has that one."
            : null;

    /// <summary>Why no agent can run on <c>provider/name</c> now, as a sentence that says what to do; null when one can.</summary>
    public string? WhyUnavailable(string model)
    {
        if (_runtimes.TryGetValue(ProviderOf(model), out var runtime))
        {
            return runtime.WhyUnavailable(model);
        }

        var offered = string.Join(", ", _runtimes.Keys.Order(StringComparer.Ordinal).Select(name => $"{name}/…"));
        return $"No runtime serves the model '{model}'. This service offers {offered}; change the agent's model.";
    }

    /// <summary>Whether one runtime serves both models.</summary>
    public static bool IsSameRuntime(string model, string other) => string.Equals(ProviderOf(model), ProviderOf(other), StringComparison.OrdinalIgnoreCase);

    private static string ProviderOf(string model) => model[..model.IndexOf('/', StringComparison.Ordinal)];
}
