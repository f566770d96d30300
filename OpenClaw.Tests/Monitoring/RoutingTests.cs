using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using NSubstitute;
using OpenClaw.Data.Monitoring;
using OpenClaw.Jobs;
using OpenClaw.Jobs.Monitoring;
using OpenClaw.Jobs.Monitoring.Routing;
using OpenClaw.Jobs.Runtimes;
using OpenClaw.Jobs.Runtimes.Workers;
using OpenClaw.Tests.Gateway.Support;
using OpenClaw.Tests.Runtimes.Support;
using OpenClaw.Tests.Support;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Monitoring;

/// <summary>Whether a message to each runtime comes back.</summary>
[Category("Slow")]
public sealed class RoutingTests
{
    private const string Checks = "SELECT count(*) FROM openclaw_system.workflow_status WHERE name = 'check_routing'";

    private const string Results =
        "SELECT DISTINCT r ->> 'runtime', r ->> 'came_back' FROM openclaw_system.workflow_status w, jsonb_array_elements(w.output -> 'runtimes') r WHERE w.name = 'check_routing' ORDER BY 1";

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

        await service.TriggerAsync(Recurring.RoutingCheck);

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

        await service.TriggerAsync(Recurring.RoutingCheck);

        await Eventually.That(() => service.Database.LinesAsync(Results), Is.EqualTo(new[] { "openai|true" }));
        Assert.That(provider.Calls.Select(call => call.Model), Is.All.EqualTo("llama"));
    }

    [Test]
    public async Task A_process_that_serves_an_agent_is_asked_and_that_leaves_no_trace()
    {
        await using var service = await RunningService.StartAsync();
        await using var process = await ServeAsync(service, "worker1");
        var answered = new HashSet<string>();

        await service.TriggerAsync(Recurring.RoutingCheck);

        await Eventually.That(() => AnsweringAsync(Results), Is.EqualTo(new[] { "session|true" }));
        await Eventually.That(() => AnsweringAsync("SELECT count(*) FROM openclaw.session_turns"), Is.EqualTo(new[] { "0" }));
        Assert.That(
            await service.Database.LinesAsync("SELECT (SELECT count(*) FROM openclaw_system.notifications), (SELECT count(*) FROM openclaw.agent_usage)"),
            Is.EqualTo(new[] { "0|0" }), "No message and no usage.");
        Assert.That(
            process.Events("runtime.turn").Select(frame => ((string?)frame["payload"]!["kind"], (string?)frame["payload"]!["agentId"])),
            Is.All.EqualTo((WorkerChecks.Kind, "worker1")));

        // The service's own schedule may ask, too.
        async Task<List<string>> AnsweringAsync(string sql)
        {
            foreach (var turn in process.Events("runtime.turn").Select(frame => (string)frame["payload"]!["turnId"]!).Where(answered.Add).ToList())
            {
                await process.CallAsync("runtime.reply", new JsonObject { ["turnId"] = turn, ["text"] = "yes", ["usage"] = new JsonObject { ["input"] = 1, ["output"] = 1 } });
            }

            return await service.Database.LinesAsync(sql);
        }
    }

    [Test]
    public async Task Agents_whose_process_does_not_answer_are_named()
    {
        await using var service = await RunningService.StartAsync(services => services.AddSingleton(provider =>
            new WorkerChecks(provider.GetRequiredService<NpgsqlDataSource>(), TimeProvider.System) { Patience = TimeSpan.FromSeconds(1) }));
        await using var process = await ServeAsync(service, "worker1", "worker2");

        await service.TriggerAsync(Recurring.RoutingCheck);

        var probe = service.Services.GetServices<IHealthProbe>().OfType<RoutingProbe>().Single();
        var finding = await Eventually.That(() => probe.LookAsync(default), Has.Property("Status").EqualTo(HealthStatus.Failed));
        Assert.That(finding.Detail, Is.EqualTo("session: No answer within 1 s from the process that serves worker1, worker2. Look at its log."));
    }

    [Test]
    public async Task Nothing_is_begun_while_no_process_serves_an_agent()
    {
        var service = await SharedService.GetAsync();
        var before = await service.Database.TextAsync(Checks);

        await service.Services.GetRequiredService<RoutingJobs>().CheckAsync(default);

        Assert.That(await service.Database.TextAsync(Checks), Is.EqualTo(before));
    }

    // Of three agents.
    private static async Task<GatewayClient> ServeAsync(RunningService service, params string[] agents)
    {
        await service.Database.SeedAgentsAsync("session/worker", 3, due: "NULL::timestamptz");
        var process = await GatewayClient.ConnectAsync(service.Address);
        foreach (var agent in agents)
        {
            await process.CallAsync("runtime.serve", new JsonObject { ["agentId"] = agent });
        }

        return process;
    }

    private static IAgentRuntime Runtime(string provider, Func<string?> answer, bool isPaid = false)
    {
        var runtime = Substitute.For<ICheckedRuntime>();
        runtime.Provider.Returns(provider);
        runtime.IsPaid.Returns(isPaid);
        runtime.WhyUnavailable(Arg.Any<string>()).Returns((string?)null);
        runtime.AskableSinceAsync(Arg.Any<CancellationToken>()).Returns(DateTimeOffset.MinValue);
        runtime.AskAsync(Arg.Any<string?>(), Arg.Any<CancellationToken>()).Returns(_ => Task.FromResult(answer()));
        return runtime;
    }
}
