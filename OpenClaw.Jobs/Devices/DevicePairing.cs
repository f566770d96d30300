using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Devices;
using OpenClaw.Data.Security;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Notices;
using OpenClaw.Jobs.Requests;

namespace OpenClaw.Jobs.Devices;

/// <summary>Lets devices in, for what somebody with that right approves, and puts them out again.</summary>
public sealed partial class DevicePairing(IDbContextFactory<OpenClawDbContext> contexts, OwnerNotifier notifier, TimeProvider time)
{
    /// <summary>A request waits so long after the device last asked. Ours: five minutes, as in the real gateway, are not enough for somebody who reads of it on the phone.</summary>
    public static readonly TimeSpan RequestLife = TimeSpan.FromHours(1);

    // Of requests that are over; nodes that were away hear of nothing older.
    private static readonly TimeSpan KeptDecided = TimeSpan.FromDays(1);

    /// <summary>What a request was decided to.</summary>
    public const string Approved = "approved";

    /// <summary>The gateway's token is enough.</summary>
    public const string ByToken = "silent";

    /// <summary>A setup code is enough.</summary>
    public const string BySetupCode = "bootstrap";

    private const string Rejected = "rejected";
    private const int SaltBytes = 32;

    private static readonly Refusal Unknown = new Refusal.NotFound("unknown_request", "unknown requestId");

    public async Task<Device?> FindAsync(string deviceId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Devices.AsNoTracking().SingleOrDefaultAsync(device => device.DeviceId == deviceId, cancellationToken);
    }

    /// <summary>The requests that wait and the devices that are in, the newest first.</summary>
    public async Task<DeviceList> ListAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return new DeviceList(
            await Waiting(db).OrderByDescending(request => request.CreatedAt).AsNoTracking().ToListAsync(cancellationToken),
            await db.Devices.OrderByDescending(device => device.ApprovedAt).AsNoTracking().ToListAsync(cancellationToken),
            (await db.DeviceTokens.AsNoTracking().ToListAsync(cancellationToken)).ToLookup(token => token.DeviceId));
    }

    public async Task<DeviceRequest?> PendingAsync(string requestId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return Guid.TryParse(requestId, out var id) ? await Waiting(db).AsNoTracking().SingleOrDefaultAsync(request => request.RequestId == id, cancellationToken) : null;
    }

    /// <summary>A request that waits, or was decided not long ago.</summary>
    public async Task<DeviceRequest?> FindRequestAsync(string requestId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return Guid.TryParse(requestId, out var id) ? await db.DeviceRequests.AsNoTracking().SingleOrDefaultAsync(request => request.RequestId == id, cancellationToken) : null;
    }

    /// <summary>The request of a device that asks; the one that waits already, where it asks for no more. The owner is told of a new one.</summary>
    public async Task<DeviceRequest> RequestAsync(DeviceCandidate candidate, string owner, CancellationToken cancellationToken)
    {
        using var transaction = AmbientTransaction.Begin();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await LockAsync(db, candidate.DeviceId, cancellationToken);
        var now = time.GetUtcNow();
        await ForgetAsync(db, now, cancellationToken);
        var isRepair = await db.Devices.AnyAsync(device => device.DeviceId == candidate.DeviceId, cancellationToken);
        var waiting = await Waiting(db).Where(request => request.DeviceId == candidate.DeviceId).ToListAsync(cancellationToken);
        var asked = DeviceScopes.Normalize(candidate.Scopes);
        var request = waiting.Find(known => known.PublicKey == candidate.PublicKey && known.Role == candidate.Role && DeviceScopes.Allow(known.Role, asked, known.Scopes));
        if (request is null)
        {
            foreach (var superseded in waiting)
            {
                (superseded.Decision, superseded.DecidedAt) = (Rejected, now);
            }

            // What it asked for before it still wants.
            request = New(candidate, [.. waiting.SelectMany(earlier => earlier.Roles)], [.. asked, .. waiting.SelectMany(earlier => earlier.Scopes)], now, silent: false);
            db.DeviceRequests.Add(request);
            await notifier.NotifyAsync(DeviceTexts.Asks(request, owner), db, cancellationToken);
        }

        (request.RefreshedAt, request.IsRepair, request.RemoteIp) = (now, request.IsRepair || isRepair, candidate.RemoteIp ?? request.RemoteIp);
        (request.DisplayName, request.Platform) = (candidate.DisplayName ?? request.DisplayName, candidate.Platform ?? request.Platform);
        await db.SaveChangesAsync(cancellationToken);
        transaction.Complete();
        return request;
    }

    /// <summary>Lets a device in, or gives it more, without anybody being asked.</summary>
    /// <param name="candidate">The device.</param>
    /// <param name="actor">As in the audit.</param>
    /// <param name="via">Why nobody is asked.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Device> AdmitAsync(DeviceCandidate candidate, string actor, string via, CancellationToken cancellationToken)
    {
        using var transaction = AmbientTransaction.Begin();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await LockAsync(db, candidate.DeviceId, cancellationToken);

        // Of several processes of a device that come at once the first lets it in.
        if (await db.Devices.AsNoTracking().SingleOrDefaultAsync(device => device.DeviceId == candidate.DeviceId, cancellationToken) is { } known
            && known.PublicKey == candidate.PublicKey && known.Platform == candidate.Platform && known.Roles.Contains(candidate.Role)
            && DeviceScopes.Allow(candidate.Role, DeviceScopes.Normalize(candidate.Scopes), known.Scopes))
        {
            return known;
        }

        var now = time.GetUtcNow();
        await ForgetAsync(db, now, cancellationToken);
        foreach (var waiting in await Waiting(db).Where(request => request.DeviceId == candidate.DeviceId && request.Role == candidate.Role).ToListAsync(cancellationToken))
        {
            (waiting.Decision, waiting.DecidedAt) = (Approved, now);
        }

        var request = New(candidate, [], candidate.Scopes, now, silent: true);
        (request.Decision, request.DecidedAt) = (Approved, now);
        db.DeviceRequests.Add(request);
        var device = await ApplyAsync(db, request, new DeviceApprover(actor, [], via), now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        transaction.Complete();
        return device;
    }

    public async Task<Decision<Device>> ApproveAsync(string requestId, DeviceApprover approver, CancellationToken cancellationToken)
    {
        using var transaction = AmbientTransaction.Begin();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await TakeAsync(db, requestId, cancellationToken) is not { } request)
        {
            return Unknown;
        }

        if (request.Scopes.FirstOrDefault(scope => !request.Roles.Any(role => scope.StartsWith($"{role}.", StringComparison.Ordinal))) is { } foreign)
        {
            return new Refusal.Conflict("scope_of_another_role", $"invalid scope for requested roles: {foreign}");
        }

        if (request.Roles.Contains(DeviceScopes.Operator) && DeviceScopes.Missing(DeviceScopes.Operator, DeviceScopes.Of(DeviceScopes.Operator, request.Scopes), approver.Scopes) is { } missing)
        {
            return new Refusal.Conflict("missing_scope", $"missing scope: {missing}");
        }

        var now = time.GetUtcNow();
        (request.Decision, request.DecidedAt) = (Approved, now);
        var device = await ApplyAsync(db, request, approver, now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        transaction.Complete();
        return device;
    }

    public async Task<DeviceRequest?> RejectAsync(string requestId, string actor, CancellationToken cancellationToken)
    {
        using var transaction = AmbientTransaction.Begin();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await TakeAsync(db, requestId, cancellationToken) is not { } request)
        {
            return null;
        }

        (request.Decision, request.DecidedAt) = (Rejected, time.GetUtcNow());
        Note(db, actor, "device.reject", request.DeviceId, null);
        await db.SaveChangesAsync(cancellationToken);
        transaction.Complete();
        return request;
    }

    // One at a time decides about a device, whichever node it is on.
    private static Task<int> LockAsync(OpenClawDbContext db, string deviceId, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({"device:" + deviceId}, 0))", cancellationToken);

    private IQueryable<DeviceRequest> Waiting(OpenClawDbContext db)
    {
        var oldest = time.GetUtcNow() - RequestLife;
        return db.DeviceRequests.Where(request => request.Decision == null && request.RefreshedAt > oldest);
    }

    private async Task<DeviceRequest?> TakeAsync(OpenClawDbContext db, string requestId, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(requestId, out var id) || await Waiting(db).AsNoTracking().SingleOrDefaultAsync(request => request.RequestId == id, cancellationToken) is not { } found)
        {
            return null;
        }

        await LockAsync(db, found.DeviceId, cancellationToken);
        return await Waiting(db).SingleOrDefaultAsync(request => request.RequestId == id, cancellationToken);
    }

    private static DeviceRequest New(DeviceCandidate candidate, IReadOnlyCollection<string> roles, IReadOnlyCollection<string> scopes, DateTimeOffset now, bool silent) => new()
    {
        RequestId = Guid.NewGuid(),
        DeviceId = candidate.DeviceId,
        PublicKey = candidate.PublicKey,
        DisplayName = candidate.DisplayName,
        Platform = candidate.Platform,
        DeviceFamily = candidate.DeviceFamily,
        ClientId = candidate.ClientId,
        ClientMode = candidate.ClientMode,
        Role = candidate.Role,
        Roles = [.. roles.Append(candidate.Role).Distinct()],
        Scopes = DeviceScopes.Normalize(scopes),
        RemoteIp = candidate.RemoteIp,
        Silent = silent,
        CreatedAt = now,
        RefreshedAt = now,
    };

    private static async Task<Device> ApplyAsync(OpenClawDbContext db, DeviceRequest request, DeviceApprover approver, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var device = await db.Devices.SingleOrDefaultAsync(row => row.DeviceId == request.DeviceId, cancellationToken);
        if (device is null)
        {
            device = new Device
            {
                DeviceId = request.DeviceId,
                PublicKey = request.PublicKey,
                Roles = [],
                Scopes = [],
                ApprovedVia = approver.Via,
                ApprovedBy = approver.Actor,
                CreatedAt = now,
                ApprovedAt = now,
            };
            db.Devices.Add(device);
        }

        device.PublicKey = request.PublicKey;
        device.Roles = [.. device.Roles.Union(request.Roles)];
        device.Scopes = DeviceScopes.Normalize([.. device.Scopes, .. request.Scopes]);
        (device.DisplayName, device.Platform, device.DeviceFamily) = (request.DisplayName, request.Platform, request.DeviceFamily);
        (device.ClientId, device.ClientMode, device.RemoteIp) = (request.ClientId, request.ClientMode, request.RemoteIp);

        // What somebody has approved stays so.
        device.ApprovedVia = device.ApprovedVia == "owner" ? device.ApprovedVia : approver.Via;
        (device.ApprovedBy, device.ApprovedAt) = (approver.Actor, now);
        foreach (var role in request.Roles)
        {
            await GiveTokenAsync(db, device, role, request.Scopes, now, cancellationToken);
        }

        Note(db, approver.Actor, "device.approve", request.DeviceId, $"{string.Join(", ", request.Roles)}: {string.Join(", ", request.Scopes)} ({approver.Via})");
        return device;
    }

    private static async Task GiveTokenAsync(OpenClawDbContext db, Device device, string role, string[] scopes, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var token = await db.DeviceTokens.SingleOrDefaultAsync(row => row.DeviceId == device.DeviceId && row.Role == role, cancellationToken);
        var held = DeviceScopes.Of(role, [.. token?.Scopes ?? [], .. scopes]);
        if (token is null)
        {
            db.DeviceTokens.Add(new DeviceToken { DeviceId = device.DeviceId, Role = role, Salt = RandomNumberGenerator.GetBytes(SaltBytes), Scopes = held, CreatedAt = now });
            return;
        }

        (token.Salt, token.Hash, token.Scopes, token.RotatedAt, token.RevokedAt) = (RandomNumberGenerator.GetBytes(SaltBytes), null, held, now, null);
    }

    private static Task<int> ForgetAsync(OpenClawDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (decided, asked) = (now - KeptDecided, now - RequestLife - KeptDecided);
        return db.DeviceRequests.Where(request => request.DecidedAt < decided || (request.Decision == null && request.RefreshedAt < asked)).ExecuteDeleteAsync(cancellationToken);
    }

    private static void Note(OpenClawDbContext db, string actor, string action, string deviceId, string? detail) =>
        db.AuditLog.Add(new AuditEntry { Actor = actor, Action = action, Subject = $"device:{deviceId}", Detail = detail });
}

/// <summary>Every device.</summary>
/// <param name="Pending">Requests that wait.</param>
/// <param name="Paired">Those that are in.</param>
/// <param name="Tokens">By device.</param>
public sealed record DeviceList(IReadOnlyList<DeviceRequest> Pending, IReadOnlyList<Device> Paired, ILookup<string, DeviceToken> Tokens);
