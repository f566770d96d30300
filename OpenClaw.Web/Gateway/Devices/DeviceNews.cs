using System.Net.WebSockets;
using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Jobs.Loops;
using OpenClaw.Web.Gateway.Connections;

namespace OpenClaw.Web.Gateway.Devices;

/// <summary>
/// Looks each second what has become of devices, whoever decided it and on whichever node: clients that may let devices in are
/// told of requests, and connections end whose device was put out or whose token is another one now.
/// </summary>
internal sealed class DeviceNews(GatewayHub hub, DeviceTokens tokens, IDbContextFactory<OpenClawDbContext> contexts, TimeProvider time, ILogger<DeviceNews> logger)
    : PeriodicService(TimeSpan.FromSeconds(1), time, logger)
{
    private const WebSocketCloseStatus Invalidated = (WebSocketCloseStatus)4001;

    // For what commits later than it was written, and for clocks of other nodes.
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(10);

    private readonly TimeProvider _time = time;
    private readonly SemaphoreSlim _one = new(1);
    private HashSet<(Guid RequestId, string? Decision)> _told = [];
    private DateTimeOffset _began = time.GetUtcNow();

    /// <summary>Looks now.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            await CloseAsync(cancellationToken);
            await TellAsync(cancellationToken);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Looks soon; what goes wrong is seen to by the next look.</summary>
    public void Wake() => _ = LookAsync(CancellationToken.None).ContinueWith(look => look.Exception, TaskScheduler.Default);

    public override void Dispose()
    {
        _one.Dispose();
        base.Dispose();
    }

    protected override Task RunOnceAsync(CancellationToken cancellationToken) => LookAsync(cancellationToken);

    private async Task CloseAsync(CancellationToken cancellationToken)
    {
        var bound = hub.Connections.Where(connection => connection.Connected?.Device?.Stamp is not null).ToList();
        if (bound.Count == 0)
        {
            return;
        }

        var stamps = await tokens.StampsAsync(bound.Select(connection => connection.Connected!.Device!.DeviceId).ToHashSet(), cancellationToken);
        foreach (var connection in bound)
        {
            var connected = connection.Connected!;
            if (!stamps.TryGetValue((connected.Device!.DeviceId, connected.Role), out var stamp) || stamp != connected.Device.Stamp)
            {
                connection.Close(Invalidated, "device removed");
            }
        }
    }

    private async Task TellAsync(CancellationToken cancellationToken)
    {
        if (!hub.Connections.Any(connection => Scopes.Allows(connection.Connected!.Scopes, Scopes.Pairing)))
        {
            _began = _time.GetUtcNow();
            _told = [];
            return;
        }

        var (began, since) = (_began, _time.GetUtcNow() - Overlap);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await db.DeviceRequests.AsNoTracking()
            .Where(request => request.CreatedAt > since || request.DecidedAt > since).OrderBy(request => request.CreatedAt).ToListAsync(cancellationToken);
        var seen = new HashSet<(Guid, string?)>();
        foreach (var row in rows)
        {
            // One that nobody was asked about is told when it is decided alone.
            seen.Add((row.RequestId, null));
            if (!row.Silent && row.CreatedAt >= began && !_told.Contains((row.RequestId, null)))
            {
                hub.TellPairing("device.pair.requested", DeviceShapes.Of(row));
            }

            if (row.Decision is not { } decision)
            {
                continue;
            }

            seen.Add((row.RequestId, decision));
            if (row.DecidedAt >= began && !_told.Contains((row.RequestId, decision)))
            {
                hub.TellPairing("device.pair.resolved", DeviceShapes.Resolved(row, decision));
            }
        }

        await TellSetupsAsync(db, began, since, seen, cancellationToken);
        _told = seen;
    }

    private async Task TellSetupsAsync(OpenClawDbContext db, DateTimeOffset began, DateTimeOffset since, HashSet<(Guid, string?)> seen, CancellationToken cancellationToken)
    {
        foreach (var setup in await db.DeviceSetups.AsNoTracking().Where(setup => setup.CompletedAt > since).OrderBy(setup => setup.CompletedAt).ToListAsync(cancellationToken))
        {
            seen.Add((setup.SetupId, null));
            if (setup.CompletedAt >= began && !_told.Contains((setup.SetupId, null)))
            {
                hub.TellPairing("device.pair.setup.completed", DeviceShapes.Completed(setup)!);
            }
        }
    }
}
