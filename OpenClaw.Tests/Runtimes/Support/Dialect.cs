using System.Text.Json;
using System.Text.Json.Nodes;

namespace OpenClaw.Tests.Runtimes.Support;

/// <summary>How a vendor writes a streamed reply.</summary>
internal abstract class Dialect
{
    public static readonly Dialect OpenAi = new OpenAiDialect();
    public static readonly Dialect Anthropic = new AnthropicDialect();

    public abstract string ContentFilter { get; }

    public abstract string System(JsonNode request);

    public abstract string Start();

    public abstract string Part(string text);

    public abstract string End(string? finish, int inputTokens, int outputTokens);

    private sealed class OpenAiDialect : Dialect
    {
        public override string ContentFilter => "content_filter";

        public override string System(JsonNode request) => (string)request["messages"]![0]!["content"]!;

        public override string Start() => Chunk(new { role = "assistant", content = "" }, null);

        public override string Part(string text) => Chunk(new { content = text }, null);

        public override string End(string? finish, int inputTokens, int outputTokens) =>
            Chunk(new { }, finish ?? "stop")
            + Event(new
            {
                id = "c",
                @object = "chat.completion.chunk",
                created = 1,
                model = "m",
                choices = Array.Empty<object>(),
                usage = new { prompt_tokens = inputTokens, completion_tokens = outputTokens, total_tokens = inputTokens + outputTokens },
            })
            + "data: [DONE]\n\n";

        private static string Chunk(object delta, string? finish) =>
            Event(new { id = "c", @object = "chat.completion.chunk", created = 1, model = "m", choices = new[] { new { index = 0, delta, finish_reason = finish } } });

        private static string Event(object data) => $"data: {JsonSerializer.Serialize(data)}\n\n";
    }

    private sealed class AnthropicDialect : Dialect
    {
        public override string ContentFilter => "refusal";

        public override string System(JsonNode request) => (string)request["system"]!;

        public override string Start() =>
            Event("message_start", new
            {
                type = "message_start",
                message = new
                {
                    id = "m",
                    type = "message",
                    role = "assistant",
                    content = Array.Empty<object>(),
                    model = "claude",
                    stop_reason = (string?)null,
                    stop_sequence = (string?)null,
                    usage = new { input_tokens = 11, output_tokens = 1 },
                },
            })
            + Event("content_block_start", new { type = "content_block_start", index = 0, content_block = new { type = "text", text = "" } });

        public override string Part(string text) =>
            Event("content_block_delta", new { type = "content_block_delta", index = 0, delta = new { type = "text_delta", text } });

        public override string End(string? finish, int inputTokens, int outputTokens) =>
            Event("content_block_stop", new { type = "content_block_stop", index = 0 })
            + Event("message_delta", new { type = "message_delta", delta = new { stop_reason = finish ?? "end_turn", stop_sequence = (string?)null }, usage = new { output_tokens = outputTokens } })
            + Event("message_stop", new { type = "message_stop" });

        private static string Event(string name, object data) => $"event: {name}\ndata: {JsonSerializer.Serialize(data)}\n\n";
    }
}
