using System.Text;
using System.Text.Json;

namespace OpenClaw.Jobs.Runtimes.Models.Wire;

/// <summary>
/// Reads a reply in OpenAI's protocol, as servers of many kinds write it: in chunks or as one document, with reasons and roles
/// of their own, with thoughts in fields of their own, which are a sign of life.
/// </summary>
internal sealed class OpenAiReply
{
    private readonly JsonText _text = new();
    private bool _hasText;
    private bool _hasFinish;

    /// <summary>Nothing comes any more.</summary>
    public bool HasEnded { get; private set; }

    /// <exception cref="ServerErrorException">It is an error.</exception>
    /// <exception cref="JsonException">It is no JSON.</exception>
    /// <exception cref="InvalidDataException">It is no reply.</exception>
    public ModelChunk Read(ServerEvent received)
    {
        if (received.Data is not { } data)
        {
            return ModelChunk.Life;
        }

        if (data.AsSpan().Trim((byte)' ').SequenceEqual("[DONE]"u8))
        {
            // What was said is all of it, whether or not a reason was given.
            HasEnded = true;
            return new ModelChunk(_text.End(), _hasFinish ? null : ModelFinish.Complete);
        }

        if (received.IsWhole && data is not [(byte)'{' or (byte)'[', ..])
        {
            throw ServerErrorException.NoReply(data);
        }

        // Some keep a connection open with events that are no documents.
        if (data is not [(byte)'{' or (byte)'[', ..] && received.Name != "error")
        {
            return ModelChunk.Life;
        }

        using var json = Parse(data, received.Name);
        return ServerError.Find(json.RootElement, received.Name) is { } error ? throw new ServerErrorException(error with { IsWithinReply = !received.IsWhole })
            : json.RootElement.ValueKind is JsonValueKind.Object && json.RootElement.TryGetProperty("choices", out var choices) && choices.ValueKind is JsonValueKind.Array ? Read(json.RootElement, choices, received.IsWhole)
            : received.IsWhole ? throw ServerErrorException.NoReply(data)
            : ModelChunk.Life;
    }

    private static JsonDocument Parse(byte[] data, string? name)
    {
        try
        {
            return JsonDocument.Parse(data);
        }
        catch (JsonException) when (name == "error")
        {
            throw new ServerErrorException(new ServerError(Status: null, Encoding.UTF8.GetString(data)) { IsWithinReply = true });
        }
    }

    private ModelChunk Read(JsonElement document, JsonElement choices, bool isWhole)
    {
        var usage = UsageOf(document);
        if (choices.GetArrayLength() == 0 || choices[0].ValueKind is not JsonValueKind.Object)
        {
            return new ModelChunk("", Finish: null, usage);
        }

        var choice = choices[0];
        var text = "";
        if (choice.TryGetProperty("delta", out var said) && said.ValueKind is JsonValueKind.Object)
        {
            text = TextOf(said);
        }
        else if (!_hasText && choice.TryGetProperty("message", out said) && said.ValueKind is JsonValueKind.Object)
        {
            text = TextOf(said);
        }

        _hasText |= text.Length > 0;
        var finish = choice.TryGetProperty("finish_reason", out var reason) && reason.ValueKind is JsonValueKind.String ? FinishOf(JsonText.Of(reason)) : (ModelFinish?)null;
        HasEnded = isWhole;
        _hasFinish |= finish is not null;
        return new ModelChunk(isWhole ? text + _text.End() : text, finish ?? (isWhole ? ModelFinish.Complete : null), usage);
    }

    // A refusal is what the model says; a list is of parts, of which some are thoughts (Mistral).
    private string TextOf(JsonElement said) =>
        said.TryGetProperty("content", out var content) && content.ValueKind is JsonValueKind.String ? _text.Add(content)
        : content.ValueKind is JsonValueKind.Array ? string.Concat(content.EnumerateArray().Where(part => part.ValueKind is JsonValueKind.Object).Select(part => part.TryGetProperty("text", out var text) ? _text.Add(text) : ""))
        : said.TryGetProperty("refusal", out var refusal) ? _text.Add(refusal)
        : "";

    // The vocabulary is open ("eos", "stop_sequence", "end_turn" and others): what is not known to be otherwise is an end.
    private static ModelFinish? FinishOf(string reason) => reason switch
    {
        "" => null,
        "content_filter" or "safety" or "refusal" => ModelFinish.Filtered,
        "length" or "max_tokens" or "model_length" => ModelFinish.Length,
        "error" or "abort" or "cancelled" => throw new ServerErrorException(new ServerError(Status: null, $"finish_reason \"{reason}\"") { IsWithinReply = true }),
        _ => ModelFinish.Complete,
    };

    private static TurnUsage? UsageOf(JsonElement document) =>
        document.TryGetProperty("usage", out var usage) && usage.ValueKind is JsonValueKind.Object && Usage.Of(usage, "prompt_tokens", "completion_tokens") is { } took ? took with { CachedInputTokens = CachedIn(usage) } : null;

    // A part of prompt_tokens.
    private static long CachedIn(JsonElement usage) =>
        usage.TryGetProperty("prompt_tokens_details", out var details) && details.ValueKind is JsonValueKind.Object ? Usage.Number(details, "cached_tokens") ?? 0 : 0;
}
