namespace OpenClaw.Jobs.Runtimes.Upstream;

/// <summary>What the bridge bears; the defaults are those of the official client unless said otherwise.</summary>
public sealed record UpstreamLimits
{
    /// <summary>From the first byte to hello-ok.</summary>
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>For the answer to a request; of a run, for its acceptance.</summary>
    public TimeSpan Request { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a request waits for a connection that is being made. Ours: the worker that waits is needed elsewhere.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Before the second attempt to connect; doubled before each further one.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>After a refusal that trying soon does not change, such as a wrong token. Ours: the official client gives up.</summary>
    public TimeSpan RefusedPause { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Until a gateway whose owner has to let us in is asked again. Ours.</summary>
    public TimeSpan PairingPause { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Bytes of a frame from the gateway.</summary>
    public int MaxFrame { get; init; } = 25 * 1024 * 1024;

    /// <summary>Bytes that may wait to be sent.</summary>
    public int MaxBuffered { get; init; } = 50 * 1024 * 1024;

    /// <summary>Turns for messages that may be under way, and as many for heartbeats. Ours: two thirds of the workers for each.</summary>
    public int MaxTurns { get; init; } = 32;

    /// <summary>Requests that may wait for their answer; further ones are refused. Ours.</summary>
    public int MaxRequests { get; init; } = 1_000;
}
