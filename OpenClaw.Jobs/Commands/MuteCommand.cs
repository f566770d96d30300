using System.Globalization;
using OpenClaw.Jobs.Notices;
using OpenClaw.Jobs.Requests;

namespace OpenClaw.Jobs.Commands;

/// <summary>Lets an owner have peace for a while.</summary>
public sealed class MuteCommand(NoticeService notices, TimeProvider time)
{
    /// <param name="duration">How long; zero ends it.</param>
    /// <param name="caller">Who is not to be told.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<string> MuteAsync(TimeSpan duration, Caller caller, CancellationToken cancellationToken)
    {
        DateTimeOffset? until = duration == TimeSpan.Zero ? null : time.GetUtcNow() + duration;
        await notices.MuteAsync(until, caller, cancellationToken);
        return until is { } end
            ? string.Create(CultureInfo.InvariantCulture, $"Quiet until {end:yyyy-MM-dd HH:mm} UTC; you hear afterwards what happened. To end it: unmute")
            : "You hear of everything again.";
    }
}
