namespace OpenClaw.Jobs.Requests;

/// <summary>A caller's idempotency key.</summary>
/// <param name="Owner">Keys of different owners never meet.</param>
/// <param name="Key">As the caller sent it, 1 to 255 characters.</param>
/// <param name="Fingerprint">SHA-256 of what was asked.</param>
public sealed record RequestKey(string Owner, string Key, byte[] Fingerprint);
