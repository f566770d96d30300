using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.ForeignInput;

namespace OpenClaw.Web.Mcp.Serving;

/// <summary>
/// Writes answers so that they have 8 KiB at most unless more is asked for: what a model is told fills its memory. What is cut
/// says so, and how to get the rest.
/// </summary>
internal static class AnswerText
{
    public const int UsualBytes = 8 * 1024;
    public const int MostBytes = 1024 * 1024;

    // For the sentence that says what was cut.
    private const int Reserve = 512;

    // Of a text within an answer, and where that is still too much.
    private const int MaxText = 2_000;
    private const int MaxShortText = 200;

    private static readonly JsonSerializerOptions Json =
        new(WorkflowJson.Configure(new JsonSerializerOptions())) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>An answer that is one thing.</summary>
    public static ToolAnswer Of(ToolCall call, object value)
    {
        foreach (var most in new[] { MaxText, MaxShortText })
        {
            var node = (JsonObject)JsonSerializer.SerializeToNode(value, value.GetType(), Json)!;
            if (!call.IsWhole && Clip(node, most))
            {
                node["cut"] = $"Texts of more than {most} characters are cut here. {HowToGetAll(call)}";
            }

            var text = node.ToJsonString(Json);
            if (Size(text) <= Most(call) || most == MaxShortText)
            {
                return Words(call, text);
            }
        }

        throw new InvalidOperationException("There is no shorter form.");
    }

    /// <summary>An answer that is a list: as many as there is room for.</summary>
    /// <param name="call">What was asked.</param>
    /// <param name="name">What they are.</param>
    /// <param name="items">A page of them.</param>
    /// <param name="hasMore">There are more behind the page.</param>
    /// <param name="next">Given how many are shown, the argument that asks for those behind; null when there is no way.</param>
    /// <param name="facts">What else is to be said, by name.</param>
    public static ToolAnswer List<T>(ToolCall call, string name, IReadOnlyList<T> items, bool hasMore, Func<int, string>? next, params (string Name, object? Value)[] facts)
    {
        var answer = new JsonObject();
        foreach (var (fact, value) in facts.Where(fact => fact.Value is not null))
        {
            answer[fact] = JsonSerializer.SerializeToNode(value, value!.GetType(), Json);
        }

        var (shown, room, clipped) = (new JsonArray(), Most(call) - Reserve - Size(answer.ToJsonString(Json)), false);
        foreach (var item in items)
        {
            var node = JsonSerializer.SerializeToNode(item, item!.GetType(), Json)!;
            clipped |= !call.IsWhole && Clip(node, MaxShortText);
            room -= Size(node.ToJsonString(Json)) + 1;
            if (room < 0 && shown.Count > 0)
            {
                break;
            }

            shown.Add(node);
        }

        answer[name] = shown;
        List<string> rest = [];
        if (clipped)
        {
            rest.Add($"Texts of more than {MaxShortText} characters are cut here.");
        }

        if (shown.Count < items.Count)
        {
            rest.Add($"An answer has {Most(call) / 1024} KiB at most: {shown.Count} of {items.Count} are shown.");
        }

        if (shown.Count < items.Count || hasMore)
        {
            rest.Add(next is null ? "There are more; ask for fewer at once." : $"There are more: go on with {next(shown.Count)}.");
        }

        if (!call.IsWhole && (clipped || shown.Count < items.Count))
        {
            rest.Add(HowToGetAll(call));
        }

        if (rest.Count > 0)
        {
            answer["rest"] = string.Join(' ', rest);
        }

        return Words(call, answer.ToJsonString(Json));
    }

    /// <summary>An answer in words, or JSON that is written already.</summary>
    public static ToolAnswer Words(ToolCall call, string text)
    {
        var most = Most(call);
        if (Size(text) <= most)
        {
            return new ToolAnswer(text);
        }

        // A character has one to three bytes for each unit of UTF-16.
        var end = most - Reserve;
        while (Size(text[..end]) > most - Reserve)
        {
            end -= (Size(text[..end]) - (most - Reserve) + 2) / 3;
        }

        return new ToolAnswer($"{text[..ForeignText.CutAt(text, end)]}…\n(Cut: this is the beginning of {text.Length} characters. {(call.IsWhole ? "There is no longer answer; ask for less at once." : HowToGetAll(call))})");
    }

    /// <summary>Why nothing was done, in the words of the REST API.</summary>
    public static ToolAnswer Refused(ToolRefusedException refused, bool isRetryable = false) => new(
        JsonSerializer.Serialize(new Refusal(refused.Code, refused.Message, refused.Errors, refused.Workflow, isRetryable), Json), IsError: true);

    private static int Most(ToolCall call) => call.IsWhole ? MostBytes : UsualBytes;

    private static int Size(string text) => Encoding.UTF8.GetByteCount(text);

    private static string HowToGetAll(ToolCall call) =>
        call.Tool.Arguments.Contains(ToolArgument.Full) ? $"Ask {call.Tool.Name} with full: true for all of it." : "The REST API and the dashboard have all of it.";

    // True when a text was cut.
    private static bool Clip(JsonNode node, int most)
    {
        var clipped = false;
        switch (node)
        {
            case JsonObject members:
                foreach (var (name, member) in members.ToList())
                {
                    if (Short(member, most) is { } text)
                    {
                        (members[name], clipped) = (text, true);
                    }
                    else
                    {
                        clipped |= member is not null && Clip(member, most);
                    }
                }

                break;
            case JsonArray items:
                for (var index = 0; index < items.Count; index++)
                {
                    if (Short(items[index], most) is { } text)
                    {
                        (items[index], clipped) = (text, true);
                    }
                    else
                    {
                        clipped |= items[index] is { } item && Clip(item, most);
                    }
                }

                break;
        }

        return clipped;
    }

    private static string? Short(JsonNode? node, int most) =>
        node is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > most ? $"{ForeignText.Clean(text, most)} ({text.Length} characters in all)" : null;

    private sealed record Refusal(string Code, string Detail, IReadOnlyDictionary<string, string[]>? Errors, Guid? WorkflowUuid, bool Retryable);
}
