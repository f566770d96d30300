using System.Net;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;

namespace OpenClaw.Tests.Web.People;

/// <summary>What is no answer of the issuer to this browser signs nobody in, and nothing of it is written.</summary>
public sealed class FalseSignInTests
{
    private static PeopleSite _site = null!;

    [OneTimeSetUp]
    public static async Task Start() => _site = await PeopleSite.StartAsync();

    [OneTimeTearDown]
    public static async Task Stop() => await _site.DisposeAsync();

    [TestCase("nonce", "another")]
    [TestCase("nonce", null)]
    [TestCase("aud", "another-client")]
    [TestCase("iss", "https://evil.example")]
    [TestCase("exp", "-120")]
    [TestCase("exp", null)]
    [TestCase("nbf", "600")]
    [TestCase("sub", null)]
    public async Task A_token_that_is_for_somebody_else_or_too_old_is_refused(string claim, string? value)
    {
        _site.Issuer.Lies = payload =>
        {
            payload.Remove(claim);
            if (value is not null)
            {
                payload[claim] = claim is "exp" or "nbf" ? JsonValue.Create(EpochTime.GetIntDate(TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(int.Parse(value, System.Globalization.CultureInfo.InvariantCulture)))) : JsonValue.Create(value);
            }
        };
        try
        {
            await AssertRefusedAsync(async browser => await _site.CallbackAsync(browser), "cannot be believed|did not finish");
        }
        finally
        {
            _site.Issuer.Lies = null;
        }
    }

    [Test]
    public Task A_state_of_somebody_elses_is_refused() => AssertRefusedAsync(
        async browser =>
        {
            using var other = _site.Service.Browser();
            var (own, foreign) = (await _site.CallbackAsync(browser), await _site.CallbackAsync(other));
            return With(own, "state", Of(foreign, "state"));
        },
        "not begun in this browser");

    [Test]
    public Task A_code_of_another_sign_in_is_refused() => AssertRefusedAsync(
        async browser =>
        {
            using var other = _site.Service.Browser();
            var (own, foreign) = (await _site.CallbackAsync(browser), await _site.CallbackAsync(other));
            return With(own, "code", Of(foreign, "code"));
        },
        "did not finish|cannot be believed");

    [TestCase("code")]
    [TestCase("state")]
    public Task An_answer_that_lacks_a_part_or_has_a_broken_one_is_refused(string part) => AssertRefusedAsync(
        async browser => With(await _site.CallbackAsync(browser), part, "broken"),
        "not begun in this browser|did not finish");

    [Test]
    public Task An_answer_to_another_browser_is_refused() => AssertRefusedAsync(
        async _ =>
        {
            using var other = _site.Service.Browser();
            return await _site.CallbackAsync(other);
        },
        "not begun in this browser");

    [TestCase("/login/callback")]
    [TestCase("/login/callback?code=1")]
    [TestCase("/login/callback?state=1&error=server_error&error_description=x")]
    [TestCase("/login/callback?id_token=1&state=1")]
    public Task What_nobody_asked_for_is_refused(string path) => AssertRefusedAsync(_ => Task.FromResult(new Uri(_site.Service.Address, path)), "Begin");

    [Test]
    public async Task A_callback_signs_in_once()
    {
        await using var site = await PeopleSite.StartAsync(("STRANGER_REQUESTS_PER_MINUTE", "2"));
        using var browser = site.Service.Browser();
        using var copy = site.Service.Client();
        var begun = await browser.GetAsync("/login/oidc");
        var cookies = string.Join("; ", begun.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0]));
        var callback = (await browser.GetAsync(begun.Headers.Location)).Headers.Location!;
        Assert.That((await browser.GetAsync(callback)).StatusCode, Is.EqualTo(HttpStatusCode.OK));

        var again = await browser.GetAsync(callback);
        using var replayed = new HttpRequestMessage(HttpMethod.Get, callback) { Headers = { { "Cookie", cookies } } };
        var copied = await copy.SendAsync(replayed);

        Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest), string.Join("\n", cookies, callback, await again.Content.ReadAsStringAsync()));
        Assert.That((again.StatusCode, copied.StatusCode), Is.EqualTo((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest)));
        Assert.That(copied.Headers.TryGetValues("Set-Cookie", out var set) ? set : [], Has.None.StartsWith("openclaw.session="));
        Assert.That(await site.KeptAsync(), Is.EqualTo("1 1"));

        // Two were false, and so many an address may send.
        var tooMany = await copy.GetAsync(new Uri(site.Service.Address, "/login/callback?code=1&state=1"));
        Assert.That((tooMany.StatusCode, tooMany.Headers.RetryAfter is null), Is.EqualTo((HttpStatusCode.TooManyRequests, false)));
        Assert.That((await site.SignInAsync(browser)).StatusCode, Is.EqualTo(HttpStatusCode.OK), "A true one is let in.");
    }

    private static async Task AssertRefusedAsync(Func<HttpClient, Task<Uri>> answer, string told)
    {
        var before = await _site.KeptAsync();
        using var browser = _site.Service.Browser();

        var refused = await browser.GetAsync(await answer(browser));

        var page = await refused.Content.ReadAsStringAsync();
        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest), page);
        Assert.That(page, Does.Match(told).And.Contain("id=\"token\"").And.Not.Contain("IDX").And.Not.Contain("   at "));
        Assert.That(refused.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies : [], Has.None.StartsWith("openclaw.session="));
        Assert.That((await browser.GetAsync("/")).StatusCode, Is.EqualTo(HttpStatusCode.Found), "Nobody is signed in.");
        Assert.That(await _site.KeptAsync(), Is.EqualTo(before));
    }

    private static string Of(Uri callback, string name) => callback.Query.TrimStart('?').Split('&').Single(part => part.StartsWith($"{name}=", StringComparison.Ordinal))[(name.Length + 1)..];

    private static Uri With(Uri callback, string name, string value) => new(callback.OriginalString.Replace($"{name}={Of(callback, name)}", $"{name}={value}", StringComparison.Ordinal));
}
