using System.Net;
using System.Net.Security;
using System.Net.WebSockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Web;

/// <summary>The port speaks https by itself, with a certificate that is renewed under it.</summary>
[Category("Slow")]
public sealed class TlsTests
{
    private readonly string _folder = Directory.CreateTempSubdirectory("openclaw-tls-").FullName;
    private readonly TestCertificate _first = TestCertificate.Make();

    private string CertificatePath => Path.Combine(_folder, "tls.crt");

    private string KeyPath => Path.Combine(_folder, "tls.key");

    [SetUp]
    public void Write() => Put(_first);

    [TearDown]
    public void Clear() => Directory.Delete(_folder, recursive: true);

    [TestCase("1.1")]
    [TestCase("2.0")]
    public async Task Pages_the_API_and_the_gateway_are_there_by_https_and_wss(string version)
    {
        await using var service = await StartAsync();
        using var client = Client(service, new Version(version));

        var page = await client.GetAsync("/login");
        using var authorized = new HttpRequestMessage(HttpMethod.Get, "/api/v1/agents") { Version = new Version(version), VersionPolicy = HttpVersionPolicy.RequestVersionExact, Headers = { Authorization = new("Bearer", RunningService.Token) } };
        var listed = await client.SendAsync(authorized);
        using var socket = new ClientWebSocket { Options = { HttpVersion = new Version(version), HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact } };
        using var invoker = new HttpMessageInvoker(Handler());
        await socket.ConnectAsync(new UriBuilder(service.Address) { Scheme = "wss", Path = "/ws" }.Uri, invoker, CancellationToken.None);
        var frame = new byte[4096];
        var received = await socket.ReceiveAsync(frame, CancellationToken.None);

        Assert.That(service.Address.Scheme, Is.EqualTo("https"));
        Assert.That((page.StatusCode, listed.StatusCode, listed.Version), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.OK, new Version(version))));
        Assert.That(Encoding.UTF8.GetString(frame, 0, received.Count), Does.Contain("connect.challenge"));
    }

    [Test]
    public async Task A_browser_signs_in_with_cookies_that_are_for_this_host_and_https_alone()
    {
        await using var service = await StartAsync();
        using var browser = Client(service, HttpVersion.Version11);

        var signedIn = await new SignInForm(browser).SignInAsync(RunningService.Token);

        Assert.That(signedIn.StatusCode, Is.EqualTo(HttpStatusCode.Found));
        Assert.That(signedIn.Headers.GetValues("Set-Cookie"), Has.Some.StartsWith("__Host-openclaw.session=").And.All.Contain("; secure").And.All.Contain("path=/;"));
        Assert.That((await browser.GetAsync("/")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [TestCase("claw.localhost", false)]
    [TestCase("localhost", false)]
    [TestCase("127.0.0.1", false)]
    [TestCase("claw.example", true)]
    public async Task Browsers_are_told_to_keep_to_https_for_a_name_that_is_ours_alone(string host, bool told)
    {
        await using var service = await StartAsync(("ALLOWED_HOSTS", "claw.example"));
        await using var plain = await RunningService.StartAsync(settings: [("ALLOWED_HOSTS", "claw.example")]);
        using var client = Client(service, HttpVersion.Version11);
        using var inClear = plain.Client();

        foreach (var path in new[] { "/login", "/api/v1/agents", "/nothing" })
        {
            Assert.That(await HstsAsync(client, path), Is.EqualTo(told ? "max-age=31536000" : null), path);
            Assert.That(await HstsAsync(inClear, path), Is.Null, path);
        }

        async Task<string?> HstsAsync(HttpClient asked, string path)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Host = host } };
            return (await asked.SendAsync(request)).Headers.TryGetValues("Strict-Transport-Security", out var values) ? values.Single() : null;
        }
    }

    [Test]
    public async Task The_script_that_calls_the_API_knows_that_it_is_https()
    {
        await using var service = await StartAsync();

        var output = await Shell.RunAsync("scripts/claw --raw GET /agents", [.. service.ForScripts, ("TLS_CERT", CertificatePath), ("TLS_KEY", KeyPath)]);

        Assert.That(output, Does.Contain("\"total\":0"));
    }

    [Test]
    public async Task The_authority_behind_the_certificate_is_sent_along()
    {
        await using var service = await StartAsync();
        List<string> sent = [];
        using var client = new HttpClient(Handler((_, chain) => sent.AddRange(chain.ChainPolicy.ExtraStore.Select(certificate => certificate.Subject)))) { BaseAddress = service.Address };

        await client.GetAsync("/healthz");

        Assert.That(sent, Does.Contain("CN=authority of the tests"));
    }

    [Test]
    public async Task A_new_certificate_is_served_without_a_restart_however_it_is_put_there()
    {
        await using var service = await StartAsync();
        using var kept = Client(service, HttpVersion.Version11);
        Assert.That(await ServedAsync(service), Is.EqualTo(_first.Thumbprint));
        Assert.That((await kept.GetAsync("/healthz")).StatusCode, Is.EqualTo(HttpStatusCode.OK));

        var written = TestCertificate.Make();
        Put(written);
        await Eventually.That(() => ServedAsync(service), Is.EqualTo(written.Thumbprint));

        // As certbot and Kubernetes do it: links that are turned.
        var linked = TestCertificate.Make();
        var behind = Directory.CreateDirectory(Path.Combine(_folder, "next")).FullName;
        foreach (var (path, text) in new[] { (CertificatePath, linked.Chain), (KeyPath, linked.Key) })
        {
            var target = Path.Combine(behind, Path.GetFileName(path));
            File.WriteAllText(target, text);
            File.SetLastWriteTimeUtc(target, DateTime.UnixEpoch);
            File.CreateSymbolicLink($"{path}.link", target);
            File.Move($"{path}.link", path, overwrite: true);
        }

        await Eventually.That(() => ServedAsync(service), Is.EqualTo(linked.Thumbprint));
        Assert.That((await kept.GetAsync("/healthz")).StatusCode, Is.EqualTo(HttpStatusCode.OK), "Connections that are there stay.");
    }

    [TestCase("nonsense", "TLS_CERT holds no certificate in PEM")]
    [TestCase("another key", "TLS_KEY holds no key in PEM that belongs to the first certificate of TLS_CERT")]
    [TestCase("no key", "which cannot be read")]
    public async Task A_broken_new_certificate_keeps_the_old_one_and_is_told_once(string fault, string told)
    {
        using var log = new ErrorLog();
        await using var service = await RunningService.StartAsync(services => services.AddSingleton<ILoggerProvider>(log), settings: [.. Settings()]);

        switch (fault)
        {
            case "nonsense":
                await File.WriteAllTextAsync(CertificatePath, "-----BEGIN NOTHING");
                break;
            case "another key":
                await File.WriteAllTextAsync(KeyPath, TestCertificate.Make().Key);
                break;
            default:
                File.Delete(KeyPath);
                break;
        }

        await Eventually.That(
            async () =>
            {
                Assert.That(await ServedAsync(service), Is.EqualTo(_first.Thumbprint));
                return Told().ToList();
            },
            Has.One.Contains(told));
        var second = TestCertificate.Make();
        Put(second);
        await Eventually.That(() => ServedAsync(service), Is.EqualTo(second.Thumbprint));
        Assert.That(Told(), Has.One.Contains(told).And.All.Contain("the one so far stays"));

        IEnumerable<string> Told() => log.Errors.Where(error => error.Contains("RenewedCertificate", StringComparison.Ordinal));
    }

    private IEnumerable<(string Name, string Value)> Settings() => [("TLS_CERT", CertificatePath), ("TLS_KEY", KeyPath)];

    private Task<RunningService> StartAsync(params (string Name, string Value)[] settings) => RunningService.StartAsync(settings: [.. Settings(), .. settings]);

    private void Put(TestCertificate certificate)
    {
        File.WriteAllText(CertificatePath, certificate.Chain);
        File.WriteAllText(KeyPath, certificate.Key);
    }

    // By a new connection.
    private static async Task<string?> ServedAsync(RunningService service)
    {
        string? served = null;
        using var client = new HttpClient(Handler((certificate, _) => served = certificate.Thumbprint)) { BaseAddress = service.Address };
        await client.GetAsync("/healthz");
        return served;
    }

    private static HttpClient Client(RunningService service, Version version) =>
        new(Handler()) { BaseAddress = service.Address, DefaultRequestVersion = version, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };

    private static SocketsHttpHandler Handler(Action<X509Certificate2, X509Chain>? look = null) => new()
    {
        AllowAutoRedirect = false,
        SslOptions = new SslClientAuthenticationOptions
        {
            RemoteCertificateValidationCallback = (_, certificate, chain, _) =>
            {
                look?.Invoke((X509Certificate2)certificate!, chain!);
                return certificate!.Issuer == "CN=authority of the tests";
            },
        },
    };
}
