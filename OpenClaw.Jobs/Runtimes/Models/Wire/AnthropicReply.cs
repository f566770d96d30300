using System.Text;
using System.Text.Json;

namespace OpenClaw.Jobs.Runtimes.Models.Wire;

/// <summary>Reads a reply in Anthropic's protocol, in events or as one document. Thoughts, pings and events that are new are signs of life.</summary>
internal sealed class AnthropicReply
{
    private readonly JsonText _text = new();
    private long _input;
    private long _cached;
    private bool _hasFinish;

    /// <summary>Nothing comes any more.</summary>
    public bool HasEnded { get; private set; }

    /// <exception cref="ServerErrorException">It is an error.</exception>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public ModelChunk Read(ServerEvent received)
    {
        if (received.Data is not { } data)
        {
            return ModelChunk.Life;
        }

        if (received.IsWhole && data is not [(byte)'{' or (byte)'[', ..])
        {
            throw ServerErrorException.NoReply(data);
        }

        if (data is not [(byte)'{' or (byte)'[', ..])
        {
            return received.Name == "error" ? throw ServerErrorException.NoReply(data) : ModelChunk.Life;
        }

        using var json = JsonDocument.Parse(data);
        if (ServerError.Find(json.RootElement, received.Name) is { } error)
        {
            throw new ServerErrorException(error with { IsWithinReply = !received.IsWhole });
        }

        return TextOf(json.RootElement, "type") switch
        {
            "message" => ReadWhole(json.RootElement),
            _ when received.IsWhole => throw ServerErrorException.NoReply(data),
            "message_start" => Begin(json.RootElement),
            "content_block_start" => Said(json.RootElement, "content_block"),
            "content_block_delta" => Said(json.RootElement, "delta"),
            "message_delta" => End(json.RootElement),
            "message_stop" => Stop(),
            _ => ModelChunk.Life,
        };
    }

    private ModelChunk Begin(JsonElement start)
    {
        if (Object(start, "message") is { } message && Object(message, "usage") is { } usage)
        {
            (_input, _cached) = (InputOf(usage) ?? 0, CachedIn(usage) ?? 0);
        }

        return ModelChunk.Life;
    }

    private ModelChunk Said(JsonElement received, string name) =>
        Object(received, name) is { } part && TextOf(part, "type") is "text" or "text_delta" && part.TryGetProperty("text", out var text) ? new ModelChunk(_text.Add(text)) : ModelChunk.Life;

    private ModelChunk End(JsonElement received)
    {
        var finish = Object(received, "delta") is { } delta ? FinishOf(TextOf(delta, "stop_reason")) : null;
        _hasFinish |= finish is not null;
        return new ModelChunk("", finish, UsageOf(received));
    }

    private ModelChunk Stop()
    {
        HasEnded = true;
        return new ModelChunk(_text.End(), _hasFinish ? null : ModelFinish.Complete);
    }

    private ModelChunk ReadWhole(JsonElement message)
    {
        HasEnded = true;
        var text = new StringBuilder();
        if (message.TryGetProperty("content", out var parts) && parts.ValueKind is JsonValueKind.Array)
        {
            foreach (var part in parts.EnumerateArray())
            {
                text.Append(part.ValueKind is JsonValueKind.Object && TextOf(part, "type") == "text" && part.TryGetProperty("text", out var said) ? _text.Add(said) : "");
            }
        }

        return new ModelChunk(text + _text.End(), FinishOf(TextOf(message, "stop_reason")) ?? ModelFinish.Complete, UsageOf(message));
    }

    private TurnUsage? UsageOf(JsonElement document) => Object(document, "usage") is { } usage && Usage.Number(usage, "output_tokens") is { } output
        ? new TurnUsage(InputOf(usage) ?? _input, output) { CachedInputTokens = CachedIn(usage) ?? _cached }
        : null;

    // What was read from the cache, or written to it, stands beside what was not.
    private static long? InputOf(JsonElement usage) =>
        Usage.Number(usage, "input_tokens") is { } input ? input + (CachedIn(usage) ?? 0) + (Usage.Number(usage, "cache_creation_input_tokens") ?? 0) : null;

    private static long? CachedIn(JsonElement usage) => Usage.Number(usage, "cache_read_input_tokens");

    private static JsonElement? Object(JsonElement document, string name) =>
        document.ValueKind is JsonValueKind.Object && document.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Object ? value : null;

    private static string? TextOf(JsonElement document, string name) =>
        document.ValueKind is JsonValueKind.Object && document.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? JsonText.Of(value) : null;

    private static ModelFinish? FinishOf(string? reason) => reason switch
    {
        null or "" => null,
        "refusal" => ModelFinish.Filtered,
        "max_tokens" or "model_context_window_exceeded" => ModelFinish.Length,
        _ => ModelFinish.Complete,
    };
}
