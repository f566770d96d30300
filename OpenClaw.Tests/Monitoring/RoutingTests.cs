using Hangfire;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;
using OpenClaw.Data.Monitoring;
using OpenClaw.Jobs;
using OpenClaw.Jobs.Monitoring;
using OpenClaw.Jobs.Monitoring.Routing;
using OpenClaw.Jobs.Runtimes;
using OpenClaw.Tests.Runtimes.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Monitoring;

/// <summary>Whether a message to each runtime comes back.</summary>
public sealed class RoutingTests
{
    private const string Results =
        "SELECT r ->> 'runtime', r ->> 'came_back' FROM openclaw_system.workflow_status w, jsonb_array_elements(w.output -> 'runtimes') r WHERE w.name = 'check_routing'";

    [Test]
    public async Task Every_runtime_is_asked_but_those_that_cost_and_the_result_stands_in_health_and_among_the_workflows()
    {
        await using var service = await RunningService.StartAsync(services =>
        {
            services.AddSingleton(Runtime("well", () => "It came back."));
            services.AddSingleton(Runtime("away", () => throw new InvalidOperationException("The line is cut.")));
            services.AddSingleton(Runtime("absent", () => null));
            services.AddSingleton(Runtime("costly", () => "It came back.", isPaid: true));
        });
        var probe = service.Services.GetServices<IHealthProbe>().OfType<RoutingProbe>().Single();
        Assert.That((await probe.LookAsync(default)).Status, Is.EqualTo(HealthStatus.Ok));

        Trigger(service);

        var finding = await Eventually.That(() => probe.LookAsync(default), Has.Property("Status").EqualTo(HealthStatus.Failed));
        Assert.That(finding.Detail, Is.EqualTo("away: The line is cut."));
        Assert.That(await service.Database.LinesAsync(Results), Is.EqualTo(new[] { "away|false", "well|true" }));
        Assert.That((await service.Api.GetJsonAsync("/api/v1/workflows?name=check_routing")).Body.ToString(), Does.Contain("SUCCESS"));
    }

    [Test]
    public async Task A_model_of_ones_own_is_asked_as_soon_as_an_agent_runs_on_it()
    {
        await using var provider = await FakeProvider.StartAsync();
        await using var service = await RunningService.StartAsync(cluster: null, ("OPENAI_BASE_URL", $"{provider.Address}v1"));
        await service.Database.SeedAgentsAsync("openai/llama", 1, due: "NULL::timestamptz");

        Trigger(service);

        await Eventually.That(() => service.Database.LinesAsync(Results), Is.EqualTo(new[] { "openai|true" }));
        Assert.That(provider.Calls, Has.Count.EqualTo(1));
    }

    private static void Trigger(RunningService service) => service.Services.GetRequiredService<IRecurringJobManager>().Trigger(Recurring.RoutingCheck);

    private static IAgentRuntime Runtime(string provider, Func<string?> answer, bool isPaid = false)
    {
        var runtime = Substitute.For<ICheckedRuntime>();
        runtime.Provider.Returns(provider);
        runtime.IsPaid.Returns(isPaid);
        runtime.WhyUnavailable(Arg.Any<string>()).Returns((string?)null);
        runtime.AskAsync(Arg.Any<string?>(), Arg.Any<CancellationToken>()).Returns(_ => Task.FromResult(answer()));
        return runtime;
    }
}
