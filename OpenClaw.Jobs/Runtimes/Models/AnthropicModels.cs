using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Jobs.Runtimes.Models.Wire;

namespace OpenClaw.Jobs.Runtimes.Models;

/// <summary><c>anthropic/…</c>: Anthropic's models, or an endpoint that speaks their protocol at <c>ANTHROPIC_BASE_URL</c>.</summary>
public sealed class AnthropicModels : IModelClient, IDisposable
{
    // The protocol wants a limit in every request.
    private const int DefaultMaxOutputTokens = 4_096;

    private const string Version = "2023-06-01";

    private static readonly Uri Vendor = new("https://api.anthropic.com");

    private readonly Dictionary<string, string> _headers = new() { ["anthropic-version"] = Version };
    private readonly ModelHttp _http;
    private readonly Uri _address;
    private readonly Uri _list;

    public AnthropicModels(ModelSettings settings, TimeProvider time)
    {
        _http = new ModelHttp(time);
        var address = settings.AnthropicBaseUrl ?? Vendor;
        var version = address.AbsolutePath.TrimEnd('/').EndsWith("/v1", StringComparison.Ordinal) ? "" : "/v1";
        _address = ModelHttp.Below(address, $"{version}/messages");
        _list = ModelHttp.Below(address, $"{version}/models");
        if (settings.AnthropicApiKey is { } key)
        {
            _headers["x-api-key"] = key;
        }
    }

    public static ModelErrors ErrorsOf(ModelSettings settings) =>
        new(ModelErrors.EndpointOf(settings.AnthropicBaseUrl, "Anthropic"), "ANTHROPIC_API_KEY", "ANTHROPIC_BASE_URL", settings.AnthropicBaseUrl);

    public string Provider => "anthropic";

    public string? WhyUnavailable => _headers.ContainsKey("x-api-key") ? null : "set ANTHROPIC_API_KEY, restart, and resume the workflow.";

    public bool IsPaid => true;

    public int ContextTokens => 200_000;

    public int? DefaultOutputTokens => DefaultMaxOutputTokens;

    public TurnExtras Takes => TurnExtras.Conversation | TurnExtras.Pictures | TurnExtras.Limits;

    public IReadOnlyList<string> Suggestions => ["claude-opus-4-5", "claude-sonnet-4-5", "claude-haiku-4-5"];

    public Task<JsonElement> ListAsync(CancellationToken cancellationToken) => _http.GetAsync(_list, _headers, cancellationToken);

    public async IAsyncEnumerable<ModelChunk> StreamAsync(ModelRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reply = new AnthropicReply();
        await foreach (var received in _http.PostAsync(_address, BodyOf(request), _headers, cancellationToken))
        {
            yield return reply.Read(received);
            if (reply.HasEnded)
            {
                yield break;
            }
        }
    }

    public void Dispose() => _http.Dispose();

    private static byte[] BodyOf(ModelRequest request)
    {
        var body = new JsonObject
        {
            ["model"] = request.Model,
            ["max_tokens"] = request.MaxOutputTokens ?? DefaultMaxOutputTokens,
            ["system"] = request.Persona,
            ["messages"] = new JsonArray([.. TakenTurns.Of(request.Messages).Select(MessageOf)]),
            ["stream"] = true,
        };
        if (request.Reply is { Stop: { Count: > 0 } stop })
        {
            body["stop_sequences"] = new JsonArray([.. stop.Select(text => JsonValue.Create(text))]);
        }

        return JsonSerializer.SerializeToUtf8Bytes(body);
    }

    private static JsonObject MessageOf(ModelMessage message) => new()
    {
        ["role"] = message.FromAgent ? "assistant" : "user",
        ["content"] = message.Pictures.Count == 0
            ? message.Text
            : new JsonArray([new JsonObject { ["type"] = "text", ["text"] = message.Text }, .. message.Pictures.Select(BlockOf)]),
    };

    private static JsonObject BlockOf(Picture picture) => new()
    {
        ["type"] = "image",
        ["source"] = new JsonObject { ["type"] = "base64", ["media_type"] = picture.MediaType, ["data"] = picture.Data },
    };
}
