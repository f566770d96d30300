using OpenClaw.Jobs.Workflows.Definitions;

namespace OpenClaw.Jobs.Monitoring.Routing;

/// <summary>Asks all runtimes at the same time. Asking changes nothing, so a repetition is harmless.</summary>
public sealed class AskRuntimesStep(IEnumerable<IRuntimeCheck> checks, RoutingSettings settings, TimeProvider time) : IExternalStep
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public async Task<object?> RunAsync(StepContext context, CancellationToken cancellationToken)
    {
        var asked = checks.Where(check => settings.AsksPaid || !check.IsPaid).OrderBy(check => check.Provider, StringComparer.Ordinal);
        var results = await Task.WhenAll(asked.Select(check => AskAsync(check, cancellationToken)));
        return new RoutingReport([.. results.OfType<RoutingResult>()]);
    }

    private async Task<RoutingResult?> AskAsync(IRuntimeCheck check, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        try
        {
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            deadline.CancelAfter(Patience);
            return await check.AskAsync(deadline.Token).WaitAsync(deadline.Token) is { } detail ? Result(cameBack: true, detail) : null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Result(cameBack: false, $"Nothing came back within {Patience.TotalSeconds:0} s.");
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return Result(cameBack: false, exception.Message);
        }

        RoutingResult Result(bool cameBack, string detail) => new(check.Provider, cameBack, Math.Round(time.GetElapsedTime(began).TotalMilliseconds), detail);
    }
}
