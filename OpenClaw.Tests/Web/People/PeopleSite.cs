using System.Net;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Web.People;

/// <summary>A service whose people sign in by an issuer: <c>lookers</c> look, <c>makers</c> change things, <c>rulers</c> may do everything.</summary>
internal sealed class PeopleSite : IAsyncDisposable
{
    private PeopleSite(TestIssuer issuer, RunningService service) => (Issuer, Service) = (issuer, service);

    public TestIssuer Issuer { get; }

    public RunningService Service { get; }

    public static (string Name, string Value)[] Settings(string issuer, params (string Name, string Value)[] others) =>
    [
        .. others,
        .. Defaults(issuer).Where(setting => others.All(other => other.Name != setting.Name)),
    ];

    private static (string Name, string Value)[] Defaults(string issuer) =>
    [
        ("OIDC_ISSUER", issuer), ("OIDC_CLIENT_ID", TestIssuer.ClientId), ("OIDC_CLIENT_SECRET", TestIssuer.ClientSecret),
        ("OIDC_VIEWERS", "lookers"), ("OIDC_OPERATORS", "makers, other makers"), ("OIDC_ADMINS", "rulers"),
    ];

    public static async Task<PeopleSite> StartAsync(params (string Name, string Value)[] settings)
    {
        var issuer = await TestIssuer.StartAsync();
        var service = await RunningService.StartAsync(settings: Settings(issuer.Address, settings));
        await issuer.RegisterAsync(service.Address);
        return new(issuer, service);
    }

    /// <summary>A browser of somebody who is in the groups, signed in.</summary>
    public async Task<HttpClient> SignedInAsync(params string[] groups)
    {
        Issuer.Person = Issuer.Person with { Groups = groups };
        var browser = Service.Browser();
        var landed = await SignInAsync(browser);
        Assert.That(landed.StatusCode, Is.EqualTo(HttpStatusCode.OK), await landed.Content.ReadAsStringAsync());
        return browser;
    }

    /// <summary>To the issuer and back.</summary>
    public async Task<HttpResponseMessage> SignInAsync(HttpClient browser, string returnUrl = "/") => await browser.GetAsync(await CallbackAsync(browser, returnUrl));

    /// <summary>To the issuer, and where it leads back to.</summary>
    public async Task<Uri> CallbackAsync(HttpClient browser, string returnUrl = "/")
    {
        var begun = await browser.GetAsync($"/login/oidc?returnUrl={Uri.EscapeDataString(returnUrl)}");
        Assert.That(begun.StatusCode, Is.EqualTo(HttpStatusCode.Found), await begun.Content.ReadAsStringAsync());
        Assert.That(begun.Headers.Location!.OriginalString, Does.StartWith(Issuer.Address).And.Contain("code_challenge_method=S256").And.Contain("nonce=").And.Contain("response_type=code"));
        var answered = await browser.GetAsync(begun.Headers.Location);
        Assert.That(answered.StatusCode, Is.EqualTo(HttpStatusCode.Found), await answered.Content.ReadAsStringAsync());
        return answered.Headers.Location!;
    }

    /// <summary>What is kept of people: sessions and entries of the audit log.</summary>
    public async Task<string?> KeptAsync() =>
        await Service.Database.TextAsync("SELECT (SELECT count(*) FROM openclaw.browser_sessions) || ' ' || (SELECT count(*) FROM openclaw.audit_log)");

    public async ValueTask DisposeAsync()
    {
        await Service.DisposeAsync();
        await Issuer.DisposeAsync();
    }
}
