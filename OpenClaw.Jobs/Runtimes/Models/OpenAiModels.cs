using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Jobs.Runaways;
using OpenClaw.Jobs.Runtimes.Models.Wire;

namespace OpenClaw.Jobs.Runtimes.Models;

/// <summary>
/// <c>openai/…</c>: OpenAI, and whatever speaks its protocol at <c>OPENAI_BASE_URL</c> (Ollama, vLLM, llama.cpp and others).
/// What a server of these does not know of a request is left out of it, and stays out while the process lives.
/// </summary>
public sealed class OpenAiModels : IModelClient, IDisposable
{
    // What a model of one's own reads at least, and one of OpenAI's.
    private const int OwnWindow = 8_192;
    private const int VendorWindow = 128_000;

    // Forms that are remembered; whoever creates agents names the models.
    private const int MaxForms = 1_000;

    private static readonly Uri Vendor = new("https://api.openai.com/v1");

    private readonly ConcurrentDictionary<string, RequestForm> _forms = new();
    private readonly Dictionary<string, string> _headers = [];
    private readonly ModelHttp _http;
    private readonly Uri _address;
    private readonly Uri _list;
    private readonly bool _isOwn;

    public OpenAiModels(ModelSettings settings, TimeProvider time)
    {
        _isOwn = settings.OpenAiBaseUrl is not null;
        _http = new ModelHttp(time);
        _address = ModelHttp.Below(settings.OpenAiBaseUrl ?? Vendor, "/chat/completions");
        _list = ModelHttp.Below(settings.OpenAiBaseUrl ?? Vendor, "/models");
        if (settings.OpenAiApiKey is { } key)
        {
            _headers["Authorization"] = $"Bearer {key}";
        }
    }

    public static ModelErrors ErrorsOf(ModelSettings settings) =>
        new(ModelErrors.EndpointOf(settings.OpenAiBaseUrl, "OpenAI"), "OPENAI_API_KEY", "OPENAI_BASE_URL", settings.OpenAiBaseUrl);

    public string Provider => "openai";

    public string? WhyUnavailable =>
        _isOwn || IsPaid ? null : "set OPENAI_API_KEY, or OPENAI_BASE_URL for an endpoint of your own, restart, and resume the workflow.";

    public bool IsPaid => _headers.Count > 0;

    public int ContextTokens => _isOwn ? OwnWindow : VendorWindow;

    public TurnExtras Takes => TurnExtras.Conversation | TurnExtras.Pictures | TurnExtras.Limits | TurnExtras.Sampling;

    public IReadOnlyList<string> Suggestions => _isOwn ? [] : ["gpt-5", "gpt-5-mini", "gpt-4o", "gpt-4o-mini"];

    public Task<JsonElement> ListAsync(CancellationToken cancellationToken) => _http.GetAsync(_list, _headers, cancellationToken);

    // A server of one's own may be this service.
    private Dictionary<string, string> HeadersOf(ModelRequest request) =>
        _isOwn && request.AskedBy.Count > 0 ? new Dictionary<string, string>(_headers) { [AskedBy.Header] = AskedBy.Write(request.AskedBy) } : _headers;

    public async IAsyncEnumerable<ModelChunk> StreamAsync(ModelRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var form = _forms.GetValueOrDefault(request.Model) ?? new RequestForm(_isOwn ? RequestForm.MaxTokens : RequestForm.MaxCompletionTokens);
        for (RequestForm? next = form; next is not null;)
        {
            (form, next) = (next, null);
            var hasSaid = false;
            await using var chunks = AskAsync(request, form, cancellationToken).GetAsyncEnumerator(cancellationToken);
            while (true)
            {
                bool more;
                try
                {
                    more = await chunks.MoveNextAsync();
                }
                catch (ServerErrorException refusal) when (!hasSaid && !Overflow.Is(refusal.Error) && (next = form.After(refusal.Error, request.MaxOutputTokens is not null)) is not null)
                {
                    break;
                }

                if (!more)
                {
                    break;
                }

                if (!hasSaid && chunks.Current.Text.Length > 0)
                {
                    hasSaid = true;
                    Remember(request.Model, form);
                }

                yield return chunks.Current;
            }
        }
    }

    public void Dispose() => _http.Dispose();

    private async IAsyncEnumerable<ModelChunk> AskAsync(ModelRequest request, RequestForm form, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reply = new OpenAiReply();
        await foreach (var received in _http.PostAsync(_address, BodyOf(request, form), HeadersOf(request), cancellationToken))
        {
            yield return reply.Read(received);
            if (reply.HasEnded)
            {
                yield break;
            }
        }
    }

    private void Remember(string model, RequestForm form)
    {
        if (_forms.Count >= MaxForms)
        {
            _forms.Clear();
        }

        _forms[model] = form;
    }

    private static byte[] BodyOf(ModelRequest request, RequestForm form)
    {
        var turns = form.HasSystemRole ? request.Messages : TakenTurns.Of(request.Messages, opening: request.Persona);
        var messages = turns.Select(message => Message(message.FromAgent ? "assistant" : "user", message.Text, message.Pictures)).ToList();
        if (form.HasSystemRole)
        {
            messages.Insert(0, Message("system", request.Persona, []));
        }

        var body = new JsonObject { ["model"] = request.Model, ["messages"] = new JsonArray([.. messages]) };
        if (form.IsStreamed)
        {
            body["stream"] = true;
        }

        if (form.HasStreamOptions)
        {
            body["stream_options"] = new JsonObject { ["include_usage"] = true };
        }

        if (request.MaxOutputTokens is { } most)
        {
            body[form.MaxTokensField] = most;
        }

        if (request.Reply is { } options)
        {
            AddOptions(body, options);
        }

        return JsonSerializer.SerializeToUtf8Bytes(body);
    }

    private static void AddOptions(JsonObject body, ReplyOptions options)
    {
        if (options.Temperature is { } temperature)
        {
            body["temperature"] = temperature;
        }

        if (options.TopP is { } topP)
        {
            body["top_p"] = topP;
        }

        if (options.Stop is { Count: > 0 } stop)
        {
            body["stop"] = new JsonArray([.. stop.Select(text => JsonValue.Create(text))]);
        }
    }

    private static JsonObject Message(string role, string text, IReadOnlyList<Picture> pictures) => new() { ["role"] = role, ["content"] = ContentOf(text, pictures) };

    private static JsonNode ContentOf(string text, IReadOnlyList<Picture> pictures) => pictures.Count == 0
        ? JsonValue.Create(text)
        : new JsonArray([new JsonObject { ["type"] = "text", ["text"] = text }, .. pictures.Select(PartOf)]);

    private static JsonObject PartOf(Picture picture) => new()
    {
        ["type"] = "image_url",
        ["image_url"] = new JsonObject { ["url"] = $"data:{picture.MediaType};base64,{picture.Data}" },
    };
}
