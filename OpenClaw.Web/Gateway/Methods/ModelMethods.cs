using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Protocol;
using OpenClaw.Jobs.Runtimes;
using OpenClaw.Web.Gateway.Connections;

namespace OpenClaw.Web.Gateway.Methods;

/// <summary>What agents can run on: the models that the configured runtimes list, and those that the caller's agents have.</summary>
internal sealed class ModelMethods(ModelListings listings, AgentQueries agents, AgentLookup names, TargetResolver targets, RuntimeCatalog runtimes, DefaultModel model) : IGatewayMethods
{
    /// <summary>Says in hello-ok that <c>models.list</c> is the models that there are; the official client asks for it.</summary>
    public const string Capability = "published-model-catalog";

    private const int MaxAgents = 500;

    private static readonly string[] Views = ["default", "configured", "provider-config", "all"];

    public IEnumerable<GatewayMethod> All => [GatewayMethod.Of("models.list", Scopes.Read, ListAsync)];

    private async Task<ModelList> ListAsync(GatewayCall call)
    {
        // The views are one: there is no list beside the one of what can be used. The details are always told.
        var given = call.Params(
            "agentId", "sessionKey", "authProfileId", "provider", "includeDetails", "includeProviderCapabilities", "includeDefaultModels", "preparedOnly", "refresh", "view");
        if (given.OptionalText("view") is { } view && !Views.Contains(view))
        {
            throw given.Wrong("at /view: must be equal to one of the allowed values");
        }

        if (given.OptionalText("authProfileId") is not null)
        {
            throw given.Wrong("at /authProfileId: there are no profiles here, providers are asked with the keys of the service");
        }

        var (agent, session, provider) = (given.OptionalText("agentId"), given.OptionalText("sessionKey"), given.OptionalText("provider"));
        if (agent is not null || session is not null)
        {
            await targets.ResolveAsync(agent, session, call);
        }

        foreach (var flag in new[] { "includeDetails", "includeProviderCapabilities", "includeDefaultModels", "preparedOnly" })
        {
            given.Flag(flag, false);
        }

        var listed = await listings.ReadAsync(given.Flag("refresh", false), call.Cancelled);
        var main = (await names.FindAsync(AgentLookup.Main, call.Caller, call.Cancelled))?.Model ?? model.Name;
        var used = (await agents.NotStoppedAsync(MaxAgents, call.Caller, call.Cancelled)).Select(row => row.Model);
        var all = listed.SelectMany(row => row.Listing.Models).Concat(used).Distinct(StringComparer.OrdinalIgnoreCase)
            .Where(name => provider is null || RuntimeCatalog.IsSameRuntime(name, $"{provider}/"));
        var statuses = listed.ToDictionary(row => row.Provider, row => row.Listing.Status, StringComparer.OrdinalIgnoreCase);
        return new ModelList(
            [.. all.Select(name => Choice(name, name == main, statuses))], [.. listed.Select(row => new ProviderOutcome(row.Provider, StatusOf(row.Listing.Status)))]);
    }

    private ModelChoice Choice(string full, bool isDefault, Dictionary<string, ListingStatus> statuses)
    {
        var slash = full.IndexOf('/', StringComparison.Ordinal);
        var (provider, name, runtime) = (full[..slash], full[(slash + 1)..], runtimes.Find(full));
        var status = statuses.TryGetValue(provider, out var found) ? found : ListingStatus.Unreachable;
        return new ModelChoice(
            name, name, provider, runtime is not null && status is ListingStatus.Ready, status is ListingStatus.Rejected ? "auth-failed" : null, runtime?.ContextTokens,
            runtime?.Takes.HasFlag(TurnExtras.Pictures) is true ? ["text", "image"] : ["text"], isDefault ? ["default"] : null);
    }

    private static string StatusOf(ListingStatus status) => status switch
    {
        ListingStatus.Ready => "ready",
        ListingStatus.Rejected => "auth-rejected",
        _ => "unavailable",
    };
}
