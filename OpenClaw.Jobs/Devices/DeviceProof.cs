namespace OpenClaw.Jobs.Devices;

/// <summary>What a client sends to prove that it holds its device's key.</summary>
/// <param name="Id">The device.</param>
/// <param name="PublicKey">Base64url.</param>
/// <param name="Signature">Base64url, over <see cref="SignedConnect"/>.</param>
/// <param name="SignedAt">Milliseconds since 1970: of the challenge.</param>
/// <param name="Nonce">Of the challenge.</param>
public sealed record DeviceProof(string Id, string PublicKey, string Signature, long SignedAt, string Nonce)
{
    // As in the real gateway.
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(2);

    /// <summary>Why the proof does not hold; null when it does.</summary>
    /// <param name="connect">What is signed.</param>
    /// <param name="nonce">Of this connection's challenge.</param>
    /// <param name="now">By our clock.</param>
    public DeviceProofFault? FaultOf(SignedConnect connect, string nonce, DateTimeOffset now)
    {
        if (DeviceKey.IdOf(PublicKey) is not { } id || id != Id)
        {
            return DeviceProofFault.DeviceIdMismatch;
        }

        if (Math.Abs(now.ToUnixTimeMilliseconds() - (double)SignedAt) > Skew.TotalMilliseconds)
        {
            return DeviceProofFault.SignatureExpired;
        }

        if (Nonce.Trim().Length == 0)
        {
            return DeviceProofFault.NonceRequired;
        }

        if (Nonce.Trim() != nonce)
        {
            return DeviceProofFault.NonceMismatch;
        }

        // Older clients sign without their platform.
        return DeviceKey.Verify(PublicKey, Signature, connect.Text(3, this)) || DeviceKey.Verify(PublicKey, Signature, connect.Text(2, this))
            ? null
            : DeviceProofFault.SignatureInvalid;
    }
}

/// <summary>What of a <c>connect</c> a device signs, so that nobody can ask for something else with its proof.</summary>
/// <param name="ClientId">As it connects.</param>
/// <param name="ClientMode">As it connects.</param>
/// <param name="Role">As it connects.</param>
/// <param name="Scopes">As they are asked for.</param>
/// <param name="Token">The first that is given of token, device token and bootstrap token; empty for none. A password is no part of it.</param>
/// <param name="Platform">As it connects.</param>
/// <param name="DeviceFamily">As it connects; null for none.</param>
public sealed record SignedConnect(string ClientId, string ClientMode, string Role, IReadOnlyList<string> Scopes, string Token, string? Platform, string? DeviceFamily)
{
    /// <param name="version">2, or 3 with platform and family.</param>
    /// <param name="proof">Device, time and nonce.</param>
    public string Text(int version, DeviceProof proof)
    {
        var text = $"v{version}|{proof.Id}|{ClientId}|{ClientMode}|{Role}|{string.Join(',', Scopes)}|{proof.SignedAt}|{Token}|{proof.Nonce.Trim()}";
        return version < 3 ? text : $"{text}|{Plain(Platform)}|{Plain(DeviceFamily)}";
    }

    // ASCII alone changes case, so that every language's library does the same.
    private static string Plain(string? text) => string.Concat((text ?? "").Trim().Select(letter => char.IsAsciiLetterUpper(letter) ? char.ToLowerInvariant(letter) : letter));
}

/// <summary>What is wrong with a proof.</summary>
/// <param name="Code">For programs, as <c>details.code</c>.</param>
/// <param name="Reason">For programs, as <c>details.reason</c>.</param>
/// <param name="Message">For people.</param>
public sealed record DeviceProofFault(string Code, string Reason, string Message)
{
    public static readonly DeviceProofFault DeviceIdMismatch = new("DEVICE_AUTH_DEVICE_ID_MISMATCH", "device-id-mismatch", "device identity mismatch");
    public static readonly DeviceProofFault SignatureExpired = new("DEVICE_AUTH_SIGNATURE_EXPIRED", "device-signature-stale", "device signature expired");
    public static readonly DeviceProofFault NonceRequired = new("DEVICE_AUTH_NONCE_REQUIRED", "device-nonce-missing", "device nonce required");
    public static readonly DeviceProofFault NonceMismatch = new("DEVICE_AUTH_NONCE_MISMATCH", "device-nonce-mismatch", "device nonce mismatch");
    public static readonly DeviceProofFault SignatureInvalid = new("DEVICE_AUTH_SIGNATURE_INVALID", "device-signature", "device signature invalid");
}
