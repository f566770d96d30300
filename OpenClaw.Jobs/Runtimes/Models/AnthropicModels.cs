using System.Runtime.CompilerServices;
using Anthropic;
using Anthropic.Models.Messages;

namespace OpenClaw.Jobs.Runtimes.Models;

/// <summary><c>anthropic/…</c>: Anthropic's models, or an endpoint that speaks their protocol at <c>ANTHROPIC_BASE_URL</c>.</summary>
public sealed class AnthropicModels : IModelClient, IDisposable
{
    // The protocol wants a limit in every request.
    private const int DefaultMaxOutputTokens = 4_096;

    private readonly AnthropicClient? _client;

    public AnthropicModels(ModelSettings settings, ModelErrors errors, TimeProvider time)
    {
        // Without a key the package would look for credentials by itself.
        if (settings.AnthropicApiKey is { } key)
        {
            _client = new AnthropicClient
            {
                ApiKey = key,
                BaseUrl = (settings.AnthropicBaseUrl ?? new Uri("https://api.anthropic.com")).ToString().TrimEnd('/'),
                HttpClient = ModelErrorHandler.CreateClient(errors, time),

                // Retries are the workflow's, and so is the patience.
                MaxRetries = 0,
                Timeout = Timeout.InfiniteTimeSpan,
            };
        }
    }

    public static ModelErrors ErrorsOf(ModelSettings settings) =>
        new(ModelErrors.EndpointOf(settings.AnthropicBaseUrl, "Anthropic"), "ANTHROPIC_API_KEY", "ANTHROPIC_BASE_URL");

    public string Provider => "anthropic";

    public string? WhyUnavailable => _client is null ? "set ANTHROPIC_API_KEY, restart, and resume the workflow." : null;

    public bool IsPaid => true;

    public int ContextTokens => 200_000;

    public IReadOnlyList<string> Suggestions => ["claude-opus-4-5", "claude-sonnet-4-5", "claude-haiku-4-5"];

    public async IAsyncEnumerable<ModelChunk> StreamAsync(ModelRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var input = 0L;
        await foreach (var received in _client!.Messages.CreateStreaming(ParametersOf(request), cancellationToken).WithCancellation(cancellationToken))
        {
            if (received.TryPickStart(out var start))
            {
                input = start.Message.Usage.InputTokens;
            }
            else if (received.TryPickContentBlockDelta(out var block) && block.Delta.TryPickText(out var text))
            {
                yield return new ModelChunk(text.Text);
            }
            else if (received.TryPickDelta(out var end))
            {
                yield return new ModelChunk("", FinishOf(end.Delta.StopReason?.Raw()), new TurnUsage(end.Usage.InputTokens ?? input, end.Usage.OutputTokens));
            }
            else
            {
                // A sign of life, such as a ping.
                yield return new ModelChunk("");
            }
        }
    }

    public void Dispose() => _client?.Dispose();

    private static MessageCreateParams ParametersOf(ModelRequest request) => new()
    {
        Model = request.Model,
        MaxTokens = request.MaxOutputTokens ?? DefaultMaxOutputTokens,
        System = request.Persona,
        Messages = [.. request.Messages.Select(message => message.FromAgent
            ? (MessageParam)new AssistantMessageParam { Content = message.Text }
            : new UserMessageParam { Content = message.Text })],
    };

    private static ModelFinish? FinishOf(string? reason) => reason switch
    {
        null => null,
        "refusal" => ModelFinish.Filtered,
        "max_tokens" or "model_context_window_exceeded" => ModelFinish.Length,
        _ => ModelFinish.Complete,
    };
}
