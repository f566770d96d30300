using System.Net;
using System.Security.Claims;
using Hangfire;
using Hangfire.Common;
using Hangfire.Dashboard;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace OpenClaw.Tests.Compat.Dashboard;

public sealed class DashboardAccessTests
{
    private static readonly string[] Changes =
    [
        .. from state in new[] { "scheduled", "awaiting" } select $"jobs/{state}/enqueue",
        .. from state in new[] { "enqueued", "processing", "succeeded", "failed", "deleted" } select $"jobs/{state}/requeue",
        .. from state in new[] { "enqueued", "scheduled", "processing", "succeeded", "failed", "awaiting" } select $"jobs/{state}/delete",
        "jobs/actions/requeue/{job}", "jobs/actions/delete/{job}", "retries/enqueue", "retries/delete", "recurring/trigger", "recurring/remove",
    ];

    [Test]
    public async Task Every_change_without_the_antiforgery_token_its_cookie_or_the_right_to_be_here_is_refused()
    {
        var isOpen = true;
        await using var host = await DashboardHost.StartAsync(options => options.Authorization = [new Decision(() => isOpen)]);
        var job = host.Seed.Failed();
        host.Seed.Recurring.AddOrUpdate("hourly", Job.FromExpression<Work>(work => work.Send("hourly", 1)), "0 * * * *", new RecurringJobOptions());
        using var client = host.Client();
        using var stranger = host.Client();
        var token = await client.Token("/hangfire/jobs/failed");
        (string, string)[] selected = [("jobs[]", job), ("jobs[]", "hourly")];

        foreach (var change in Changes.Select(path => $"/hangfire/{path.Replace("{job}", job, StringComparison.Ordinal)}"))
        {
            using var withoutToken = await client.Post(change, selected);
            using var withForeignToken = await client.Post(change, [(token.Name, "made-up"), .. selected]);
            using var withoutCookie = await stranger.Post(change, [token, .. selected]);
            isOpen = false;
            using var withoutRight = await client.Post(change, [token, .. selected]);
            isOpen = true;

            Assert.That(
                (HttpStatusCode[])[withoutToken.StatusCode, withForeignToken.StatusCode, withoutCookie.StatusCode, withoutRight.StatusCode],
                Is.EqualTo([HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.Unauthorized]), change);
        }
        Assert.That(host.Seed.StateOf(job), Is.EqualTo("Failed"));
        Assert.That(host.Storage.GetMonitoringApi().GetStatistics(), Has.Property("Recurring").EqualTo(1).And.Property("Enqueued").Zero);
    }

    [TestCase("cross-site", HttpStatusCode.Forbidden)]
    [TestCase(null, HttpStatusCode.Forbidden)]
    [TestCase("same-origin", HttpStatusCode.SeeOther)]
    public async Task Without_an_antiforgery_service_only_a_form_that_is_known_to_be_ours_is_accepted(string? site, HttpStatusCode expected)
    {
        await using var host = await DashboardHost.StartAsync(services: _ => { });
        var job = host.Seed.Failed();
        using var client = host.Client();
        if (site is not null) client.Http.DefaultRequestHeaders.Add("Sec-Fetch-Site", site);

        using var response = await client.Post("/hangfire/jobs/failed/delete", ("jobs[]", job));

        Assert.That(response.StatusCode, Is.EqualTo(expected));
        Assert.That(host.Seed.StateOf(job), Is.EqualTo(expected == HttpStatusCode.Forbidden ? "Failed" : "Deleted"));
    }

    [Test]
    public async Task Where_antiforgery_is_switched_off_a_plain_post_works()
    {
        await using var host = await DashboardHost.StartAsync(options => options.IgnoreAntiforgeryToken = true);
        var job = host.Seed.Failed();
        using var client = host.Client();

        using var response = await client.Post("/hangfire/jobs/failed/delete", ("jobs[]", job));

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.SeeOther));
        Assert.That(host.Seed.StateOf(job), Is.EqualTo("Deleted"));
    }

    [Test]
    public async Task A_read_only_dashboard_offers_no_action_and_refuses_each()
    {
        await using var host = await DashboardHost.StartAsync(options =>
            (options.IsReadOnlyFunc, options.IgnoreAntiforgeryToken) = (_ => true, true));
        var job = host.Seed.Failed();
        using var client = host.Client();

        foreach (var page in (string[])["/hangfire", "/hangfire/jobs/failed", $"/hangfire/jobs/details/{job}", "/hangfire/recurring"])
            Assert.That(await client.Page(page), Does.Contain("Read only").And.Not.Contain("<button").And.Not.Contain("<form"), page);

        foreach (var action in (string[])["jobs/failed/requeue", "jobs/failed/delete", $"jobs/actions/requeue/{job}", $"jobs/actions/delete/{job}", "recurring/trigger", "recurring/remove", "retries/enqueue"])
        {
            using var response = await client.Post($"/hangfire/{action}", ("jobs[]", job));
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden), action);
        }
        Assert.That(host.Seed.StateOf(job), Is.EqualTo("Failed"));
    }

    [TestCase("/hangfire")]
    [TestCase("/hangfire/stats")]
    [TestCase("/hangfire/jobs/failed")]
    public async Task A_filter_that_says_no_closes_everything(string path)
    {
        await using var host = await DashboardHost.StartAsync(options => options.Authorization = [new Decision(false)]);
        using var client = host.Client();

        using var response = await client.Get(path);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(await response.Content.ReadAsStringAsync(), Is.Empty);
    }

    [Test]
    public async Task Every_filter_must_agree_the_asynchronous_ones_too()
    {
        await using var host = await DashboardHost.StartAsync(options =>
            (options.Authorization, options.AsyncAuthorization) = ([new Decision(true)], [new Decision(true), new Decision(false)]));
        using var client = host.Client();

        using var response = await client.Get("/hangfire");

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task A_policy_decides_in_place_of_the_filters()
    {
        await using var host = await DashboardHost.StartAsync(
            options => options.Authorization = [new Decision(false)],
            services => services.AddAuthorizationBuilder().AddPolicy("operators", policy => policy.RequireClaim("role", "operator")).Services
                .AddAuthentication("header").AddScheme<AuthenticationSchemeOptions, HeaderAuthentication>("header", null),
            (app, options, storage) =>
            {
                app.UseAuthentication();
                app.UseAuthorization();
                app.MapHangfireDashboardWithAuthorizationPolicy("operators", "/ops/{area}/jobs", options, storage);
            });
        using var guest = host.Client();
        using var viewer = host.Client();
        using var operators = host.Client();
        viewer.Http.DefaultRequestHeaders.Add("X-Role", "viewer");
        operators.Http.DefaultRequestHeaders.Add("X-Role", "operator");

        Assert.That((await guest.Get("/ops/eu/jobs")).StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That((await viewer.Get("/ops/eu/jobs")).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await operators.Page("/ops/eu/jobs/jobs/failed"), Does.Contain("href=\"/ops/eu/jobs/jobs/succeeded\""));
    }

    [Test]
    public async Task The_dashboard_works_as_middleware_below_any_path()
    {
        await using var host = await DashboardHost.StartAsync(map: (app, options, storage) =>
        {
            app.UseHangfireDashboard("/tools/hf", options, storage);
            app.MapGet("/", () => "the site");
        });
        using var client = host.Client();

        Assert.That(await client.Page("/tools/hf/servers"), Does.Contain("href=\"/tools/hf/jobs/failed\""));
        Assert.That((await client.Get("/tools/hf/nowhere")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await client.Page("/"), Is.EqualTo("the site"));
    }

    [TestCase("127.0.0.1", null, true)]
    [TestCase("::1", null, true)]
    [TestCase("192.168.0.7", "192.168.0.7", true)]
    [TestCase("192.168.0.8", "192.168.0.7", false)]
    [TestCase(null, null, false)]
    public void By_default_only_requests_from_this_machine_are_let_in(string? remote, string? local, bool expected)
    {
        var http = new Microsoft.AspNetCore.Http.DefaultHttpContext { RequestServices = new ServiceCollection().BuildServiceProvider() };
        http.Connection.RemoteIpAddress = remote is null ? null : IPAddress.Parse(remote);
        http.Connection.LocalIpAddress = local is null ? null : IPAddress.Parse(local);
        var context = new AspNetCoreDashboardContext(storage: null!, new DashboardOptions(), http);

        Assert.That(new LocalRequestsOnlyAuthorizationFilter().Authorize(context), Is.EqualTo(expected));
    }

    private sealed class Decision(Func<bool> decide) : IDashboardAuthorizationFilter, IDashboardAsyncAuthorizationFilter
    {
        public Decision(bool yes) : this(() => yes)
        {
        }

        public bool Authorize(DashboardContext context) => decide();

        public Task<bool> AuthorizeAsync(DashboardContext context) => Task.FromResult(decide());
    }

    private sealed class HeaderAuthentication(
        IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, System.Text.Encodings.Web.UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(
            Request.Headers["X-Role"].ToString() is { Length: > 0 } role
                ? AuthenticateResult.Success(new AuthenticationTicket(
                    new ClaimsPrincipal(new ClaimsIdentity([new Claim("role", role)], Scheme.Name)), Scheme.Name))
                : AuthenticateResult.NoResult());
    }
}
