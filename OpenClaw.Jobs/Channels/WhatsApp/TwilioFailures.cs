using OpenClaw.Jobs.Engine.Definitions;

namespace OpenClaw.Jobs.Channels.WhatsApp;

/// <summary>
/// What may go wrong between us and Twilio's API, apart from its own refusals. None has an inner exception: one of a socket
/// makes the engine take a failed attempt for a database that is away, which counts as no attempt and is never given up.
/// </summary>
/// <param name="target">TWILIO_API_BASE_URL; null when Twilio's own is asked.</param>
/// <param name="patience">How long an answer is waited for.</param>
public sealed class TwilioFailures(Uri? target, TimeSpan patience)
{
    public const string UnreachableCode = "twilio_unreachable";
    public const string RedirectedCode = "twilio_redirected";
    public const string GarbledCode = "twilio_garbled";

    // Without a name and password before its @, and keys behind its ?.
    private readonly string _api = target is null
        ? "Twilio's API"
        : $"Twilio's API at {target.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)} (TWILIO_API_BASE_URL)";

    /// <summary>Nobody is there, or no whole answer came.</summary>
    public StepFailedException Unreachable(Exception exception)
    {
        var why = exception is OperationCanceledException ? $"no answer within {patience.TotalSeconds:0} s" : exception.GetBaseException().Message.TrimEnd('.');
        return new StepFailedException(UnreachableCode, $"{_api} cannot be reached: {why}. Check the network. It is tried again.");
    }

    /// <summary>It named another address.</summary>
    public StepFailedException Redirected(int status, Uri? location)
    {
        var where = location is { IsAbsoluteUri: true } ? $" to {location.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped)}" : "";
        return new StepFailedException(
            RedirectedCode,
            $"{_api} answered with a redirect{where} ({status}), which is not followed: the account's credentials go nowhere else. "
            + "Check TWILIO_API_BASE_URL and the proxy on the way, then resume the workflow.")
        { NonRetryable = true };
    }

    /// <summary>It says that all went well, but not in words of Twilio's API.</summary>
    public StepFailedException Garbled(int status) =>
        new(GarbledCode, $"{_api} answered with what is no answer of Twilio's ({status}). Check TWILIO_API_BASE_URL and the proxy on the way. It is tried again.");
}
