using OpenClaw.Jobs.Engine.Definitions;

namespace OpenClaw.Jobs.Runtimes;

/// <summary>
/// So many turns of one runtime are under way on this node at once; the others wait in line, in memory and nothing else. An
/// agent has one turn at a time, so a line is shared fairly between agents.
/// </summary>
public sealed class TurnSlots(int limit, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _free = new(limit, limit);

    /// <summary>Runs a turn when it has a slot; its time counts from then.</summary>
    /// <exception cref="StepFailedException">It took longer than it may.</exception>
    public async Task<T> RunAsync<T>(TurnLimits limits, Func<CancellationToken, Task<T>> turn, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        try
        {
            return await TurnClock.RunAsync(limits, time, turn, cancellationToken);
        }
        finally
        {
            _free.Release();
        }
    }

    public void Dispose() => _free.Dispose();
}
