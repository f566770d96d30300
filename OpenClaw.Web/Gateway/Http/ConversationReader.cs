using System.Text;
using System.Text.Json;
using OpenClaw.Jobs.ForeignInput;
using OpenClaw.Jobs.Messages;
using OpenClaw.Jobs.Runtimes;
using OpenClaw.Web.Gateway.Methods;
using OpenClaw.Web.Gateway.Runs;

namespace OpenClaw.Web.Gateway.Http;

/// <summary>
/// Reads the <c>messages</c> of a completion: the last one is to be answered, those before it are the conversation, and those of
/// the system are instructions. Calls of tools and their results, which the agent does not make, are shown to it as text.
/// </summary>
internal sealed class ConversationReader
{
    private const int MaxMessages = 2_000;
    private const string NoUser = "messages must hold a user message with text.";

    private readonly PictureReader _pictures = new();
    private readonly List<string> _instructions = [];
    private readonly List<EarlierMessage> _said = [];
    private readonly Dictionary<string, string> _calls = [];

    /// <returns>The message to answer, and what goes with it; null for nothing.</returns>
    /// <exception cref="GatewayException">Something is wrong with them.</exception>
    public static (string Text, TurnContext? Context) Read(JsonElement? messages)
    {
        if (messages is not { ValueKind: JsonValueKind.Array } list)
        {
            throw GatewayException.Invalid("messages must be an array of {role, content}.");
        }

        if (list.GetArrayLength() > MaxMessages)
        {
            throw GatewayException.Invalid($"messages may hold up to {MaxMessages} messages.");
        }

        var reader = new ConversationReader();
        var index = 0;
        foreach (var message in list.EnumerateArray())
        {
            reader.Add(message, $"messages[{index++}]");
        }

        return reader.Result();
    }

    private (string Text, TurnContext? Context) Result()
    {
        if (_said.Count == 0)
        {
            throw GatewayException.Invalid(NoUser);
        }

        if (_said[^1] is not { FromAgent: false } last)
        {
            throw GatewayException.Invalid("The last message must be the user's, or a tool's: an answer that the caller begins is not supported.");
        }

        if (last.Text.Length == 0 && last.Pictures.Count == 0)
        {
            throw GatewayException.Invalid(NoUser);
        }

        var text = last.Pictures.Count > 0 ? RunInput.TextOf(last.Text) : last.Text;
        if (text.Length > MessageRules.MaxContentLength)
        {
            throw GatewayException.Invalid($"The last message may have up to {MessageRules.MaxContentLength} characters.");
        }

        var earlier = _said.Take(_said.Count - 1).Where(message => message.Text.Length > 0 || message.Pictures.Count > 0).ToList();
        return earlier.Count == 0 && _instructions.Count == 0 && last.Pictures.Count == 0
            ? (text, null)
            : (text, new TurnContext { Instructions = _instructions.Count == 0 ? null : string.Join("\n\n", _instructions), Earlier = earlier, Pictures = last.Pictures });
    }

    private void Add(JsonElement message, string where)
    {
        var role = TextOf(message, "role") ?? throw GatewayException.Invalid($"{where} must be an object with a role and content.");
        switch (role)
        {
            case "system" or "developer":
                if (TextAlone(message, where) is { Length: > 0 } instruction)
                {
                    _instructions.Add(instruction);
                }

                break;
            case "user":
                var (text, pictures) = Content(message, where);
                _said.Add(new EarlierMessage(FromAgent: false, TextOf(message, "name") is { Length: > 0 } name ? $"{name}: {text}" : text) { Pictures = pictures });
                break;
            case "assistant":
                _said.Add(new EarlierMessage(FromAgent: true, Answer(message, where)));
                break;
            case "tool" or "function":
                _said.Add(new EarlierMessage(FromAgent: false, $"[The tool {ToolOf(message)} answered: {TextAlone(message, where)}]"));
                break;
            default:
                throw GatewayException.Invalid($"{where}.role must be one of system, developer, user, assistant, tool.");
        }
    }

    private string Answer(JsonElement message, string where)
    {
        var text = new StringBuilder(JsonBody.Member(message, "content") is null ? TextOf(message, "refusal") ?? "" : TextAlone(message, where));
        foreach (var call in JsonBody.Member(message, "tool_calls") is { ValueKind: JsonValueKind.Array } calls ? calls.EnumerateArray() : default)
        {
            if (JsonBody.Member(call, "function") is { } function)
            {
                Called(function, TextOf(call, "id"));
            }
        }

        if (JsonBody.Member(message, "function_call") is { } old)
        {
            Called(old, id: null);
        }

        return text.ToString();

        void Called(JsonElement function, string? id)
        {
            var name = TextOf(function, "name") ?? "?";
            if (id is not null)
            {
                _calls[id] = name;
            }

            text.Append(text.Length == 0 ? "" : "\n").Append($"[Called the tool {name} with {TextOf(function, "arguments") ?? "{}"}]");
        }
    }

    private string ToolOf(JsonElement message) =>
        TextOf(message, "tool_call_id") is { } id && _calls.TryGetValue(id, out var called) ? called : TextOf(message, "name") ?? "that was called";

    private string TextAlone(JsonElement message, string where)
    {
        var (text, pictures) = Content(message, where);
        return pictures.Count == 0 ? text : throw GatewayException.Invalid($"{where}.content: only the user's messages may hold pictures.");
    }

    private (string Text, IReadOnlyList<Picture> Pictures) Content(JsonElement message, string where) => JsonBody.Member(message, "content") switch
    {
        { ValueKind: JsonValueKind.String } text => (ForeignText.Clean(text.GetString()!), []),
        { ValueKind: JsonValueKind.Array } parts => Parts(parts, $"{where}.content"),
        _ => throw GatewayException.Invalid($"{where}.content must be a text, or an array of parts."),
    };

    private (string Text, IReadOnlyList<Picture> Pictures) Parts(JsonElement parts, string where)
    {
        var (text, pictures, index) = (new StringBuilder(), new List<Picture>(), 0);
        foreach (var part in parts.EnumerateArray())
        {
            var place = $"{where}[{index++}]";
            switch (TextOf(part, "type"))
            {
                case "text" or "input_text" or "output_text":
                    text.Append(TextOf(part, "text") ?? throw GatewayException.Invalid($"{place}.text must be a text."));
                    break;
                case "refusal":
                    text.Append(TextOf(part, "refusal"));
                    break;
                case "image_url" or "input_image":
                    pictures.Add(_pictures.FromUrl(UrlOf(part) ?? throw GatewayException.Invalid($"{place}.image_url must be an object with a url."), $"{place}.image_url"));
                    break;
                case var type:
                    throw GatewayException.Invalid($"{place}.type {(type is null ? "is missing" : $"\"{ForeignText.Quote(type)}\" is not supported")}: a part may be text or image_url.");
            }
        }

        return (text.ToString(), pictures);
    }

    private static string? UrlOf(JsonElement part) => JsonBody.Member(part, "image_url") switch
    {
        { ValueKind: JsonValueKind.String } url => url.GetString(),
        { ValueKind: JsonValueKind.Object } image => TextOf(image, "url"),
        _ => null,
    };

    private static string? TextOf(JsonElement element, string name) =>
        JsonBody.Member(element, name) is { ValueKind: JsonValueKind.String } value ? ForeignText.Clean(value.GetString()!) : null;
}
