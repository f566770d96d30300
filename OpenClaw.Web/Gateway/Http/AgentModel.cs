using OpenClaw.Jobs.ForeignInput;
using OpenClaw.Web.Gateway.Methods;

namespace OpenClaw.Web.Gateway.Http;

/// <summary>Which agent a request to the OpenAI-compatible endpoints means.</summary>
internal static class AgentModel
{
    /// <summary>The default agent, as a model.</summary>
    public const string Default = "openclaw";

    public const string Prefix = "openclaw/";

    private const string AgentHeader = "x-openclaw-agent-id";

    // The first is what we list; the others are what older clients send.
    private static readonly string[] Prefixes = [Prefix, "openclaw:", "agent:"];

    /// <summary>The agent's name or id; null for the default agent. The header goes before the model.</summary>
    public static string? AgentOf(CompletionRequest request, HttpRequest http) =>
        Header(http, AgentHeader) ?? AgentOf(request.Model);

    /// <summary>The agent that a model names: <c>openclaw/{agent}</c>, <c>openclaw:{agent}</c>, <c>agent:{agent}</c>, or the agent itself; null for the default agent.</summary>
    public static string? AgentOf(string model)
    {
        var name = model.Trim();
        if (name.Equals(Default, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        if (Array.Find(Prefixes, prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) is not { } prefix)
        {
            return name.Length > 0 ? name : throw Unknown(model, isAgent: false);
        }

        var agent = name[prefix.Length..];
        if (agent.Length == 0)
        {
            throw Unknown(model, isAgent: false);
        }

        return prefix != Prefixes[^1] && agent.Equals("default", StringComparison.OrdinalIgnoreCase) ? null : agent;
    }

    /// <summary>There is no such agent.</summary>
    public static GatewayException Unknown(string name, bool isAgent) => GatewayException.Invalid(
        isAgent ? $"Unknown agent '{ForeignText.Quote(name)}'." : $"Unknown model '{ForeignText.Quote(name)}'. Here a model is an agent: {Default} for the default one, {Prefix}NAME for another; GET /v1/models lists them.");

    /// <summary>The same, for whatever named it.</summary>
    public static GatewayException Unknown(CompletionRequest request, HttpRequest http, string agent) =>
        Unknown(agent, isAgent: Header(http, AgentHeader) is not null || agent != request.Model.Trim());

    /// <summary>Null for one that is absent or empty.</summary>
    public static string? Header(HttpRequest http, string name) => http.Headers[name].FirstOrDefault()?.Trim() is { Length: > 0 } value ? value : null;
}
