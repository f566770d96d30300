using OpenClaw.Jobs.Devices;
using OpenClaw.Jobs.Protocol;
using OpenClaw.Web.Gateway.Connections;
using OpenClaw.Web.Gateway.Methods;
using OpenClaw.Web.Security.Keys;

namespace OpenClaw.Web.Gateway.Devices;

/// <summary>Why a <c>connect</c> is refused, in the real gateway's codes: clients decide by them whether to try again, and with what.</summary>
internal static class ConnectRefusals
{
    private const string UpdateConfiguration = "update_auth_configuration";
    private const string UpdateCredentials = "update_auth_credentials";

    /// <param name="asked">The client, and what it has shown.</param>
    /// <param name="fault">What is wrong with that.</param>
    /// <param name="isLocal">The client is on this machine.</param>
    public static GatewayException Unauthorized(ConnectRequest asked, AuthFault fault, bool isLocal)
    {
        var mayUseDeviceToken = fault is AuthFault.TokenMismatch && asked.Proof is not null && asked.Secrets is { Token.Length: > 0, DeviceToken: null };
        var (reason, code, step) = fault switch
        {
            AuthFault.TokenMissing => ("token_missing", "AUTH_TOKEN_MISSING", UpdateConfiguration),
            AuthFault.TokenMismatch => ("token_mismatch", "AUTH_TOKEN_MISMATCH", mayUseDeviceToken ? "retry_with_device_token" : UpdateCredentials),
            AuthFault.ScopeMismatch => ("scope_mismatch", "AUTH_SCOPE_MISMATCH", "review_auth_configuration"),
            AuthFault.SetupCodeInvalid => ("bootstrap_token_invalid", "AUTH_BOOTSTRAP_TOKEN_INVALID", "review_auth_configuration"),
            _ => ("device_token_mismatch", "AUTH_DEVICE_TOKEN_MISMATCH", UpdateCredentials),
        };
        return new GatewayException(new GatewayError(
            ErrorCodes.InvalidRequest,
            $"unauthorized: {Words(asked.Client, fault, isLocal)}",
            GatewayException.Details(code, ("authReason", reason), ("canRetryWithDeviceToken", mayUseDeviceToken), ("recommendedNextStep", step))));
    }

    /// <summary>A key of ours that is good no more, or not from there.</summary>
    public static GatewayException KeyRefused(KeyFault fault) => new(new GatewayError(
        ErrorCodes.InvalidRequest,
        $"unauthorized: {fault switch { KeyFault.Revoked => "the key is revoked", KeyFault.Expired => "the key's time is over", _ => "the key may not be used from this address" }}",
        GatewayException.Details("AUTH_TOKEN_MISMATCH", ("authReason", "token_mismatch"), ("canRetryWithDeviceToken", false), ("recommendedNextStep", UpdateCredentials))));

    /// <summary>Too many wrong secrets came from the client's address.</summary>
    public static GatewayException TooMany(TimeSpan retryAfter) => new(new GatewayError(
        ErrorCodes.InvalidRequest,
        "unauthorized: too many failed authentication attempts (retry later)",
        GatewayException.Details("AUTH_RATE_LIMITED", ("authReason", "rate_limited"), ("canRetryWithDeviceToken", false), ("recommendedNextStep", "wait_then_retry")),
        Retryable: true,
        RetryAfterMs: (int)retryAfter.TotalMilliseconds));

    public static GatewayException DeviceRequired() => new(new GatewayError(
        ErrorCodes.NotPaired,
        "device identity required",
        GatewayException.Details("DEVICE_IDENTITY_REQUIRED", ("remediationHint", "Show the gateway's token in auth.token, or prove a device that has been let in."))));

    public static GatewayException BadProof(DeviceProofFault fault) =>
        new(new GatewayError(ErrorCodes.InvalidRequest, fault.Message, GatewayException.Details(fault.Code, ("reason", fault.Reason))));

    public static GatewayException ForeignPage(string? origin) => new(new GatewayError(
        ErrorCodes.InvalidRequest,
        "origin not allowed (open the Control UI from the gateway host, or set PUBLIC_BASE_URL to its address)",
        GatewayException.Details("CONTROL_UI_ORIGIN_NOT_ALLOWED", ("reason", origin is null ? "origin missing or invalid" : "origin not allowed"))));

    private static string Words(GatewayClient client, AuthFault fault, bool isLocal)
    {
        var hint = client switch
        {
            { Mode: "cli" } when isLocal => "use this gateway's gateway.auth.token or pair the device",
            { Mode: "cli" } => "set gateway.remote.token to match gateway.auth.token",
            { Id: "openclaw-control-ui" or "openclaw-tui" or "webchat" or "webchat-ui" } => "open the dashboard URL and paste the token in Control UI settings",
            _ => "provide gateway auth token",
        };
        return fault switch
        {
            AuthFault.TokenMissing => $"gateway token missing ({hint})",
            AuthFault.TokenMismatch => $"gateway token mismatch ({hint})",
            AuthFault.ScopeMismatch => "device token scope mismatch (re-pair or approve scope upgrade)",
            AuthFault.SetupCodeInvalid => "setup code invalid, expired, revoked, or already used (create a new code; review `openclaw devices list`)",
            _ => "device token mismatch (rotate/reissue device token)",
        };
    }
}

/// <summary>What is wrong with what a client has shown.</summary>
internal enum AuthFault
{
    TokenMissing,
    TokenMismatch,
    DeviceTokenMismatch,
    ScopeMismatch,
    SetupCodeInvalid,
}
