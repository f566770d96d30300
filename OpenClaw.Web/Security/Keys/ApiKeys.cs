using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using OpenClaw.Data;
using OpenClaw.Data.Security;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Outages;
using OpenClaw.Jobs.Requests;
using OpenClaw.Web.Hosting;

namespace OpenClaw.Web.Security.Keys;

/// <summary>
/// The keys of programs. A node looks a key up again after half a second, so that one which is revoked is nowhere good for longer;
/// while the database is away, what was known goes on.
/// </summary>
internal sealed class ApiKeys(IDbContextFactory<OpenClawDbContext> contexts, AgentQueries agents, TimeProvider time)
{
    /// <summary>How long the secret before a rotation stays good when nobody says otherwise.</summary>
    public static readonly TimeSpan DefaultOverlap = TimeSpan.FromHours(24);

    public static readonly TimeSpan LongestOverlap = TimeSpan.FromDays(30);

    /// <summary>Keys of an owner that are not revoked.</summary>
    public const int MostKeys = 200;

    // More keys in use at once than people make; beyond it each request asks the database.
    private const int MostKnown = 2_000;

    private static readonly TimeSpan LooksAgain = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan NotesUse = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, (ApiKey? Key, DateTimeOffset Now, long LookedAt)> _known = new();

    /// <summary>What whoever shows this may do, or why nothing.</summary>
    /// <param name="shown">The key as it was sent.</param>
    /// <param name="address">From where.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<(KeyGrant? Grant, KeyFault Fault)> CheckAsync(string shown, IPAddress? address, CancellationToken cancellationToken)
    {
        if (KeyText.Parse(shown) is not { } text || await FindAsync(text.Id, cancellationToken) is not { Key: { } key } found || !Matches(key, text, found.Now))
        {
            return (null, KeyFault.Unknown);
        }

        // From here on it is known who asks, and they may know what is wrong.
        if (key.RevokedAt is not null || key.ExpiresAt <= found.Now)
        {
            return (null, key.RevokedAt is not null ? KeyFault.Revoked : KeyFault.Expired);
        }

        if (key.Addresses.Count > 0 && !key.Addresses.Any(allowed => TrustedProxies.TryParse(allowed, out var network) && network.Contains(address)))
        {
            return (null, KeyFault.Elsewhere);
        }

        if (key.LastUsedAt is null || key.LastUsedAt < found.Now - NotesUse)
        {
            key.LastUsedAt = found.Now;
            await NoteUseAsync(key.Id, address, cancellationToken);
        }

        return (KeyGrant.Of(key), KeyFault.None);
    }

    /// <summary>The newest first, the revoked among them; those who run the service see the keys of all owners.</summary>
    public async Task<IReadOnlyList<ApiKey>> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Of(db, caller).AsNoTracking().OrderBy(key => key.RevokedAt != null).ThenByDescending(key => key.CreatedAt)
            .Take(2 * MostKeys).ToListAsync(cancellationToken);
    }

    /// <summary>A key that is good.</summary>
    public async Task<Decision<ApiKey>> FindAsync(string id, Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Of(db, caller).AsNoTracking().SingleOrDefaultAsync(key => key.Id == id && key.RevokedAt == null, cancellationToken) is { } key ? key : NotFound(id);
    }

    /// <summary>Makes a key; what is returned with it is shown once.</summary>
    public async Task<Decision<NewKey>> CreateAsync(KeyDraft draft, Caller caller, CancellationToken cancellationToken)
    {
        if (draft.Check(time.GetUtcNow()) is { } wrong)
        {
            return wrong;
        }

        var owner = draft.Owner ?? caller.Owner;
        if (owner != caller.Owner && !caller.MayManage)
        {
            return Refusal.Invalid.Of("owner", $"You make keys of {caller.Owner} alone; those who run the service make keys of other owners.");
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.ApiKeys.CountAsync(other => other.Owner == owner && other.RevokedAt == null, cancellationToken) >= MostKeys)
        {
            return new Refusal.Conflict("too_many_keys", $"There are {MostKeys} keys; revoke one that is not needed any more.");
        }

        var ids = draft.Agents.Distinct().ToArray();
        if (await agents.WhyNotOfAsync(owner, ids, cancellationToken) is { } foreign)
        {
            return foreign;
        }

        var text = KeyText.New();
        var key = new ApiKey
        {
            Id = text.Id,
            Owner = owner,
            Name = draft.Name!,
            Scopes = [.. draft.Scopes.Distinct().Order(StringComparer.Ordinal)],
            AgentIds = ids,
            Addresses = [.. draft.Addresses.Distinct()],
            RequestsPerMinute = draft.RequestsPerMinute,
            Hash = text.Hash,
            CreatedBy = caller.Actor,
            ExpiresAt = draft.ExpiresAt?.ToUniversalTime(),
        };
        db.ApiKeys.Add(key);
        db.AuditLog.Add(new AuditEntry { Actor = caller.Actor, Action = "key.create", Subject = $"key:{key.Id}", Detail = $"{key.Name}{(owner == caller.Owner ? "" : $" of {owner}")}: {string.Join(", ", key.Scopes)}" });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return new Refusal.Conflict("key_name_taken", $"There is a key \"{draft.Name}\" already; take another name, or rotate it.");
        }

        return new NewKey(key, text.ToString());
    }

    /// <summary>Gives the key another secret. The one before stays good for the overlap, so that both can be in use meanwhile.</summary>
    public async Task<Decision<NewKey>> RotateAsync(string id, TimeSpan overlap, Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await Of(db, caller).SingleOrDefaultAsync(key => key.Id == id && key.RevokedAt == null, cancellationToken) is not { } key)
        {
            return NotFound(id);
        }

        var text = KeyText.Again(key.Id);
        (key.PreviousHash, key.PreviousUntil, key.Hash) = (key.Hash, time.GetUtcNow() + overlap, text.Hash);
        db.AuditLog.Add(new AuditEntry { Actor = caller.Actor, Action = "key.rotate", Subject = $"key:{key.Id}", Detail = key.Name });
        await db.SaveChangesAsync(cancellationToken);
        _known.TryRemove(id, out _);
        return new NewKey(key, text.ToString());
    }

    /// <summary>Ends the key everywhere, and the connections of who came with it.</summary>
    public async Task<Decision<ApiKey>> RevokeAsync(string id, Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await Of(db, caller).SingleOrDefaultAsync(key => key.Id == id && key.RevokedAt == null, cancellationToken) is not { } key)
        {
            return NotFound(id);
        }

        key.RevokedAt = time.GetUtcNow();
        db.AuditLog.Add(new AuditEntry { Actor = caller.Actor, Action = "key.revoke", Subject = $"key:{key.Id}", Detail = key.Name });
        await db.SaveChangesAsync(cancellationToken);
        await db.ClientInstances.Where(instance => instance.KeyId == id).ExecuteDeleteAsync(cancellationToken);
        _known.TryRemove(id, out _);
        return key;
    }

    /// <summary>Those of the keys that are good no more.</summary>
    public async Task<IReadOnlySet<string>> EndedAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return (await db.ApiKeys.Where(key => ids.Contains(key.Id) && (key.RevokedAt != null || key.ExpiresAt <= OpenClawDbContext.Now())).Select(key => key.Id).ToListAsync(cancellationToken)).ToHashSet();
    }

    /// <summary>
    /// Whether a client that comes with this key may be that instance, whose inbox it then has: the first key that comes as an
    /// instance has it, unless messages wait for one that came without.
    /// </summary>
    public async Task<bool> MayBeAsync(string instanceId, string keyId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var address = Jobs.Messages.Addresses.OfClient(instanceId);
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO openclaw.client_instances (instance_id, key_id)
            SELECT {instanceId}, {keyId} WHERE NOT EXISTS (SELECT FROM openclaw_system.notifications WHERE recipient = {address} AND state IN ('accepted', 'parked'))
            ON CONFLICT DO NOTHING
            """,
            cancellationToken);
        return await db.ClientInstances.AnyAsync(instance => instance.InstanceId == instanceId && instance.KeyId == keyId, cancellationToken);
    }

    // Those who run the service see to the keys of all owners.
    private static IQueryable<ApiKey> Of(OpenClawDbContext db, Caller caller) => db.ApiKeys.Where(key => key.Owner == caller.Owner || caller.MayManage);

    private static Refusal.NotFound NotFound(string id) => new("key_not_found", $"There is no key {Jobs.ForeignInput.ForeignText.Quote(id)}, or it is revoked already.");

    private static bool Matches(ApiKey key, KeyText shown, DateTimeOffset now)
    {
        var hash = shown.Hash;
        return CryptographicOperations.FixedTimeEquals(hash, key.Hash)
            | (key.PreviousHash is { } previous && CryptographicOperations.FixedTimeEquals(hash, previous) && key.PreviousUntil > now);
    }

    private async Task<(ApiKey? Key, DateTimeOffset Now)?> FindAsync(string id, CancellationToken cancellationToken)
    {
        var isKnown = _known.TryGetValue(id, out var known);
        if (isKnown && time.GetElapsedTime(known.LookedAt) is var age && age < LooksAgain)
        {
            return (known.Key, known.Now + age);
        }

        try
        {
            var (key, now) = await ReadAsync(id, cancellationToken);
            if (key is null)
            {
                // Ids that nobody has are not remembered: there are as many as a stranger likes.
                _known.TryRemove(id, out _);
            }
            else if (isKnown || _known.Count < MostKnown)
            {
                _known[id] = (key, now, time.GetTimestamp());
            }

            return (key, now);
        }
        catch (Exception exception) when (isKnown && DatabaseOutage.Caused(exception))
        {
            return (known.Key, known.Now + time.GetElapsedTime(known.LookedAt));
        }
    }

    // By the database's clock, which all nodes share.
    private async Task<(ApiKey? Key, DateTimeOffset Now)> ReadAsync(string id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await db.ApiKeys.AsNoTracking().Where(key => key.Id == id).Select(key => new { Key = key, Now = OpenClawDbContext.Now() }).SingleOrDefaultAsync(cancellationToken);
        return found is null ? (null, time.GetUtcNow()) : (found.Key, found.Now);
    }

    private async Task NoteUseAsync(string id, IPAddress? address, CancellationToken cancellationToken)
    {
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var from = address is null ? null : ClientNetwork.Plain(address).ToString();
            await db.Database.ExecuteSqlAsync($"UPDATE openclaw.api_keys SET last_used_at = now(), last_used_from = {from} WHERE id = {id}", cancellationToken);
        }
        catch (Exception exception) when (DatabaseOutage.Caused(exception))
        {
            // The request itself finds out what that means for it.
        }
    }
}

/// <summary>A key that was made or changed, with its secret.</summary>
/// <param name="Key">What is kept of it.</param>
/// <param name="Text">What its user sends; it is nowhere kept.</param>
public sealed record NewKey(ApiKey Key, string Text);

/// <summary>Why a key lets nobody in.</summary>
internal enum KeyFault
{
    None,
    Unknown,
    Revoked,
    Expired,
    Elsewhere,
}
