using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Jobs.Engine;

namespace OpenClaw.Jobs.Devices;

/// <summary>What becomes of devices that are in.</summary>
public sealed partial class DevicePairing
{
    /// <summary>Puts a device out, with its tokens and requests. Returns whether it was in.</summary>
    public async Task<bool> RemoveAsync(string deviceId, string actor, CancellationToken cancellationToken)
    {
        using var transaction = AmbientTransaction.Begin();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await LockAsync(db, deviceId, cancellationToken);
        if (await db.Devices.Where(device => device.DeviceId == deviceId).ExecuteDeleteAsync(cancellationToken) == 0)
        {
            return false;
        }

        await DropRequestsAsync(db, deviceId, cancellationToken);
        Note(db, actor, "device.remove", deviceId, null);
        await db.SaveChangesAsync(cancellationToken);
        transaction.Complete();
        return true;
    }

    /// <summary>Takes a role from a device; one without any is put out. Returns whether it had the role.</summary>
    public async Task<bool> RemoveRoleAsync(string deviceId, string role, string actor, CancellationToken cancellationToken)
    {
        var known = await FindAsync(deviceId, cancellationToken);
        if (known is null || !known.Roles.Contains(role))
        {
            return false;
        }

        if (known.Roles.Length == 1)
        {
            return await RemoveAsync(deviceId, actor, cancellationToken);
        }

        using var transaction = AmbientTransaction.Begin();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await LockAsync(db, deviceId, cancellationToken);
        if (await db.Devices.SingleOrDefaultAsync(device => device.DeviceId == deviceId, cancellationToken) is not { } row)
        {
            return false;
        }

        row.Roles = [.. row.Roles.Where(each => each != role)];
        row.Scopes = [.. row.Roles.SelectMany(each => DeviceScopes.Of(each, row.Scopes)).Distinct()];
        (row.Node, row.PendingNode) = role == DeviceScopes.Node ? (null, null) : (row.Node, row.PendingNode);
        await db.DeviceTokens.Where(token => token.DeviceId == deviceId && token.Role == role).ExecuteDeleteAsync(cancellationToken);
        Note(db, actor, "device.remove_role", deviceId, role);
        await db.SaveChangesAsync(cancellationToken);
        transaction.Complete();
        return true;
    }

    /// <summary>Gives the device a name of its owner's. Returns whether there is one.</summary>
    public async Task<bool> RenameAsync(string deviceId, string label, string actor, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Devices.Where(device => device.DeviceId == deviceId).ExecuteUpdateAsync(set => set.SetProperty(device => device.Label, label), cancellationToken) == 0)
        {
            return false;
        }

        Note(db, actor, "device.rename", deviceId, label);
        await db.SaveChangesAsync(cancellationToken);
        return true;
    }

    /// <summary>What a connection says of its device, kept to the minute.</summary>
    public async Task SeenAsync(DeviceCandidate candidate, string reason, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        var before = now - TimeSpan.FromMinutes(1);
        await db.Devices.Where(device => device.DeviceId == candidate.DeviceId && (device.LastSeenAt == null || device.LastSeenAt < before)).ExecuteUpdateAsync(
            set => set.SetProperty(device => device.LastSeenAt, now).SetProperty(device => device.LastSeenReason, reason)
                .SetProperty(device => device.DisplayName, device => candidate.DisplayName ?? device.DisplayName)
                .SetProperty(device => device.RemoteIp, device => candidate.RemoteIp ?? device.RemoteIp),
            cancellationToken);
    }

    private static Task<int> DropRequestsAsync(OpenClawDbContext db, string deviceId, CancellationToken cancellationToken) =>
        db.DeviceRequests.Where(request => request.DeviceId == deviceId && request.Decision == null).ExecuteDeleteAsync(cancellationToken);
}
