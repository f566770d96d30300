using System.Collections.Concurrent;
using System.Net;
using Microsoft.Playwright;
using OpenClaw.Jobs;
using OpenClaw.Tests.Dashboard.Support;

namespace OpenClaw.Tests.Engine;

/// <summary>Hangfire's own dashboard beside ours: one sign-in, one policy, one cookie, and nothing that a browser keeps.</summary>
[Category("Slow")]
public sealed class HangfireVisitTests
{
    private static DashboardSite _site = null!;

    [OneTimeSetUp]
    public static async Task Start() => _site = await DashboardSite.StartAsync();

    [OneTimeTearDown]
    public static async Task Stop() => await _site.DisposeAsync();

    [Test]
    public async Task The_policy_allows_no_script_and_no_style_sheet_but_the_dashboards_own()
    {
        using var answer = await _site.Service.Api.GetAsync("/hangfire");

        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.That(policy, Does.StartWith("default-src 'none'; script-src 'self'; ").And.Not.Contain("unsafe-inline").And.Not.Contain("unsafe-eval"));
    }

    [Test]
    public async Task Its_pages_and_ours_share_one_antiforgery_cookie()
    {
        await using var visit = await _site.OpenAsync("/login");
        await visit.Page.Context.ClearCookiesAsync(new() { Name = "openclaw.antiforgery" });

        await visit.Page.GotoAsync("/hangfire/servers");
        var numbers = await visit.NextNumbersAsync();

        Assert.That(numbers.Status, Is.EqualTo(200));
        Assert.That(
            (await visit.Page.Context.CookiesAsync()).Where(cookie => cookie.Name == "openclaw.antiforgery").Select(cookie => cookie.Path), Is.EqualTo(new[] { "/" }));
    }

    [Test]
    public async Task A_browser_keeps_its_script_and_styles_but_no_page()
    {
        await using var visit = await _site.OpenAsync("/login");
        var answers = new ConcurrentQueue<IResponse>();
        visit.Page.Response += (_, answer) => answers.Enqueue(answer);

        await visit.Page.GotoAsync("/hangfire/servers", new() { WaitUntil = WaitUntilState.Load });

        var kept = answers.Where(answer => answer.Request.Method == "GET").ToLookup(answer => !answer.Headers.TryGetValue("cache-control", out var control) || !control.Contains("no-store", StringComparison.Ordinal));
        Assert.That(kept[false].Select(answer => new Uri(answer.Url).AbsolutePath), Is.EqualTo(new[] { "/hangfire/servers" }));
        Assert.That(kept[true].Select(answer => new Uri(answer.Url).AbsolutePath), Has.Some.StartsWith("/hangfire/js").And.Some.StartsWith("/hangfire/css-dark"));
    }

    [Test]
    public async Task Who_is_not_signed_in_gets_the_form_and_a_program_401()
    {
        await using var visit = await _site.OpenAsync("/hangfire/recurring", signedIn: false);
        using var program = _site.Service.Client();

        using var read = await program.GetAsync("/hangfire/recurring");
        using var act = await program.PostAsync("/hangfire/recurring/trigger", new FormUrlEncodedContent([new("jobs[]", Recurring.Retention)]));

        Assert.That(new Uri(visit.Page.Url).PathAndQuery, Is.EqualTo("/login?returnUrl=%2Fhangfire%2Frecurring"));
        Assert.That((read.StatusCode, act.StatusCode), Is.EqualTo((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized)));
    }
}
