using Hangfire;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Data.Monitoring;
using OpenClaw.Jobs;
using OpenClaw.Jobs.Monitoring;
using OpenClaw.Jobs.Monitoring.Routing;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Monitoring;

/// <summary>Whether a message to each runtime comes back.</summary>
public sealed class RoutingTests
{
    [Test]
    public async Task Every_runtime_is_asked_but_those_that_cost_and_the_result_stands_in_health_and_among_the_workflows()
    {
        await using var service = await RunningService.StartAsync(
            services =>
            {
                services.AddSingleton<IRuntimeCheck>(new Scripted("well", () => "It came back."));
                services.AddSingleton<IRuntimeCheck>(new Scripted("away", () => throw new InvalidOperationException("The line is cut.")));
                services.AddSingleton<IRuntimeCheck>(new Scripted("absent", () => null));
                services.AddSingleton<IRuntimeCheck>(new Scripted("costly", () => "It came back.", IsPaid: true));
            });
        var probe = service.Services.GetServices<IHealthProbe>().OfType<RoutingProbe>().Single();
        Assert.That((await probe.LookAsync(default)).Status, Is.EqualTo(HealthStatus.Ok));

        service.Services.GetRequiredService<IRecurringJobManager>().Trigger(Recurring.RoutingCheck);

        var finding = await Eventually.That(() => probe.LookAsync(default), Has.Property("Status").EqualTo(HealthStatus.Failed));
        Assert.That(finding.Detail, Is.EqualTo("away: The line is cut."));
        Assert.That(
            await service.Database.LinesAsync("SELECT r ->> 'runtime', r ->> 'came_back' FROM openclaw_system.workflow_status w, jsonb_array_elements(w.output -> 'runtimes') r WHERE w.name = 'check_routing'"),
            Is.EqualTo(new[] { "away|false", "well|true" }));
        Assert.That((await service.Api.GetJsonAsync("/api/v1/workflows?name=check_routing")).Body.ToString(), Does.Contain("SUCCESS"));
    }

    private sealed record Scripted(string Provider, Func<string?> Answer, bool IsPaid = false) : IRuntimeCheck
    {
        public Task<string?> AskAsync(CancellationToken cancellationToken) => Task.FromResult(Answer());
    }
}
