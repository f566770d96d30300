using System.Text.Json;
using OpenClaw.Jobs.ForeignInput;

namespace OpenClaw.Jobs.Heartbeats;

/// <summary>Beats that come more rarely while they are quiet: after so many in a row the time between them doubles, again and again.</summary>
/// <param name="After">Quiet beats in a row.</param>
/// <param name="Most">Between two beats.</param>
public sealed record BeatBackoff(int After, TimeSpan Most)
{
    /// <summary>In an agent's configuration.</summary>
    public const string Setting = "heartbeat_backoff";

    private const int MostBeats = 1_000;
    private const int LeastSeconds = 60;
    private const int MostSeconds = 24 * 3600;

    /// <summary>Null where there is none.</summary>
    public static BeatBackoff? Of(JsonElement configuration) =>
        ForeignJson.Member(configuration, Setting) is { } backoff
            && ForeignJson.WholeNumber(backoff, "after") is { } after and >= 1 and <= MostBeats && ForeignJson.WholeNumber(backoff, "most_seconds") is { } most and >= LeastSeconds and <= MostSeconds
            && backoff.EnumerateObject().Count() == 2
            ? new BeatBackoff(after, TimeSpan.FromSeconds(most))
            : null;

    /// <summary>Why the configuration cannot be kept, as a sentence; null when it can.</summary>
    public static string? WhyNot(JsonElement configuration) => ForeignJson.Member(configuration, Setting) is not null && Of(configuration) is null
        ? $$"""configuration.{{Setting}} must be such as {"after": 10, "most_seconds": 1800}: 1 to {{MostBeats}} quiet beats in a row, and {{LeastSeconds}} to {{MostSeconds}} seconds. Leave it out for beats at every interval."""
        : null;
}
