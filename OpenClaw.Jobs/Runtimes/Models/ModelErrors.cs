using System.Text.Json;
using System.Text.RegularExpressions;
using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Jobs.ForeignInput;
using OpenClaw.Jobs.Runtimes.Models.Wire;

namespace OpenClaw.Jobs.Runtimes.Models;

/// <summary>
/// What may go wrong with a model, each with its own code, a message with the server's own words that says what to do, and
/// whether trying again helps. docs/runtimes.md lists them.
/// </summary>
/// <param name="endpoint">Whom we ask, for people.</param>
/// <param name="keyVariable">The setting with the key.</param>
/// <param name="urlVariable">The setting with the address.</param>
/// <param name="url">The address; null for the vendor's own.</param>
public sealed partial class ModelErrors(string endpoint, string keyVariable, string urlVariable, Uri? url = null)
{
    /// <summary>Of the server's words.</summary>
    public const int MaxQuote = 300;

    // OpenAI's protocol lives below it at almost every server, and its absence is the commonest mistake.
    private readonly string _address = url is { AbsolutePath: var path } && urlVariable == "OPENAI_BASE_URL" && !path.TrimEnd('/').EndsWith("/v1", StringComparison.OrdinalIgnoreCase)
        ? $"check {urlVariable}: it is {SafeUri(url)}, and at most servers ends in /v1"
        : $"check {urlVariable}";

    // Within a sentence.
    private readonly string _there = endpoint.StartsWith("The ", StringComparison.Ordinal) ? $"the {endpoint[4..]}" : endpoint;

    /// <summary>Whom we ask, for people: without a name and password before its @, and keys behind its ?.</summary>
    public static string EndpointOf(Uri? url, string vendor) => url is null ? vendor : $"The endpoint {SafeUri(url)}";

    /// <summary>What whatever was thrown while a reply was read means.</summary>
    internal StepFailedException Of(Exception exception) => exception switch
    {
        StepFailedException known => known,
        ServerErrorException { Error: var error } => From(error),
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError } => Unreachable(exception),
        JsonException => new StepFailedException(ModelFailureCodes.Garbled, $"{endpoint} answered with what is no valid JSON. If that goes on, {_address}.", exception),
        InvalidDataException => new StepFailedException(ModelFailureCodes.Garbled, $"{endpoint} answered with what is no reply: {Quote(exception.Message)} If that goes on, {_address}.", exception),
        _ => new StepFailedException(ModelFailureCodes.Cut, $"{endpoint} broke the reply off: {Quote(exception.Message)}", exception),
    };

    /// <summary>The reply ended without saying that it was the end.</summary>
    public StepFailedException Cut() => new(ModelFailureCodes.Cut, $"{endpoint} broke the reply off before its end.");

    /// <summary>It said nothing for too long.</summary>
    /// <param name="patience">For so long.</param>
    /// <param name="setting">What makes it longer.</param>
    public StepFailedException Silent(TimeSpan patience, string setting = "MODEL_IDLE_TIMEOUT") =>
        new(ModelFailureCodes.Silent, $"{endpoint} said nothing for {patience}. A slow model needs a longer {setting}.");

    /// <summary>It is left alone for a while, because others have met it so; nothing was asked.</summary>
    /// <param name="failures">So many, in a row.</param>
    /// <param name="reason">What the last one said.</param>
    /// <param name="rest">For so long yet.</param>
    public StepFailedException Resting(int failures, string reason, TimeSpan rest) =>
        new(ModelFailureCodes.Resting, $"{endpoint} is left alone for the moment, after {(failures == 1 ? "an outage" : $"{failures} outages in a row")}. {reason}") { RetryAfter = rest, IsOutage = true };

    /// <summary>It answered with nothing, or with thoughts alone.</summary>
    /// <param name="usedUp">It had no tokens left to say anything.</param>
    public StepFailedException Empty(bool usedUp = false) => usedUp
        ? Final(ModelFailureCodes.SaidNothing, $"{endpoint} used up the reply's tokens before it said anything. Raise configuration.max_output_tokens, or shorten the conversation.")
        : new StepFailedException(ModelFailureCodes.SaidNothing, $"{endpoint} answered with nothing.");

    /// <summary>The provider does not let the model answer.</summary>
    public StepFailedException Filtered() =>
        Final(ModelFailureCodes.ContentFiltered, $"The content filter of {_there} stopped the reply. Word the message or the persona differently and send it anew.");

    /// <summary>The server answered with an error.</summary>
    internal StepFailedException From(ServerError error)
    {
        var (quote, said) = (Quote(error.IsPage ? $"a page \"{error.Words}\"" : error.Words), error.Status is { } code and not 200 ? $" ({code})" : "");
        return error switch
        {
            _ when Overflow.Is(error) => TooLong(quote),
            { Elsewhere: { } place, Status: >= 300 and < 400 } => Final(
                ModelFailureCodes.NotFound, $"{endpoint} wants to be asked elsewhere{said}, at {Place(place)}. The conversation is not sent where nobody has set it: set {urlVariable} to that address if it is yours."),
            { Status: null or >= 400 and < 500 } when Filter().IsMatch(error.All) => Filtered(),
            { Status: >= 400 and < 500 } when error.Status is 402 || UsedUp().IsMatch(error.All) =>
                Final(ModelFailureCodes.QuotaUsedUp, $"The account at {_there} has no quota left{said}. Add credit there, then resume the workflow. It said: {quote}"),
            { Status: 401 or 403 } => Final(ModelFailureCodes.Unauthorized, $"{endpoint} refused the key{said}. Check {keyVariable}, restart, and resume the workflow. It said: {quote}"),
            { IsPage: true, Status: null or < 500 } or { Status: 404 or 405 or (>= 300 and < 400) } => NotFound(said, quote),
            { Status: 408 or 409 or 425 or 429 } => Passing(ModelFailureCodes.Busy, $"{endpoint} takes no more requests now{said}. It said: {quote}", error),
            { Status: 502 or 503 or 504 or (>= 520 and < 530) } => Passing(ModelFailureCodes.Failed, $"{endpoint} is not ready{said}. It said: {quote}", error),
            { Status: >= 500 } => new StepFailedException(ModelFailureCodes.Failed, $"{endpoint} failed{said}. It said: {quote}") { RetryAfter = error.RetryAfter },
            { Status: null } => Unclear(error, quote),
            _ => Final(ModelFailureCodes.Refused, $"{endpoint} refused the request{said}. Change the agent's model or configuration to what it takes. It said: {quote}"),
        };
    }

    // Without a code, the words are all there is.
    private StepFailedException Unclear(ServerError error, string quote) =>
        Busy().IsMatch(error.All) ? Passing(ModelFailureCodes.Busy, $"{endpoint} takes no more requests now. It said: {quote}", error)
        : error.IsWithinReply ? new StepFailedException(ModelFailureCodes.Failed, $"{endpoint} failed within its reply. It said: {quote}")
        : NoSuchPlace().IsMatch(error.All) ? NotFound("", quote)
        : Final(ModelFailureCodes.Refused, $"{endpoint} answered with an error and no reply. Change the agent's model or configuration to what it takes, and {_address}. It said: {quote}");

    private StepFailedException NotFound(string said, string quote) =>
        Final(ModelFailureCodes.NotFound, $"{endpoint} does not know this model or address{said}. Change the agent's model, or {_address}. It said: {quote}");

    // Nobody was there, so nothing was done that would be paid twice: a server that starts is waited for.
    private StepFailedException Unreachable(Exception exception) =>
        new(ModelFailureCodes.Unreachable, $"{endpoint} cannot be reached: {Quote(exception.Message)} Check {urlVariable} and the network.", exception) { IsOutage = true };

    private StepFailedException TooLong(string quote) =>
        Final(ModelFailureCodes.ContextOverflow, $"The message does not fit the model's window at {_there}, not even by itself. Shorten the message or the persona, or take a model with more. It said: {quote}");

    private static StepFailedException Final(string code, string message) => new(code, message) { NonRetryable = true };

    private static StepFailedException Passing(string code, string message, ServerError error) => new(code, message) { RetryAfter = error.RetryAfter, IsOutage = true };

    private static string SafeUri(Uri url) => url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    private static string Place(string place) => Uri.TryCreate(place, UriKind.Absolute, out var elsewhere) && elsewhere.Host.Length > 0 ? Quote(SafeUri(elsewhere)) : Quote(place.Split('?', '#')[0]);

    private static string Quote(string words)
    {
        var text = ForeignText.OneLine(words, MaxQuote * 4).Trim();
        return text.Length == 0 ? "nothing." : ForeignText.Clean(text, MaxQuote);
    }

    [GeneratedRegex("content_?filter|content_?policy|ResponsibleAIPolicy", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Filter();

    [GeneratedRegex("insufficient_quota|insufficient (balance|credit|funds)|credit balance is too low", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex UsedUp();

    [GeneratedRegex(@"\b(loading|being loaded|busy|overloaded|at capacity|try again|rate.?limit|too many requests|(temporarily )?unavailable)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Busy();

    [GeneratedRegex(@"\bendpoint|\bnot found\b|\bno such\b|\bunknown (url|path|route|model)|\bdoes not exist\b|\bcannot post\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex NoSuchPlace();
}
