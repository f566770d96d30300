using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace OpenClaw.Web.Security.Keys;

/// <summary>How a key is written: <c>ock_{id}_{secret}</c>, so that it is found by its id and known for what it is where it should not be.</summary>
/// <param name="Id">Names the key; no secret.</param>
/// <param name="Secret">43 characters of base64url, 256 bits.</param>
internal sealed record KeyText(string Id, string Secret)
{
    private const string Prefix = "ock_";
    private const int IdLength = 12;
    private const int SecretBytes = 32;
    private const int SecretLength = 43;
    private const string Letters = "abcdefghijklmnopqrstuvwxyz0123456789";

    public byte[] Hash => SHA256.HashData(Encoding.UTF8.GetBytes(Secret));

    public static KeyText New() => Again(RandomNumberGenerator.GetString(Letters, IdLength));

    /// <summary>Another secret for the same key.</summary>
    public static KeyText Again(string id) => new(id, Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes)));

    /// <summary>Null for what is no key of ours.</summary>
    public static KeyText? Parse(string text) =>
        text.Length == Prefix.Length + IdLength + 1 + SecretLength && text.StartsWith(Prefix, StringComparison.Ordinal) && text[Prefix.Length + IdLength] == '_'
            ? new KeyText(text.Substring(Prefix.Length, IdLength), text[^SecretLength..])
            : null;

    /// <summary>The key itself; it is shown once.</summary>
    public override string ToString() => $"{Prefix}{Id}_{Secret}";
}
