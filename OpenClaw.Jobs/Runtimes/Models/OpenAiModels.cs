using System.ClientModel;
using System.ClientModel.Primitives;
using System.Runtime.CompilerServices;
using OpenAI;
using OpenAI.Chat;

namespace OpenClaw.Jobs.Runtimes.Models;

/// <summary><c>openai/…</c>: OpenAI, and whatever speaks its protocol at <c>OPENAI_BASE_URL</c> (Ollama, vLLM, llama.cpp and others).</summary>
public sealed class OpenAiModels : IModelClient
{
    // What a model of one's own reads at least, and one of OpenAI's.
    private const int OwnWindow = 8_192;
    private const int VendorWindow = 128_000;

    private readonly OpenAIClient _client;
    private readonly bool _isOwn;
    private readonly bool _hasKey;

    public OpenAiModels(ModelSettings settings, ModelErrors errors, TimeProvider time)
    {
        (_isOwn, _hasKey) = (settings.OpenAiBaseUrl is not null, settings.OpenAiApiKey is not null);
        var options = new OpenAIClientOptions
        {
            Transport = new HttpClientPipelineTransport(ModelErrorHandler.CreateClient(errors, time)),

            // Retries are the workflow's, and so is the patience.
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            NetworkTimeout = Timeout.InfiniteTimeSpan,
        };
        if (settings.OpenAiBaseUrl is { } url)
        {
            options.Endpoint = url;
        }

        // A server of one's own mostly asks for none, but the package sends one always.
        _client = new OpenAIClient(new ApiKeyCredential(settings.OpenAiApiKey ?? "none"), options);
    }

    public static ModelErrors ErrorsOf(ModelSettings settings) =>
        new(ModelErrors.EndpointOf(settings.OpenAiBaseUrl, "OpenAI"), "OPENAI_API_KEY", "OPENAI_BASE_URL");

    public string Provider => "openai";

    public string? WhyUnavailable =>
        _isOwn || _hasKey ? null : "set OPENAI_API_KEY, or OPENAI_BASE_URL for an endpoint of your own, restart, and resume the workflow.";

    public bool IsPaid => _hasKey;

    public int ContextTokens => _isOwn ? OwnWindow : VendorWindow;

    public IReadOnlyList<string> Suggestions => _isOwn ? [] : ["gpt-5", "gpt-5-mini", "gpt-4o", "gpt-4o-mini"];

    public async IAsyncEnumerable<ModelChunk> StreamAsync(ModelRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<ChatMessage> messages = [new SystemChatMessage(request.Persona)];
        messages.AddRange(request.Messages.Select(message => message.FromAgent ? (ChatMessage)new AssistantChatMessage(message.Text) : new UserChatMessage(message.Text)));
        var options = new ChatCompletionOptions { MaxOutputTokenCount = request.MaxOutputTokens };
        await foreach (var update in _client.GetChatClient(request.Model).CompleteChatStreamingAsync(messages, options, cancellationToken))
        {
            var text = string.Concat(update.ContentUpdate.Select(part => part.Text));
            yield return new ModelChunk(text, FinishOf(update.FinishReason), update.Usage is { } usage ? new TurnUsage(usage.InputTokenCount, usage.OutputTokenCount) : null);
        }
    }

    private static ModelFinish? FinishOf(ChatFinishReason? reason) => reason switch
    {
        null => null,
        ChatFinishReason.ContentFilter => ModelFinish.Filtered,
        ChatFinishReason.Length => ModelFinish.Length,
        _ => ModelFinish.Complete,
    };
}
