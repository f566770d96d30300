using OpenClaw.Jobs.Engine.Definitions;

namespace OpenClaw.Jobs.Runtimes;

/// <summary>
/// So many turns of one runtime are under way on this node at once; the others wait in line, in memory and nothing else. An
/// agent has one turn at a time, so a line is shared fairly between agents.
/// </summary>
public sealed class TurnSlots(int limit, TimeProvider time) : IDisposable
{
    /// <summary>A turn that says something lives on; this is for one that never ends.</summary>
    public static readonly TimeSpan LongestTurn = TimeSpan.FromHours(1);

    private readonly SemaphoreSlim _free = new(limit, limit);

    /// <summary>Runs a turn when it has a slot; its time counts from then.</summary>
    /// <exception cref="StepFailedException">It took longer than an hour.</exception>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> turn, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        using var longest = new CancellationTokenSource(LongestTurn, time);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, longest.Token);
        try
        {
            return await turn(deadline.Token);
        }
        catch (OperationCanceledException) when (longest.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // Once more would be another hour, and paid again.
            throw new StepFailedException("turn_timed_out", $"The agent's turn took longer than {LongestTurn.TotalHours:0} h and was ended. Give it smaller tasks, or resume the workflow to have it try again.") { NonRetryable = true };
        }
        finally
        {
            _free.Release();
        }
    }

    public void Dispose() => _free.Dispose();
}
