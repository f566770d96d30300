using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Devices;
using OpenClaw.Data.Security;
using OpenClaw.Jobs.Engine;

namespace OpenClaw.Jobs.Devices;

/// <summary>Setup codes: each lets one device in, once, without anybody being asked again. The database holds a hash.</summary>
public sealed class DeviceSetups(IDbContextFactory<OpenClawDbContext> contexts, DevicePairing pairing, TimeProvider time)
{
    /// <summary>A code is good for so long, as in the real gateway.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    private const int TokenBytes = 32;

    /// <summary>Makes one, and returns the token that the code holds.</summary>
    public async Task<(DeviceSetup Setup, string Token)> IssueAsync(DeviceAccess access, string actor, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var (token, now) = (Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes)), time.GetUtcNow());
        var over = now - Kept;
        await db.DeviceSetups.Where(known => known.ExpiresAt < over).ExecuteDeleteAsync(cancellationToken);
        var setup = new DeviceSetup { SetupId = Guid.NewGuid(), Hash = Hash(token), Access = access.Name, CreatedBy = actor, CreatedAt = now, ExpiresAt = now + Life };
        db.DeviceSetups.Add(setup);
        db.AuditLog.Add(new AuditEntry { Actor = actor, Action = "device.setup", Subject = $"setup:{setup.SetupId}", Detail = access.Name });
        await db.SaveChangesAsync(cancellationToken);
        return (setup, token);
    }

    /// <summary>A code, also when it was used, for a day after its time.</summary>
    public async Task<DeviceSetup?> FindAsync(string setupId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return Guid.TryParse(setupId, out var id) ? await db.DeviceSetups.AsNoTracking().SingleOrDefaultAsync(setup => setup.SetupId == id, cancellationToken) : null;
    }

    /// <summary>Lets the device in that shows a code's token, for all that the code is for; null when the code is not good, or not for what it asks.</summary>
    public async Task<Device?> RedeemAsync(string token, DeviceCandidate candidate, CancellationToken cancellationToken)
    {
        using var transaction = AmbientTransaction.Begin();
        var (hash, now) = (Hash(token), time.GetUtcNow());
        DeviceSetup? setup;
        await using (var db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            // Of two that show it at once the first one has it.
            if (await db.DeviceSetups.Where(known => known.Hash == hash && known.CompletedAt == null && known.ExpiresAt > now).ExecuteUpdateAsync(
                set => set.SetProperty(known => known.CompletedAt, now).SetProperty(known => known.DeviceId, candidate.DeviceId).SetProperty(known => known.DeviceName, candidate.DisplayName),
                cancellationToken) == 0)
            {
                return null;
            }

            setup = await db.DeviceSetups.AsNoTracking().SingleAsync(known => known.Hash == hash, cancellationToken);
        }

        var access = DeviceAccess.Of(setup.Access);
        if (!access.Roles.Contains(candidate.Role) || !DeviceScopes.Allow(candidate.Role, DeviceScopes.Normalize(candidate.Scopes), access.Scopes))
        {
            return null;
        }

        Device? device = null;
        foreach (var role in access.Roles)
        {
            device = await pairing.AdmitAsync(candidate with { Role = role, Scopes = role == DeviceScopes.Operator ? access.Scopes : [] }, $"setup:{setup.CreatedBy}", DevicePairing.BySetupCode, cancellationToken);
        }

        transaction.Complete();
        return device;
    }

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}

/// <summary>What a setup code lets a device be and do, as in the real gateway.</summary>
/// <param name="Name">In the database and the protocol.</param>
/// <param name="Roles">All of which the device has at once.</param>
/// <param name="Scopes">As an operator.</param>
public sealed record DeviceAccess(string Name, IReadOnlyList<string> Roles, IReadOnlyList<string> Scopes)
{
    /// <summary>A node host, and nothing else.</summary>
    public static readonly DeviceAccess Node = new("node", [DeviceScopes.Node], []);

    /// <summary>A phone that reads and writes.</summary>
    public static readonly DeviceAccess Limited = new(
        "limited", [DeviceScopes.Node, DeviceScopes.Operator], ["operator.approvals", "operator.questions", DeviceScopes.Read, "operator.talk.secrets", DeviceScopes.Write]);

    /// <summary>A phone of an admin's.</summary>
    public static readonly DeviceAccess Full = new("full", Limited.Roles, [DeviceScopes.Admin, .. Limited.Scopes]);

    public static DeviceAccess Of(string name) => name switch
    {
        "node" => Node,
        "limited" => Limited,
        _ => Full,
    };
}
