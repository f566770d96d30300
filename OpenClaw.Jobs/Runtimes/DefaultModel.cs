using OpenClaw.Jobs.Runtimes.Echo;
using OpenClaw.Jobs.Runtimes.Models;

namespace OpenClaw.Jobs.Runtimes;

/// <summary>What an agent runs on for which nobody has named a model.</summary>
public sealed class DefaultModel(RuntimeCatalog runtimes, ModelSettings settings)
{
    /// <summary>
    /// <c>provider/name</c>: the model that reads commands, if one is set; else the first that a configured runtime offers by
    /// its full name; <c>local/echo</c>, which only repeats what it is told, where there is no other.
    /// </summary>
    public string Name =>
        settings.CommandModel is { } named && runtimes.WhyUnavailable(named) is null ? named
        : runtimes.Offered.FirstOrDefault(model => model[^1] != '/' && !RuntimeCatalog.IsSameRuntime(model, LocalEchoRuntime.Model)) ?? LocalEchoRuntime.Model;
}
