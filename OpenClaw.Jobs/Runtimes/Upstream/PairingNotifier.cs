using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Jobs.Notices;

namespace OpenClaw.Jobs.Runtimes.Upstream;

/// <summary>Tells somebody that a gateway waits for its owner to let us in.</summary>
public interface IPairingNotifier
{
    /// <param name="advice">What to do, as a sentence.</param>
    /// <param name="key">The same one is told once.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task TellAsync(string advice, string key, CancellationToken cancellationToken);
}

/// <summary>Tells the owner of everything, by the owner's rules.</summary>
public sealed class PairingNotifier(UpstreamSettings settings, OwnerNotifier notifier, IDbContextFactory<OpenClawDbContext> contexts) : IPairingNotifier
{
    public async Task TellAsync(string advice, string key, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await notifier.NotifyAsync(new OwnerNotice(NoticeEvent.BridgeWaits, settings.Owner, "The bridge", advice, $"bridge:{key}"), db, cancellationToken);
    }
}
