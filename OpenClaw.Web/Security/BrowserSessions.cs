using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Security;
using OpenClaw.Jobs.Outages;
using OpenClaw.Web.Security.People;

namespace OpenClaw.Web.Security;

/// <summary>
/// Sessions of browsers, as rows: a cookie names one and is worth nothing when it has ended. A node looks again after ten
/// seconds, so that is how long a session goes on elsewhere that was ended here; while the database is away, what was known goes on.
/// </summary>
internal sealed class BrowserSessions(IDbContextFactory<OpenClawDbContext> contexts, TimeProvider time) : ITicketStore
{
    /// <summary>A session that is not used for so long has ended.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromHours(12);

    /// <summary>A session has ended after so long, used or not.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    /// <summary>The same for people of an issuer, which tells their groups when they sign in and not after.</summary>
    public static readonly TimeSpan LongestOfPeople = TimeSpan.FromHours(12);

    /// <summary>The first digits of the session's id: who sees them can end nothing and be nobody by them.</summary>
    public const string IdClaim = "openclaw:session";

    private const int KeyBytes = 32;

    // More browsers at once than people have; beyond it each request asks the database.
    private const int MostKnown = 1_000;

    private static readonly TimeSpan LooksAgain = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan NotesUse = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, (AuthenticationTicket Ticket, long LookedAt)> _known = new();

    public Task<string> StoreAsync(AuthenticationTicket ticket) => StoreAsync(ticket, address: null, CancellationToken.None);

    public async Task<string> StoreAsync(AuthenticationTicket ticket, HttpContext httpContext, CancellationToken cancellationToken)
    {
        var key = await StoreAsync(ticket, httpContext.Connection.RemoteIpAddress is { } address ? ClientNetwork.Plain(address).ToString() : null, cancellationToken);
        httpContext.Items[IdClaim] = Prefix(Hash(key));
        return key;
    }

    /// <summary>The session that has begun with this request, as the audit log names it; null without one.</summary>
    public static string? CredentialOf(HttpContext context) => context.Items[IdClaim] is string prefix ? $"session:{prefix}" : null;

    /// <summary>Nothing of a session is renewed: what its use changes is noted where it is looked up.</summary>
    public Task RenewAsync(string key, AuthenticationTicket ticket) => Task.CompletedTask;

    public async Task<AuthenticationTicket?> RetrieveAsync(string key)
    {
        var isKnown = _known.TryGetValue(key, out var known);
        if (isKnown && time.GetElapsedTime(known.LookedAt) < LooksAgain)
        {
            return known.Ticket;
        }

        try
        {
            var ticket = await FindAsync(Hash(key)) is { } session ? Ticket(session) : null;
            if (ticket is null)
            {
                _known.TryRemove(key, out _);
            }
            else if (isKnown || _known.Count < MostKnown)
            {
                _known[key] = (ticket, time.GetTimestamp());
            }

            return ticket;
        }
        catch (Exception exception) when (isKnown && DatabaseOutage.Caused(exception))
        {
            return known.Ticket;
        }
    }

    public async Task RemoveAsync(string key)
    {
        await using var db = await contexts.CreateDbContextAsync();
        var id = Hash(key);
        await db.BrowserSessions.Where(session => session.Id == id).ExecuteDeleteAsync();
        _known.TryRemove(key, out _);
    }

    /// <summary>Ends all sessions of an owner, wherever they are; those of a person alone where it is one who asks.</summary>
    public async Task RemoveAllAsync(string owner, Person? person, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var sessions = db.BrowserSessions.Where(session => session.Owner == owner);
        if (person is not null)
        {
            sessions = sessions.Where(session => session.Issuer == person.Issuer && session.Subject == person.Subject);
        }

        await sessions.ExecuteDeleteAsync(cancellationToken);
        _known.Clear();
    }

    private async Task<string> StoreAsync(AuthenticationTicket ticket, string? address, CancellationToken cancellationToken)
    {
        var key = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(KeyBytes));
        var person = Person.Of(ticket.Principal);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        db.BrowserSessions.Add(new BrowserSession
        {
            Id = Hash(key),
            Owner = ticket.Principal.Identity!.Name!,
            Stamp = ticket.Principal.FindFirstValue(SecurityComposition.StampClaim)!,
            Role = Person.RoleOf(ticket.Principal) ?? throw new InvalidOperationException("A session is somebody's with a browser."),
            Issuer = person?.Issuer,
            Subject = person?.Subject,
            Name = person?.Name,
            Email = person?.Email,
            Address = address,
        });
        await db.SaveChangesAsync(cancellationToken);

        // Those that have ended are in nobody's way, and few: whoever comes removes them.
        await db.Database.ExecuteSqlAsync($"DELETE FROM openclaw.browser_sessions WHERE last_used_at <= now() - {Rest} OR created_at <= now() - CASE WHEN issuer IS NULL THEN {Longest} ELSE {LongestOfPeople} END", cancellationToken);
        return key;
    }

    // By the database's clock, which all nodes share.
    private async Task<BrowserSession?> FindAsync(byte[] id)
    {
        await using var db = await contexts.CreateDbContextAsync();
        var found = await db.BrowserSessions
            .FromSql(
                $"""
                SELECT * FROM openclaw.browser_sessions
                WHERE id = {id} AND last_used_at > now() - {Rest} AND created_at > now() - CASE WHEN issuer IS NULL THEN {Longest} ELSE {LongestOfPeople} END
                """)
            .AsNoTracking().SingleOrDefaultAsync();
        if (found is not null)
        {
            await db.Database.ExecuteSqlAsync($"UPDATE openclaw.browser_sessions SET last_used_at = now() WHERE id = {id} AND last_used_at < now() - {NotesUse}");
        }

        return found;
    }

    private static AuthenticationTicket Ticket(BrowserSession session)
    {
        var id = new Claim(IdClaim, Prefix(session.Id));
        var person = Person.Of(session);
        return new(
            person is null ? Users.Browser(session.Stamp, id) : Users.Of(person, session.Stamp, id),
            new AuthenticationProperties { IssuedUtc = session.CreatedAt, ExpiresUtc = session.CreatedAt + (person is null ? Longest : LongestOfPeople) },
            Schemes.Cookie);
    }

    private static string Prefix(byte[] id) => Convert.ToHexStringLower(id)[..12];

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
