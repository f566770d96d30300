using System.Text.Json;
using OpenClaw.Jobs.ForeignInput;
using OpenClaw.Jobs.Messages;
using OpenClaw.Web.Gateway.Methods;

namespace OpenClaw.Web.Gateway.Http;

/// <summary>
/// Hooks with names of their own, <c>POST /hooks/{name}</c>, as <c>hooks.mappings</c> of OpenClaw's configuration says them:
/// what comes is put into a text for an agent.
/// </summary>
internal sealed class HookMappings(IReadOnlyList<HookMapping> mappings)
{
    private const int MaxMappings = 100;

    private static readonly string[] Fields = ["id", "match", "action", "wakeMode", "name", "agentId", "sessionKey", "messageTemplate", "textTemplate", "deliver"];

    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    // What Gmail's push notifications hold, in our own words.
    private static readonly HookMapping Gmail = new("gmail", Source: null, IsWake: false)
    {
        Name = "Gmail",
        SessionKey = new HookTemplate("hook:gmail:{{messages[0].id}}"),
        Text = new HookTemplate("There is new mail.\nFrom: {{messages[0].from}}\nSubject: {{messages[0].subject}}\n\n{{messages[0].snippet}}\n{{messages[0].body}}"),
    };

    public static readonly HookMappings None = new([]);

    /// <summary>Reads <c>{"presets": ["gmail"], "mappings": [...]}</c>; OpenClaw's whole configuration does as well, of which only its <c>hooks</c> are read.</summary>
    /// <exception cref="FormatException">Says what is wrong, and where.</exception>
    public static HookMappings Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Lenient);
            var root = document.RootElement;
            if (root.ValueKind is JsonValueKind.Object && root.TryGetProperty("hooks", out var within))
            {
                root = within;
            }

            var given = new GatewayParams("hooks", root, []);
            var presets = given.Texts("presets").Select(preset => preset == "gmail" ? Gmail : throw new FormatException($"presets: \"{preset}\" is not known; there is gmail."));
            var items = given.Items("mappings");
            if (items.Count > MaxMappings)
            {
                throw new FormatException($"mappings: there may be up to {MaxMappings}.");
            }

            return new HookMappings([.. items.Select((item, index) => Mapping(item, $"mappings[{index}]")), .. presets]);
        }
        catch (JsonException exception)
        {
            throw new FormatException($"it is not JSON: line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}.");
        }
        catch (GatewayException wrong)
        {
            throw new FormatException($"{wrong.Message}.");
        }
        catch (InvalidOperationException exception) when (JsonBody.IsBadText(exception))
        {
            throw new FormatException("it holds text that is no valid Unicode.");
        }
    }

    /// <summary>What a call of the hook asks for; null when there is no such hook.</summary>
    public HookCall? Read(string name, JsonElement body, HttpRequest request) =>
        mappings.FirstOrDefault(mapping => mapping.Matches(name, body))?.Read(name, body, request);

    private static HookMapping Mapping(JsonElement item, string where)
    {
        var given = new GatewayParams(where, item.ValueKind is JsonValueKind.Object ? item : throw new FormatException($"{where} must be an object."), Fields);
        var match = given.Nested("match", "path", "source") ?? throw new FormatException($"{where}.match must be an object with a path.");
        var isWake = given.OptionalText("action") switch
        {
            null or "agent" => false,
            "wake" => true,
            var other => throw new FormatException($"{where}.action must be agent or wake, not \"{other}\"."),
        };
        if (given.Flag("deliver", false))
        {
            throw new FormatException($"{where}.deliver: the answer stays in the agent's conversation; leave it out.");
        }

        var text = given.OptionalText(isWake ? "textTemplate" : "messageTemplate", MessageRules.MaxContentLength)
            ?? throw new FormatException($"{where}.{(isWake ? "textTemplate" : "messageTemplate")} must be the text for the agent.");
        return new HookMapping(match.Filled("path").Trim('/'), match.OptionalText("source"), isWake)
        {
            Name = given.OptionalText("name"),
            AgentId = given.OptionalText("agentId"),
            SessionKey = given.OptionalText("sessionKey") is { } key ? new HookTemplate(key) : null,
            Mode = given.OptionalText("wakeMode") ?? "now",
            Text = new HookTemplate(text),
        };
    }
}

/// <summary>A hook with a name of its own.</summary>
/// <param name="Path">The name in its address.</param>
/// <param name="Source">What the body's <c>source</c> must be; null for anything.</param>
/// <param name="IsWake">A turn in the agent's main conversation; otherwise in one of its own.</param>
internal sealed record HookMapping(string Path, string? Source, bool IsWake)
{
    public string? Name { get; init; }

    public string? AgentId { get; init; }

    public HookTemplate? SessionKey { get; init; }

    public string Mode { get; init; } = "now";

    public required HookTemplate Text { get; init; }

    public bool Matches(string name, JsonElement body) => name.Trim('/') == Path
        && (Source is null || (body.ValueKind is JsonValueKind.Object && body.TryGetProperty("source", out var source) && ForeignJson.Is(source, Source)));

    /// <exception cref="GatewayException">Nothing of the call goes into the text.</exception>
    public HookCall Read(string name, JsonElement body, HttpRequest request)
    {
        var text = Text.Fill(name, body, request);
        return string.IsNullOrWhiteSpace(text)
            ? throw GatewayException.Invalid($"hooks/{Path}: the template of this hook finds nothing in the body.")
            : new HookCall(Path, text) { AgentId = AgentId, SessionKey = SessionKey?.Fill(name, body, request), IsApart = !IsWake, Name = Name, Mode = Mode };
    }
}
