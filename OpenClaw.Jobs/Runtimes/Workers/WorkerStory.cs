namespace OpenClaw.Jobs.Runtimes.Workers;

/// <summary>What has been heard of the answer that a process is making.</summary>
internal sealed class WorkerStory(Turn turn)
{
    /// <summary>Characters, as PostgreSQL counts them.</summary>
    public int Heard { get; private set; }

    /// <summary>To so many connections the turn was given.</summary>
    public int Deliveries { get; private set; }

    public void Hear(WorkerTurnState state)
    {
        if (state.Deliveries != Deliveries)
        {
            var isTakenOver = Deliveries > 0;
            Deliveries = state.Deliveries;
            if (isTakenOver)
            {
                // The other process begins anew: what this is the rest of is heard next.
                (turn.Growing as LiveReply)?.Restart();
                Heard = 0;
                return;
            }
        }

        if (state.Said.Length > 0)
        {
            turn.Growing?.Report(state.Said);
            Heard += state.Said.EnumerateRunes().Count();
        }
    }
}
