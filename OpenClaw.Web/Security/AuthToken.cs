using System.Security.Cryptography;
using System.Text;
using OpenClaw.Web.Hosting;

namespace OpenClaw.Web.Security;

/// <summary>The token that lets callers in. Only its hash stays in memory, and comparing takes the same time whatever is given.</summary>
internal sealed class AuthToken
{
    private readonly byte[] _hash;
    private readonly byte[] _derivation;

    private AuthToken(string token, string source)
    {
        _hash = Hash(token);
        Source = source;
        SessionStamp = Convert.ToHexString(Hash("session:" + token));
        _derivation = Hash("derive:" + token);
    }

    /// <summary>Where a person finds the token.</summary>
    public string Source { get; }

    /// <summary>Goes into each session and tells nothing of the token; a changed token ends all sessions.</summary>
    public string SessionStamp { get; }

    public bool Matches(string given) => CryptographicOperations.FixedTimeEquals(Hash(given), _hash);

    /// <summary>A secret that nobody can make who does not know the token, and that tells nothing of it.</summary>
    public byte[] Derive(ReadOnlySpan<byte> of) => HMACSHA256.HashData(_derivation, of);

    /// <summary>The configured token, else the one of this node, which is made on first use.</summary>
    public static AuthToken Load(OpenClawOptions options)
    {
        if (options.AuthToken is { } configured)
        {
            return new AuthToken(configured, "the value of AUTH_TOKEN");
        }

        var file = new AuthTokenFile(options.DataDirectory);
        return new AuthToken(file.ReadOrCreate(), file.Path);
    }

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
