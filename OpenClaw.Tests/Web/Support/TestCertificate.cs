using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace OpenClaw.Tests.Web.Support;

/// <summary>A certificate for this machine from an authority below another one, as PEM.</summary>
/// <param name="Chain">The certificate, and that of the authority that has signed it.</param>
/// <param name="Key">The certificate's key.</param>
/// <param name="Thumbprint">The certificate's.</param>
internal sealed record TestCertificate(string Chain, string Key, string Thumbprint)
{
    public static TestCertificate Make(string name = "localhost")
    {
        var now = TimeProvider.System.GetUtcNow();
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var root = Authority("CN=root of the tests", rootKey).CreateSelfSigned(now.AddDays(-3), now.AddDays(3));
        using var middleKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var middle = Authority("CN=authority of the tests", middleKey).Create(root, now.AddDays(-2), now.AddDays(2), [1, 2, 3]).CopyWithPrivateKey(middleKey);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var made = request.Create(middle, now.AddDays(-1), now.AddDays(1), RandomNumberGenerator.GetBytes(8));
        return new TestCertificate($"{made.ExportCertificatePem()}\n{middle.ExportCertificatePem()}\n", key.ExportPkcs8PrivateKeyPem(), made.Thumbprint);
    }

    private static CertificateRequest Authority(string name, ECDsa key)
    {
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        return request;
    }
}
