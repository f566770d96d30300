using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Agents;
using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Jobs.Runtimes;

namespace OpenClaw.Jobs.Monitoring.Routing;

/// <summary>Asks all runtimes at the same time. Asking changes nothing, so a repetition is harmless.</summary>
public sealed class AskRuntimesStep(
    CheckedRuntimes runtimes, IDbContextFactory<OpenClawDbContext> contexts, TimeProvider time) : IExternalStep
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public async Task<object?> RunAsync(StepContext context, CancellationToken cancellationToken)
    {
        var models = await ModelsAsync(cancellationToken);
        var results = await Task.WhenAll(runtimes.All.Select(runtime => AskAsync(runtime, models.Find(model => model.StartsWith($"{runtime.Provider}/", StringComparison.Ordinal)), cancellationToken)));
        return new RoutingReport([.. results.OfType<RoutingResult>()]);
    }

    // Those that most agents run on come first.
    private async Task<List<string>> ModelsAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Agents.Where(agent => agent.Status == AgentStatus.Running)
            .GroupBy(agent => agent.Model).OrderByDescending(same => same.Count()).Select(same => same.Key).ToListAsync(cancellationToken);
    }

    private async Task<RoutingResult?> AskAsync(ICheckedRuntime runtime, string? model, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        try
        {
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            deadline.CancelAfter(Patience);
            return await runtime.AskAsync(model, deadline.Token).WaitAsync(deadline.Token) is { } detail ? Result(cameBack: true, detail) : null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Result(cameBack: false, $"Nothing came back within {Patience.TotalSeconds:0} s.");
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return Result(cameBack: false, exception.Message);
        }

        RoutingResult Result(bool cameBack, string detail) => new(runtime.Provider, cameBack, Math.Round(time.GetElapsedTime(began).TotalMilliseconds), detail);
    }
}
