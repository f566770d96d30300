using System.Net;
using System.Text.Json;
using OpenClaw.Jobs.Workflows.Definitions;

namespace OpenClaw.Jobs.Runtimes.Models;

/// <summary>
/// What may go wrong with a model, each with its own code, a message that says what to do, and whether trying again helps.
/// docs/runtimes.md lists them.
/// </summary>
/// <param name="endpoint">Whom we ask, for people.</param>
/// <param name="keyVariable">The setting with the key.</param>
/// <param name="urlVariable">The setting with the address.</param>
public sealed class ModelErrors(string endpoint, string keyVariable, string urlVariable)
{
    public const string ContextOverflow = "context_overflow";

    private const int MaxQuote = 300;

    private static readonly string[] OverflowWords = ["context_length_exceeded", "maximum context length", "prompt is too long", "context window", "context size"];

    /// <summary>Whom we ask, for people: without a name and password before its @, and keys behind its ?.</summary>
    public static string EndpointOf(Uri? url, string vendor) =>
        url is null ? vendor : $"The endpoint {url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)}";

    /// <summary>The provider answered with an error.</summary>
    public StepFailedException From(HttpStatusCode status, string body, TimeSpan? retryAfter)
    {
        var quote = Quote(body);
        return (int)status switch
        {
            401 or 403 => Final("model_unauthorized", $"{endpoint} refused the key ({(int)status}). Check {keyVariable}, restart, and resume the workflow. It said: {quote}"),
            404 => Final("model_not_found", $"{endpoint} does not know this model or address (404). Change the agent's model, or check {urlVariable}. It said: {quote}"),
            429 when body.Contains("insufficient_quota", StringComparison.Ordinal) =>
                Final("model_quota_used_up", $"The account at {endpoint} has no quota left. Add credit there, then resume the workflow. It said: {quote}"),
            408 or 409 or 429 => Passing("model_busy", $"{endpoint} takes no more requests now ({(int)status}). It is asked again. It said: {quote}", retryAfter),
            413 => TooLong(quote),
            >= 500 => Passing("model_failed", $"{endpoint} failed ({(int)status}). It is asked again. It said: {quote}", retryAfter),
            _ when body.Contains("content_filter", StringComparison.Ordinal) || body.Contains("content_policy", StringComparison.Ordinal) => Filtered(),
            _ when OverflowWords.Any(word => body.Contains(word, StringComparison.OrdinalIgnoreCase)) => TooLong(quote),
            _ => Final("model_refused", $"{endpoint} refused the request ({(int)status}). Change the agent's model or configuration to what it takes. It said: {quote}"),
        };
    }

    /// <summary>Nobody is there.</summary>
    public StepFailedException Unreachable(HttpRequestException exception) =>
        new("model_unreachable", $"{endpoint} cannot be reached: {exception.Message} Check {urlVariable} and the network. It is asked again.", exception);

    /// <summary>The reply broke off, or cannot be read.</summary>
    public StepFailedException Broken(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is StepFailedException known)
            {
                return known;
            }

            if (cause is JsonException)
            {
                return new StepFailedException("model_garbled", $"{endpoint} answered with what is no valid JSON. It is asked again; if that goes on, check {urlVariable}.", exception);
            }
        }

        return new StepFailedException("model_cut", $"{endpoint} broke the reply off: {Quote(exception.Message)} It is asked again.", exception);
    }

    /// <summary>The reply ended without saying that it was the end.</summary>
    public StepFailedException Cut() => new("model_cut", $"{endpoint} broke the reply off before its end. It is asked again.");

    /// <summary>It said nothing for too long.</summary>
    public StepFailedException Silent(TimeSpan patience) =>
        new("model_silent", $"{endpoint} said nothing for {patience}. It is asked again; a slow model needs a longer MODEL_IDLE_TIMEOUT.");

    /// <summary>It answered with nothing.</summary>
    public StepFailedException Empty() => new("model_said_nothing", $"{endpoint} answered with nothing. It is asked again.");

    /// <summary>The provider does not let the model answer.</summary>
    public StepFailedException Filtered() =>
        Final("content_filtered", $"The content filter of {endpoint} stopped the reply. Word the message or the persona differently and send it anew.");

    private StepFailedException TooLong(string quote) =>
        Final(ContextOverflow, $"The message does not fit the model's window at {endpoint}, not even by itself. Shorten the message or the persona, or take a model with more. It said: {quote}");

    private static StepFailedException Final(string code, string message) => new(code, message) { NonRetryable = true };

    private static StepFailedException Passing(string code, string message, TimeSpan? retryAfter) => new(code, message) { RetryAfter = retryAfter };

    // The message of the error, where the body has one in the way that both vendors write it.
    private static string Quote(string body)
    {
        var text = body;
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind is JsonValueKind.Object && json.RootElement.TryGetProperty("error", out var error))
            {
                text = error.ValueKind is JsonValueKind.Object && error.TryGetProperty("message", out var message) ? message.ToString() : error.ToString();
            }
        }
        catch (JsonException)
        {
            // Then it is quoted as it is.
        }

        text = text.ReplaceLineEndings(" ").Replace('\0', ' ').Trim();
        return text.Length switch { 0 => "nothing.", > MaxQuote => text[..MaxQuote] + "…", _ => text };
    }
}
