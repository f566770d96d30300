using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Jobs.Outages;
using OpenClaw.Jobs.Runtimes.Models;

namespace OpenClaw.Jobs.Runtimes.Breakers;

/// <summary>
/// Holds the questions to one provider to what its breaker says, and tells the breaker what came of them. Who has somebody else to
/// ask is sent there at once, and a question of the service's own finds out whether the provider is back; who has not asks it himself.
/// </summary>
/// <param name="provider">The part of a model before the slash.</param>
/// <param name="breakers">What all nodes know.</param>
/// <param name="errors">Words them.</param>
/// <param name="probe">Asks the model something small.</param>
/// <param name="time">Of rests.</param>
internal sealed class BreakerGate(string provider, ProviderBreakers breakers, ModelErrors errors, Func<string, CancellationToken, Task> probe, TimeProvider time)
{
    // An answer to the one question is worth waiting for: the fallbacks work meanwhile.
    private static readonly TimeSpan ProbePatience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(5);

    // Whoever waits comes back a little apart.
    private static readonly TimeSpan Apart = TimeSpan.FromSeconds(1);

    private int _probing;

    /// <summary>What is told of an attempt while it is under way.</summary>
    public sealed class Attempt
    {
        /// <summary>Something of a reply has come.</summary>
        public bool IsAlive { get; internal set; }

        internal Action? OnAlive { get; set; }

        public void Alive()
        {
            if (!IsAlive)
            {
                IsAlive = true;
                OnAlive?.Invoke();
            }
        }
    }

    /// <summary>Whether the model would be left alone now; looked at before a turn waits in line.</summary>
    /// <param name="model">Its name at the provider.</param>
    /// <param name="hasOthers">There is somebody else to ask.</param>
    /// <exception cref="StepFailedException">It is.</exception>
    public void Require(string model, bool hasOthers)
    {
        if (breakers.Find(provider, model) is not { IsOpen: true } standing)
        {
            return;
        }

        if (standing.Rest(time) is { } rest)
        {
            throw Resting(standing, rest);
        }

        if (hasOthers)
        {
            _ = ProbeAsync(model);
            throw Resting(standing, Apart);
        }
    }

    /// <summary>Asks, unless the model is left alone.</summary>
    /// <param name="model">Its name at the provider.</param>
    /// <param name="key">Names the turn.</param>
    /// <param name="hasOthers">There is somebody else to ask.</param>
    /// <param name="patience">How long it may be silent.</param>
    /// <param name="ask">Asks it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StepFailedException">It is left alone, or what asking it came to.</exception>
    public async Task<T> AskAsync<T>(string model, string key, bool hasOthers, TimeSpan patience, Func<Attempt, Task<T>> ask, CancellationToken cancellationToken)
    {
        Require(model, hasOthers);
        var standing = breakers.Find(provider, model);
        if (standing is { IsOpen: true } && !await breakers.TakeProbeAsync(provider, key, patience + Margin, cancellationToken))
        {
            throw Resting(standing, Apart);
        }

        var attempt = new Attempt { OnAlive = standing is null ? null : () => _ = TellAsync(() => breakers.AnsweredAsync(provider, model, CancellationToken.None)) };
        try
        {
            var reply = await ask(attempt);
            attempt.Alive();
            return reply;
        }
        catch (StepFailedException failure) when (IsOutage(failure))
        {
            await TellAsync(() => breakers.FailedAsync(OutageOf(failure, model, key, attempt.IsAlive), CancellationToken.None));
            throw;
        }
        catch (StepFailedException)
        {
            // It is there, whatever it says.
            attempt.Alive();
            throw;
        }
        catch (Exception) when (standing is { IsOpen: true } && !attempt.IsAlive)
        {
            await TellAsync(() => breakers.LeaveProbeAsync(provider, key, CancellationToken.None));
            throw;
        }
    }

    private static bool IsOutage(StepFailedException failure) => failure.Code is ModelFailureCodes.Busy or ModelFailureCodes.Unreachable or ModelFailureCodes.Silent || failure is { Code: ModelFailureCodes.Failed, IsOutage: true };

    private ProviderOutage OutageOf(StepFailedException failure, string model, string key, bool hadBegun) => new(provider, model, failure.Code, failure.Message, key)
    {
        RetryAfter = failure.RetryAfter,
        IsWhole = failure.Code == ModelFailureCodes.Unreachable,
        RestsAtOnce = failure.Code == ModelFailureCodes.Silent && !hadBegun,
    };

    private StepFailedException Resting(BreakerStanding standing, TimeSpan rest) => errors.Resting(standing.Failures, standing.Reason, rest + Apart * Random.Shared.NextDouble());

    // One at a time on this node, and of all nodes one.
    private async Task ProbeAsync(string model)
    {
        if (Interlocked.CompareExchange(ref _probing, 1, 0) != 0)
        {
            return;
        }

        try
        {
            await TellAsync(async () =>
            {
                var key = $"probe:{Guid.NewGuid():N}";
                if (await breakers.TakeProbeAsync(provider, key, ProbePatience + Margin, CancellationToken.None))
                {
                    await DecideAsync(model, key);
                }
            });
        }
        finally
        {
            Volatile.Write(ref _probing, 0);
        }
    }

    private async Task DecideAsync(string model, string key)
    {
        using var patience = new CancellationTokenSource(ProbePatience, time);
        try
        {
            await probe(model, patience.Token);
        }
        catch (Exception exception) when (!DatabaseOutage.Caused(exception))
        {
            var failure = exception as StepFailedException ?? errors.Silent(ProbePatience);
            if (IsOutage(failure))
            {
                await breakers.FailedAsync(OutageOf(failure, model, key, hadBegun: false), CancellationToken.None);
                return;
            }
        }

        await breakers.AnsweredAsync(provider, model, CancellationToken.None);
    }

    // Of a database that is away the turn itself hears; a provider that fails is met again.
    private static async Task TellAsync(Func<Task> tell)
    {
        try
        {
            await tell();
        }
        catch (Exception exception) when (DatabaseOutage.Caused(exception) || exception is OperationCanceledException)
        {
            // The next question finds out.
        }
    }
}
