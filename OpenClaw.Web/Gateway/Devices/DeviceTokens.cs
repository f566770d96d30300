using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Devices;
using OpenClaw.Data.Security;
using OpenClaw.Jobs.Devices;
using OpenClaw.Web.Security;

namespace OpenClaw.Web.Gateway.Devices;

/// <summary>
/// Tokens of devices. One is made of the gateway's token and a salt, so that a device that has lost its own is told the same
/// again, and neither a copy of the database nor of the gateway's token is enough to make it. The database holds a hash.
/// </summary>
internal sealed class DeviceTokens(IDbContextFactory<OpenClawDbContext> contexts, AuthToken gateway, TimeProvider time)
{
    private const int SaltBytes = 32;

    private static readonly TimeSpan UseIsNoted = TimeSpan.FromMinutes(1);

    /// <summary>The token of the device for the role, with at least these scopes; null when it was not approved for them.</summary>
    /// <param name="device">One that is in.</param>
    /// <param name="role">One of its roles.</param>
    /// <param name="scopes">What is asked for.</param>
    /// <param name="shown">What the device has shown; it is told again where it still holds.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IssuedToken?> EnsureAsync(Device device, string role, IReadOnlyList<string> scopes, string? shown, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var token = await db.DeviceTokens.SingleOrDefaultAsync(row => row.DeviceId == device.DeviceId && row.Role == role, cancellationToken);
        var asked = DeviceScopes.Of(role, scopes);
        if (!device.Roles.Contains(role) || !DeviceScopes.Allow(role, asked, device.Scopes))
        {
            return null;
        }

        if (token is { RevokedAt: null } && DeviceScopes.Allow(role, asked, token.Scopes))
        {
            if (shown is not null && Holds(token, shown))
            {
                return Issued(device, token, shown);
            }

            var again = Make(token);
            if (token.Hash is null || Holds(token, again))
            {
                await db.DeviceTokens.Where(row => row.DeviceId == device.DeviceId && row.Role == role && row.Salt == token.Salt && row.Hash == null)
                    .ExecuteUpdateAsync(set => set.SetProperty(row => row.Hash, Hash(again)), cancellationToken);
                return Issued(device, token, again);
            }
        }

        // It was revoked, or the gateway's token has changed since.
        var now = time.GetUtcNow();
        if (token is null)
        {
            token = new DeviceToken { DeviceId = device.DeviceId, Role = role, Salt = [], Scopes = asked, CreatedAt = now };
            db.DeviceTokens.Add(token);
        }
        else
        {
            (token.RotatedAt, token.RevokedAt) = (now, null);
        }

        return await RenewAsync(db, device, token, asked, cancellationToken);
    }

    /// <summary>What is wrong with a device's token; null when it is right.</summary>
    public async Task<AuthFault?> CheckAsync(string deviceId, string publicKey, string role, IReadOnlyList<string> scopes, string given, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await (
            from row in db.DeviceTokens
            join device in db.Devices on row.DeviceId equals device.DeviceId
            where row.DeviceId == deviceId && row.Role == role && device.PublicKey == publicKey
            select new { Token = row, device.Scopes }).AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        if (found is null || found.Token.RevokedAt is not null || !Holds(found.Token, given))
        {
            return AuthFault.DeviceTokenMismatch;
        }

        if (!DeviceScopes.Allow(role, found.Token.Scopes, found.Scopes) || !DeviceScopes.Allow(role, DeviceScopes.Normalize(scopes), found.Token.Scopes))
        {
            return AuthFault.ScopeMismatch;
        }

        var (now, before) = (time.GetUtcNow(), time.GetUtcNow() - UseIsNoted);
        await db.DeviceTokens.Where(row => row.DeviceId == deviceId && row.Role == role && (row.LastUsedAt == null || row.LastUsedAt < before))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.LastUsedAt, now), cancellationToken);
        return null;
    }

    /// <summary>Another token in the place of the one there is, whose connections end; null when the device has no such role, or was not approved for these scopes.</summary>
    /// <param name="deviceId">The device.</param>
    /// <param name="role">One of its roles.</param>
    /// <param name="scopes">Of the new one; null for those of the old one.</param>
    /// <param name="held">Of whoever asks: nobody gives what they do not hold; null where that does not matter.</param>
    /// <param name="actor">As in the audit.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IssuedToken?> RotateAsync(string deviceId, string role, IReadOnlyList<string>? scopes, IReadOnlyList<string>? held, string actor, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var device = await db.Devices.AsNoTracking().SingleOrDefaultAsync(row => row.DeviceId == deviceId, cancellationToken);
        if (device is null || !device.Roles.Contains(role))
        {
            return null;
        }

        var now = time.GetUtcNow();
        var token = await db.DeviceTokens.SingleOrDefaultAsync(row => row.DeviceId == deviceId && row.Role == role, cancellationToken);
        var asked = DeviceScopes.Normalize(scopes ?? token?.Scopes ?? DeviceScopes.Of(role, device.Scopes));
        if (!DeviceScopes.Allow(role, asked, device.Scopes) || (held is not null && !DeviceScopes.Allow(role, asked, held)))
        {
            return null;
        }

        if (token is null)
        {
            token = new DeviceToken { DeviceId = deviceId, Role = role, Salt = [], Scopes = asked, CreatedAt = now };
            db.DeviceTokens.Add(token);
        }

        (token.RotatedAt, token.RevokedAt, token.Epoch) = (now, null, token.Epoch + 1);
        db.AuditLog.Add(new AuditEntry { Actor = actor, Action = "device.rotate", Subject = $"device:{deviceId}", Detail = role });
        return await RenewAsync(db, device, token, asked, cancellationToken);
    }

    /// <summary>Ends the token and its connections. Returns when; null when there is none, or it holds more than whoever asks.</summary>
    public async Task<DateTimeOffset?> RevokeAsync(string deviceId, string role, IReadOnlyList<string>? held, string actor, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var token = await db.DeviceTokens.SingleOrDefaultAsync(row => row.DeviceId == deviceId && row.Role == role, cancellationToken);
        if (token is null || (held is not null && !DeviceScopes.Allow(role, token.Scopes, held)))
        {
            return null;
        }

        var now = time.GetUtcNow();
        (token.RevokedAt, token.Epoch) = (now, token.Epoch + 1);
        db.AuditLog.Add(new AuditEntry { Actor = actor, Action = "device.revoke", Subject = $"device:{deviceId}", Detail = role });
        await db.SaveChangesAsync(cancellationToken);
        return now;
    }

    /// <summary>The stamps of these devices' tokens as they are now, by device and role.</summary>
    public async Task<IReadOnlyDictionary<(string DeviceId, string Role), string>> StampsAsync(IReadOnlyCollection<string> deviceIds, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await (
            from token in db.DeviceTokens
            join device in db.Devices on token.DeviceId equals device.DeviceId
            where deviceIds.Contains(token.DeviceId)
            select new { token.DeviceId, token.Role, token.Epoch, device.CreatedAt }).ToListAsync(cancellationToken);
        return rows.ToDictionary(row => (row.DeviceId, row.Role), row => Stamp(row.CreatedAt, row.Epoch));
    }

    private async Task<IssuedToken> RenewAsync(OpenClawDbContext db, Device device, DeviceToken token, string[] scopes, CancellationToken cancellationToken)
    {
        token.Salt = RandomNumberGenerator.GetBytes(SaltBytes);
        token.Scopes = scopes;
        var made = Make(token);
        token.Hash = Hash(made);
        await db.SaveChangesAsync(cancellationToken);
        return Issued(device, token, made);
    }

    private static IssuedToken Issued(Device device, DeviceToken token, string made) => new(made, token.Role, Stamp(device.CreatedAt, token.Epoch), token.Scopes, token.RotatedAt ?? token.CreatedAt);

    private string Make(DeviceToken token) =>
        Base64Url.EncodeToString(gateway.Derive([.. Encoding.UTF8.GetBytes($"device:{token.DeviceId}:{token.Role}:"), .. token.Salt]));

    private static bool Holds(DeviceToken token, string given) => token.Hash is { } hash && CryptographicOperations.FixedTimeEquals(Hash(given), hash);

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    // A device that was removed and came back is another one.
    private static string Stamp(DateTimeOffset createdAt, int epoch) => string.Create(CultureInfo.InvariantCulture, $"{createdAt.UtcTicks / TimeSpan.TicksPerMillisecond}:{epoch}");
}
