using System.Text.Json.Nodes;
using OpenClaw.Data.Agents;
using OpenClaw.Data.Conversations;
using OpenClaw.Jobs.Runtimes;
using OpenClaw.Web.Gateway.Methods;

namespace OpenClaw.Web.Gateway.Conversations;

/// <summary>
/// What a client sets for a conversation. Settings of how a conversation is shown are kept and shown in its row; the model is
/// acted on; what would change an answer and cannot be done here is refused.
/// </summary>
internal sealed class SessionPatch
{
    public const string PinnedAt = "pinnedAt";
    public const string MarkedUnreadAt = "markedUnreadAt";

    private const string ThinkingLevel = "thinkingLevel";

    // Each with the words that it may be; none for any text.
    private static readonly (string Name, string[] Words)[] Texts =
    [
        (ThinkingLevel, ["off"]),
        ("verboseLevel", ["off", "on", "full"]),
        ("traceLevel", ["off", "on", "raw"]),
        ("reasoningLevel", ["off", "on", "stream"]),
        ("responseUsage", ["off", "tokens", "full", "on"]),
        ("icon", []),
        ("color", []),
        ("category", []),
    ];

    private readonly List<Action<Session, JsonObject, DateTimeOffset>> _changes = [];

    /// <summary>What <c>sessions.patch</c> reads beside the conversation's name.</summary>
    public static readonly string[] Fields = ["label", "model", "fastMode", "archived", "pinned", "unread", .. Texts.Select(text => text.Name)];

    public bool? IsArchived { get; private init; }

    /// <exception cref="GatewayException">It is nothing that could be set, or would change answers in a way that is not done here.</exception>
    public static SessionPatch Read(GatewayParams given, Agent agent, RuntimeCatalog runtimes)
    {
        var patch = new SessionPatch { IsArchived = given.Has("archived") ? given.Flag("archived", false) : null };
        if (given.Has("label"))
        {
            var label = given.IsNull("label") ? null : given.Filled("label");
            patch._changes.Add((session, _, _) => session.Label = label);
        }

        patch.ReadModel(given, agent, runtimes);
        ReadFastMode(given);
        foreach (var (name, words) in Texts.Where(text => given.Has(text.Name)))
        {
            patch.ReadText(given, name, words, agent);
        }

        if (patch.IsArchived is { } archived)
        {
            patch._changes.Add((session, settings, now) => Archive(session, settings, archived ? session.ArchivedAt ?? now : null));
        }

        if (given.Has("pinned"))
        {
            patch.Mark(PinnedAt, given.Flag("pinned", false));
        }

        if (given.Has("unread"))
        {
            patch.Mark(MarkedUnreadAt, given.Flag("unread", false));
        }

        return patch;
    }

    /// <summary>Changes the conversation.</summary>
    public void Apply(Session session, DateTimeOffset now)
    {
        var settings = JsonNode.Parse(session.Settings)!.AsObject();
        foreach (var change in _changes)
        {
            change(session, settings, now);
        }

        session.Settings = settings.ToJsonString();
    }

    private void ReadModel(GatewayParams given, Agent agent, RuntimeCatalog runtimes)
    {
        if (!given.Has("model"))
        {
            return;
        }

        var model = given.IsNull("model") ? null : ModelOf(given, agent, runtimes);
        _changes.Add((session, _, _) => session.Model = model);
    }

    /// <summary>The other model that <c>model</c>, and <c>provider</c> beside it, ask for; null for the agent's own.</summary>
    /// <exception cref="GatewayException">The agent cannot be asked on it.</exception>
    public static string? ModelOf(GatewayParams given, Agent agent, RuntimeCatalog runtimes)
    {
        if (given.OptionalText("model") is not { Length: > 0 } model)
        {
            return null;
        }

        // Clients name a model of the same provider by its last part alone.
        var (provider, own) = SessionRows.Split(agent.Model);
        if (model == own)
        {
            return null;
        }

        if (!model.Contains('/', StringComparison.Ordinal))
        {
            model = $"{(given.OptionalText("provider") is { Length: > 0 } named ? named : provider)}/{model}";
        }

        return string.Equals(model, agent.Model, StringComparison.OrdinalIgnoreCase) ? null
            : runtimes.WhyNotInstead(agent.Model, model) is { } reason ? throw given.Wrong($"at /model: {reason}")
            : model;
    }

    private static void ReadFastMode(GatewayParams given)
    {
        if (!given.Has("fastMode") || given.IsNull("fastMode") || given.IsText("fastMode", "auto"))
        {
            return;
        }

        if (given.Flag("fastMode", false))
        {
            throw given.Wrong("at /fastMode: no model here has a fast mode: leave it off");
        }
    }

    private void ReadText(GatewayParams given, string name, string[] words, Agent agent)
    {
        var text = given.IsNull(name) ? null : given.Filled(name);
        if (text is not null && words.Length > 0 && !words.Contains(text))
        {
            throw GatewayException.Invalid(name == ThinkingLevel
                ? $"thinkingLevel \"{Jobs.ForeignInput.ForeignText.Quote(text)}\" is not supported for {agent.Model} (use off)"
                : $"invalid {name} (use {string.Join('|', words.Select(word => $"\"{word}\""))})");
        }

        _changes.Add((_, settings, _) => Set(settings, name, text));
    }

    private void Mark(string name, bool isOn) => _changes.Add((_, settings, now) =>
    {
        if (!isOn)
        {
            settings.Remove(name);
        }
        else
        {
            settings[name] = now.ToUnixTimeMilliseconds();
        }
    });

    private static void Archive(Session session, JsonObject settings, DateTimeOffset? at)
    {
        session.ArchivedAt = at;
        if (at is not null)
        {
            settings.Remove(PinnedAt);
        }
    }

    private static void Set(JsonObject settings, string name, string? text)
    {
        if (text is null)
        {
            settings.Remove(name);
        }
        else
        {
            settings[name] = text;
        }
    }
}
