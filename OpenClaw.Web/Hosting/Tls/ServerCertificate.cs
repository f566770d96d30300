using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace OpenClaw.Web.Hosting.Tls;

/// <summary>A certificate with its key, and those of its authorities that stand behind it in the file.</summary>
/// <param name="Context">As connections take it.</param>
/// <param name="Subject">Whose it is.</param>
/// <param name="Until">When it ends, in UTC.</param>
internal sealed record ServerCertificate(SslStreamCertificateContext Context, string Subject, DateTime Until)
{
    /// <exception cref="FormatException">What is wrong, as the end of a sentence.</exception>
    public static ServerCertificate Parse(string certificate, string key)
    {
        var chain = new X509Certificate2Collection();
        try
        {
            chain.ImportFromPem(certificate);
        }
        catch (CryptographicException wrong)
        {
            throw new FormatException($"TLS_CERT holds a certificate that cannot be read: {wrong.Message}", wrong);
        }

        if (chain.Count == 0)
        {
            throw new FormatException("TLS_CERT holds no certificate in PEM (-----BEGIN CERTIFICATE-----).");
        }

        var leaf = WithKey(certificate, key);
        chain.RemoveAt(0);
        return new ServerCertificate(SslStreamCertificateContext.Create(leaf, chain, offline: true), leaf.Subject, leaf.NotAfter.ToUniversalTime());
    }

    private static X509Certificate2 WithKey(string certificate, string key)
    {
        try
        {
            var leaf = X509Certificate2.CreateFromPem(certificate, key);

            // Windows serves no key that it has in memory alone.
            return OperatingSystem.IsWindows() ? X509CertificateLoader.LoadPkcs12(leaf.Export(X509ContentType.Pfx), password: null) : leaf;
        }
        catch (Exception wrong) when (wrong is CryptographicException or ArgumentException)
        {
            throw new FormatException(
                key.Contains("ENCRYPTED", StringComparison.Ordinal)
                    ? "TLS_KEY holds a key behind a passphrase, which nobody could type at a start. Take the passphrase off (openssl pkey), and let the service's user alone read the file."
                    : "TLS_KEY holds no key in PEM that belongs to the first certificate of TLS_CERT.",
                wrong);
        }
    }
}
