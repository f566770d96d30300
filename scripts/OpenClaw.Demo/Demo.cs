using System.Diagnostics;
using Spectre.Console;

namespace OpenClaw.Demo;

/// <summary>Provisions agents, kills the service in the middle of it, restarts it, and shows what happened to the work.</summary>
internal sealed class Demo(IAnsiConsole console, string serviceAssembly)
{
    private const string StepToInterrupt = "connect_runtime";

    private static readonly string[] Agents = ["researcher", "writer", "reviewer"];
    private static readonly TimeSpan ConnectDelay = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan KillAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly Stopwatch _clock = Stopwatch.StartNew();

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var service = new ServiceProcess(serviceAssembly);
        using var api = new Api(service.Address, service.Token);

        await StartAsync(service, api, cancellationToken);
        Tell($"The service runs at {service.Address} as process [bold]{service.Id}[/].");

        var workflows = new Dictionary<string, Guid>();
        foreach (var agent in Agents)
        {
            workflows[agent] = await api.ProvisionAsync(agent, ConnectDelay, cancellationToken);
        }

        Tell($"Provisioning {string.Join(", ", Agents)}; their runtime takes {ConnectDelay.TotalSeconds:0} s to connect.");

        var shown = workflows[Agents[0]];
        var atKill = await UntilAsync(
            $"{Agents[0]}: the first steps",
            () => api.StepsAsync(shown, cancellationToken),
            steps => steps.Any(step => step.FunctionName == StepToInterrupt && step.IsUnderWay && DateTimeOffset.UtcNow - step.StartedAt > KillAfter),
            service,
            cancellationToken);
        Tell($"{Agents[0]}: {string.Join(", ", atKill.Where(step => step.IsDone).Select(step => step.FunctionName))} done, {StepToInterrupt} under way.");

        var killedAt = DateTimeOffset.UtcNow;
        var killed = service.Id;
        await service.KillAsync();
        Tell($"[red]SIGKILL[/] to process {killed}: it is gone in mid-step.");

        await StartAsync(service, api, cancellationToken);
        Tell($"The service is back as process [bold]{service.Id}[/].");

        foreach (var (agent, workflow) in workflows)
        {
            var end = await UntilAsync(
                $"{agent}: carrying on",
                () => api.WorkflowAsync(workflow, cancellationToken),
                state => state.Status is not ("ENQUEUED" or "PENDING"),
                service,
                cancellationToken);
            if (end.Status != "SUCCESS")
            {
                throw new DemoFailedException($"The workflow of {agent} ended as {end.Status}.");
            }

            Tell($"{agent} is provisioned.");
        }

        Conclude(atKill, killedAt, await api.StepsAsync(shown, cancellationToken), shown);
    }

    private void Conclude(IReadOnlyList<Step> atKill, DateTimeOffset killedAt, IReadOnlyList<Step> atEnd, Guid workflow)
    {
        var kept = atKill.Where(step => step.IsDone).ToList();
        console.WriteLine();
        console.Write(Timeline.Draw($"provision_agent {workflow}, agent {Agents[0]}", Attempt.Of(atKill, killedAt, atEnd), console.Profile.Width));

        if (kept.Exists(before => atEnd.First(step => step.FunctionName == before.FunctionName) != before))
        {
            throw new DemoFailedException("A step that was finished before the kill has run again.");
        }

        console.MarkupLine(
            $"[green]{kept.Count} finished steps kept, none repeated; {StepToInterrupt} ran again under the same idempotency key, and the rest followed.[/]");
    }

    private async Task StartAsync(ServiceProcess service, Api api, CancellationToken cancellationToken)
    {
        service.Start();
        await UntilAsync("Starting the service", () => api.IsReadyAsync(cancellationToken), ready => ready, service, cancellationToken);
    }

    private async Task<T> UntilAsync<T>(
        string what, Func<Task<T>> look, Func<T, bool> enough, ServiceProcess service, CancellationToken cancellationToken)
    {
        return console.Profile.Capabilities.Interactive
            ? await console.Status().StartAsync(Markup.Escape(what), _ => PollAsync())
            : await PollAsync();

        async Task<T> PollAsync()
        {
            for (var waited = Stopwatch.StartNew(); waited.Elapsed < Patience; await Task.Delay(Pause, cancellationToken))
            {
                if (service.HasExited)
                {
                    throw new DemoFailedException($"{what}: the service has ended.{Environment.NewLine}{service.LastLines}");
                }

                try
                {
                    if (await look() is var seen && enough(seen))
                    {
                        return seen;
                    }
                }
                catch (HttpRequestException)
                {
                    // It is not up yet, or has its hands full: look again.
                }
            }

            throw new DemoFailedException($"{what}: not within {Patience.TotalSeconds:0} s.{Environment.NewLine}{service.LastLines}");
        }
    }

    private void Tell(string markup) => console.MarkupLine($"[grey]{_clock.Elapsed.TotalSeconds,5:0.0} s[/]  {markup}");
}
