using System.Text.Json;
using System.Text.RegularExpressions;
using OpenClaw.Jobs.ForeignInput;
using OpenClaw.Jobs.Protocol;

namespace OpenClaw.Jobs.Runtimes.Upstream;

/// <summary>The gateway answered a request with an error.</summary>
/// <param name="method">What was asked.</param>
/// <param name="error">The answer.</param>
/// <param name="payload">Beside the error: how a run ended that was known already.</param>
public sealed partial class GatewayRefusedException(string method, GatewayError error, JsonElement? payload = null) : Exception($"{method}: {error.Message}")
{
    // Those after which the official client does not try again either.
    private static readonly HashSet<string> Final = new(StringComparer.Ordinal)
    {
        "AUTH_TOKEN_MISSING", "AUTH_TOKEN_MISMATCH", "AUTH_PASSWORD_MISSING", "AUTH_PASSWORD_MISMATCH", "AUTH_RATE_LIMITED", "AUTH_DEVICE_TOKEN_MISMATCH",
        "AUTH_SCOPE_MISMATCH", "PAIRING_REQUIRED", "DEVICE_IDENTITY_REQUIRED", "PROTOCOL_MISMATCH", "MISSING_SCOPE",
    };

    public GatewayError Error { get; } = error;

    public JsonElement? Payload { get; } = payload;

    /// <summary>Trying soon does not help: somebody has to change something.</summary>
    public bool NeedsPerson => DetailCode is { } code && Final.Contains(code);

    /// <summary>Our device is not let in, or not for what we need.</summary>
    public bool NeedsPairing => DetailCode == "PAIRING_REQUIRED";

    /// <summary>The gateway has put our device out, or has given it another token.</summary>
    public bool SpoilsToken => DetailCode is "AUTH_DEVICE_TOKEN_MISMATCH" or "AUTH_SCOPE_MISMATCH";

    /// <summary>The request that waits at the gateway, fit to be typed; null when it names none.</summary>
    public string? RequestId => Detail("requestId") is { } id && RequestIdPattern().IsMatch(id) ? id : null;

    /// <summary>The finer of the two codes; null when there is none.</summary>
    public string? DetailCode => Detail("code");

    private string? Detail(string name) =>
        Error.Details is { ValueKind: JsonValueKind.Object } details && details.TryGetProperty(name, out var value) ? ForeignJson.Text(value) : null;

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$")]
    private static partial Regex RequestIdPattern();
}

/// <summary>There is no connection to the gateway, or it was lost before the answer came.</summary>
public sealed class GatewayUnreachableException(string message, Exception? innerException = null) : Exception(message, innerException);
