using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Devices;
using OpenClaw.Data.Security;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Notices;
using OpenClaw.Jobs.Requests;

namespace OpenClaw.Jobs.Devices;

/// <summary>What nodes offer to do, and what of it their owner has approved. A node is a device with the role node.</summary>
public sealed class NodePairing(IDbContextFactory<OpenClawDbContext> contexts, OwnerNotifier notifier, TimeProvider time)
{
    private static readonly Refusal Unknown = new Refusal.NotFound("unknown_request", "unknown requestId");

    /// <summary>Every node that was let in, the newest first.</summary>
    public async Task<IReadOnlyList<Device>> ListAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Devices.AsNoTracking().Where(device => device.Roles.Contains(DeviceScopes.Node)).OrderByDescending(device => device.ApprovedAt).ToListAsync(cancellationToken);
    }

    public async Task<Device?> FindAsync(string nodeId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Devices.AsNoTracking().SingleOrDefaultAsync(device => device.DeviceId == nodeId && device.Roles.Contains(DeviceScopes.Node), cancellationToken);
    }

    /// <summary>A node has come and says what it can do. What is more than was approved waits; new tells that it did not wait before, and that the owner was told.</summary>
    public async Task<(Device Node, bool IsNew)?> OfferAsync(string nodeId, NodeOffer offer, string? displayName, string? version, string owner, CancellationToken cancellationToken)
    {
        using var transaction = AmbientTransaction.Begin();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await TakeAsync(db, nodeId, cancellationToken) is not { } node)
        {
            return null;
        }

        var (approved, pending) = (NodeSurface.Read(node.Node), PendingNodeSurface.Read(node.PendingNode));
        var isNew = false;
        if (approved is not null && offer.IsWithin(approved.Offer))
        {
            node.PendingNode = null;
        }
        else if (pending is null || !pending.Offer.Same(offer))
        {
            isNew = true;
            pending = new PendingNodeSurface(Guid.NewGuid().ToString(), offer, displayName, version, Silent: false, Now());
            node.PendingNode = JsonSerializer.Serialize(pending);
            await notifier.NotifyAsync(DeviceTexts.Offers(node, pending, owner), db, cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
        transaction.Complete();
        return (node, isNew);
    }

    public async Task<Decision<Device>> ApproveAsync(string requestId, DeviceApprover approver, CancellationToken cancellationToken)
    {
        using var transaction = AmbientTransaction.Begin();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await TakePendingAsync(db, requestId, cancellationToken) is not { } found)
        {
            return Unknown;
        }

        if (DeviceScopes.Missing(DeviceScopes.Operator, found.Pending.Offer.ApprovalScopes, approver.Scopes) is { } missing)
        {
            return new Refusal.Conflict("missing_scope", missing);
        }

        var earlier = NodeSurface.Read(found.Node.Node);
        found.Node.Node = JsonSerializer.Serialize(new NodeSurface(
            found.Pending.Offer, earlier?.DisplayName ?? found.Pending.DisplayName, found.Pending.Version, earlier?.CreatedAtMs ?? Now(), Now()));
        found.Node.PendingNode = null;
        await SaveAsync(db, approver.Actor, "node.approve", found.Node.DeviceId, string.Join(", ", found.Pending.Offer.Commands), cancellationToken);
        transaction.Complete();
        return found.Node;
    }

    public async Task<Device?> RejectAsync(string requestId, string actor, CancellationToken cancellationToken)
    {
        using var transaction = AmbientTransaction.Begin();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await TakePendingAsync(db, requestId, cancellationToken) is not { } found)
        {
            return null;
        }

        found.Node.PendingNode = null;
        await SaveAsync(db, actor, "node.reject", found.Node.DeviceId, null, cancellationToken);
        transaction.Complete();
        return found.Node;
    }

    /// <summary>Names a node that was approved. Returns whether there is one.</summary>
    public async Task<bool> RenameAsync(string nodeId, string name, string actor, CancellationToken cancellationToken)
    {
        using var transaction = AmbientTransaction.Begin();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await TakeAsync(db, nodeId, cancellationToken) is not { } node || NodeSurface.Read(node.Node) is not { } surface)
        {
            return false;
        }

        node.Node = JsonSerializer.Serialize(surface with { DisplayName = name });
        await SaveAsync(db, actor, "node.rename", nodeId, name, cancellationToken);
        transaction.Complete();
        return true;
    }

    private static async Task SaveAsync(OpenClawDbContext db, string actor, string action, string nodeId, string? detail, CancellationToken cancellationToken)
    {
        db.AuditLog.Add(new AuditEntry { Actor = actor, Action = action, Subject = $"device:{nodeId}", Detail = detail });
        await db.SaveChangesAsync(cancellationToken);
    }

    private static async Task<Device?> TakeAsync(OpenClawDbContext db, string nodeId, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({"device:" + nodeId}, 0))", cancellationToken);
        return await db.Devices.SingleOrDefaultAsync(device => device.DeviceId == nodeId && device.Roles.Contains(DeviceScopes.Node), cancellationToken);
    }

    private async Task<(Device Node, PendingNodeSurface Pending)?> TakePendingAsync(OpenClawDbContext db, string requestId, CancellationToken cancellationToken)
    {
        var all = await ListAsync(cancellationToken);
        var id = all.FirstOrDefault(node => PendingNodeSurface.Read(node.PendingNode)?.RequestId == requestId)?.DeviceId;
        return id is not null && await TakeAsync(db, id, cancellationToken) is { } taken && PendingNodeSurface.Read(taken.PendingNode) is { } pending && pending.RequestId == requestId
            ? (taken, pending)
            : null;
    }

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();
}
