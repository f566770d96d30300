using System.Text.Json;
using OpenClaw.Jobs.ForeignInput;
using OpenClaw.Jobs.Runtimes;
using OpenClaw.Web.Gateway.Methods;

namespace OpenClaw.Web.Gateway.Http;

/// <summary>
/// Reads the body of <c>/v1/chat/completions</c>. What it says is used, or refused with the field's name: a caller that sends
/// tools, or wants JSON, must not be answered as if it had not.
/// </summary>
internal static class CompletionReader
{
    private const int MaxStops = 4;
    private const int MaxStopLength = 256;
    private const float MaxTemperature = 2;
    private const float MaxTopP = 1;

    private static readonly string[] Used =
        ["model", "messages", "user", "stream", "stream_options", "max_tokens", "max_completion_tokens", "temperature", "top_p", "stop"];

    // The caller's bookkeeping: no answer is another one for it.
    private static readonly string[] Noted =
        ["metadata", "store", "service_tier", "safety_identifier", "prompt_cache_key", "prompt_cache_retention", "parallel_tool_calls"];

    // What is not done here may be sent as long as it asks for nothing; clients send defaults.
    private static readonly Dictionary<string, (Func<JsonElement, bool> AsksForNothing, string Instead)> NotDone = new()
    {
        ["n"] = (value => IsNumber(value, 1), "an agent gives one answer"),
        ["tools"] = (IsEmpty, "an agent has tools of its own and calls none of its caller's"),
        ["functions"] = (IsEmpty, "an agent has tools of its own and calls none of its caller's"),
        ["tool_choice"] = (value => IsText(value, "none", "auto"), "an agent has tools of its own and calls none of its caller's"),
        ["function_call"] = (value => IsText(value, "none", "auto"), "an agent has tools of its own and calls none of its caller's"),
        ["response_format"] = (value => JsonBody.Member(value, "type") is { } type && IsText(type, "text"), "an agent answers with text; ask for JSON in a message"),
        ["frequency_penalty"] = (value => IsNumber(value, 0), "it is not passed on"),
        ["presence_penalty"] = (value => IsNumber(value, 0), "it is not passed on"),
        ["logit_bias"] = (IsEmpty, "it is not passed on"),
        ["logprobs"] = (value => value.ValueKind is JsonValueKind.False, "an agent's answer has none"),
        ["top_logprobs"] = (value => IsNumber(value, 0), "an agent's answer has none"),
        ["modalities"] = (value => value.ValueKind is JsonValueKind.Array && value.EnumerateArray().All(item => IsText(item, "text")), "an agent answers with text"),
        ["audio"] = (IsEmpty, "an agent answers with text"),
        ["seed"] = (_ => false, "it is not passed on"),
        ["reasoning_effort"] = (_ => false, "it is not passed on; it belongs to the agent's model"),
        ["verbosity"] = (_ => false, "it is not passed on; say in a message how long the answer is to be"),
        ["prediction"] = (IsEmpty, "it is not passed on"),
        ["web_search_options"] = (_ => false, "an agent searches with tools of its own"),
    };

    /// <exception cref="GatewayException">Something is wrong with it, or is not done here.</exception>
    public static CompletionRequest Read(JsonElement body)
    {
        try
        {
            return ReadObject(body);
        }
        catch (InvalidOperationException exception) when (JsonBody.IsBadText(exception))
        {
            throw GatewayException.Invalid("The request holds text that is no valid Unicode, such as half of an emoji.");
        }
    }

    private static CompletionRequest ReadObject(JsonElement body)
    {
        if (body.ValueKind is not JsonValueKind.Object)
        {
            throw GatewayException.Invalid("The body must be a JSON object with model and messages.");
        }

        Refuse(body);
        var (text, context) = ConversationReader.Read(JsonBody.Member(body, "messages"));
        var reply = Reply(body);
        var stream = Flag(body, "stream") ?? false;
        var streamUsage = JsonBody.Member(body, "stream_options") is { } options
            ? !stream ? throw Wrong("stream_options", "is only for a stream") : (Flag(options, "include_usage", "stream_options.include_usage") ?? false)
            : false;
        return new CompletionRequest(Text(body, "model") ?? "openclaw", text, reply is null ? context : (context ?? new TurnContext()) with { Reply = reply })
        {
            User = Text(body, "user") is { Length: > 0 } user ? user : null,
            Stream = stream,
            StreamUsage = streamUsage,
        };
    }

    private static void Refuse(JsonElement body)
    {
        foreach (var field in body.EnumerateObject().Where(field => field.Value.ValueKind is not JsonValueKind.Null))
        {
            if (NotDone.TryGetValue(field.Name, out var rule))
            {
                if (!rule.AsksForNothing(field.Value))
                {
                    throw GatewayException.Invalid($"{field.Name} is not supported here: {rule.Instead}. Leave it out.");
                }
            }
            else if (!Used.Contains(field.Name) && !Noted.Contains(field.Name))
            {
                throw GatewayException.Invalid($"Unrecognized request argument supplied: {ForeignText.Quote(field.Name)}");
            }
        }
    }

    private static ReplyOptions? Reply(JsonElement body)
    {
        var limit = Number(body, "max_completion_tokens", 1, int.MaxValue) ?? Number(body, "max_tokens", 1, int.MaxValue);
        if (limit is { } most && most != Math.Floor(most))
        {
            throw Wrong("max_tokens", "must be a whole number");
        }

        var (temperature, topP, stop) = (Number(body, "temperature", 0, MaxTemperature), Number(body, "top_p", 0, MaxTopP), Stops(body));
        return limit is null && temperature is null && topP is null && stop.Count == 0 ? null : new ReplyOptions((int?)limit, (float?)temperature, (float?)topP, stop);
    }

    private static List<string> Stops(JsonElement body)
    {
        if (JsonBody.Member(body, "stop") is not { } given)
        {
            return [];
        }

        List<JsonElement> items = given.ValueKind is JsonValueKind.Array ? [.. given.EnumerateArray()] : [given];
        return items.Count <= MaxStops && items.TrueForAll(item => item.ValueKind is JsonValueKind.String && item.GetString() is { Length: > 0 and <= MaxStopLength })
            ? items.ConvertAll(item => ForeignText.Clean(item.GetString()!))
            : throw Wrong("stop", $"must be a text, or up to {MaxStops} of them, each of 1 to {MaxStopLength} characters");
    }

    private static double? Number(JsonElement body, string name, double least, double most)
    {
        if (JsonBody.Member(body, name) is not { } value)
        {
            return null;
        }

        return value.ValueKind is JsonValueKind.Number && value.TryGetDouble(out var number) && number >= least && number <= most
            ? number
            : throw Wrong(name, most == int.MaxValue ? $"must be a number from {least}" : $"must be a number from {least} to {most}");
    }

    private static bool? Flag(JsonElement body, string name, string? path = null) => JsonBody.Member(body, name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => throw Wrong(path ?? name, "must be true or false"),
    };

    private static string? Text(JsonElement body, string name) => JsonBody.Member(body, name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } value => ForeignText.Clean(value.GetString()!),
        _ => throw Wrong(name, "must be a text"),
    };

    private static bool IsEmpty(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.GetArrayLength() == 0,
        JsonValueKind.Object => !value.EnumerateObject().Any(),
        _ => false,
    };

    private static bool IsNumber(JsonElement value, double wanted) => value.ValueKind is JsonValueKind.Number && value.TryGetDouble(out var number) && number == wanted;

    private static bool IsText(JsonElement value, params string[] texts) => value.ValueKind is JsonValueKind.String && texts.Contains(value.GetString());

    private static GatewayException Wrong(string field, string rule) => GatewayException.Invalid($"{field} {rule}.");
}
