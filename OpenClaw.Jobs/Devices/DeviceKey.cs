using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace OpenClaw.Jobs.Devices;

/// <summary>Keys of devices: Ed25519, written as base64url without padding.</summary>
public static class DeviceKey
{
    /// <summary>The device that has this key: SHA-256 of its 32 bytes, in hex; null when it is no key.</summary>
    public static string? IdOf(string publicKey) =>
        Decode(publicKey, Ed25519.PublicKeySize) is { } key ? Convert.ToHexStringLower(SHA256.HashData(key)) : null;

    /// <summary>The key in the one way to write it; null when it is none.</summary>
    public static string? Normalize(string publicKey) => Decode(publicKey, Ed25519.PublicKeySize) is { } key ? Base64Url.EncodeToString(key) : null;

    /// <summary>Whether the holder of the key has signed the text, as UTF-8.</summary>
    public static bool Verify(string publicKey, string signature, string text)
    {
        if (Decode(publicKey, Ed25519.PublicKeySize) is not { } key || Decode(signature, Ed25519.SignatureSize) is not { } signed)
        {
            return false;
        }

        var message = Encoding.UTF8.GetBytes(text);
        return Ed25519.Verify(signed, 0, key, 0, message, 0, message.Length);
    }

    /// <summary>A new private key, 32 bytes.</summary>
    public static byte[] Create() => RandomNumberGenerator.GetBytes(Ed25519.SecretKeySize);

    public static string PublicKeyOf(byte[] privateKey)
    {
        var key = new byte[Ed25519.PublicKeySize];
        Ed25519.GeneratePublicKey(privateKey, 0, key, 0);
        return Base64Url.EncodeToString(key);
    }

    public static string Sign(byte[] privateKey, string text)
    {
        var (message, signature) = (Encoding.UTF8.GetBytes(text), new byte[Ed25519.SignatureSize]);
        Ed25519.Sign(privateKey, 0, message, 0, message.Length, signature, 0);
        return Base64Url.EncodeToString(signature);
    }

    // Some write it as plain base64, which says the same.
    private static byte[]? Decode(string text, int size)
    {
        var url = text.Trim().Replace('+', '-').Replace('/', '_');
        return Base64Url.IsValid(url, out var length) && length == size ? Base64Url.DecodeFromChars(url) : null;
    }
}
