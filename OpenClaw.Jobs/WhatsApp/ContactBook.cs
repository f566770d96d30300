using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.WhatsApp;

namespace OpenClaw.Jobs.WhatsApp;

/// <summary>Who is who: numbers of WHATSAPP_ALLOW_FROM act for the default owner, others for the owner to whom they are linked.</summary>
public sealed class ContactBook(WhatsAppOptions options)
{
    private readonly HashSet<string> _allowed = [.. options.AllowFrom];

    /// <summary>On whose behalf a contact acts; null for a stranger.</summary>
    public string? OwnerOf(Contact contact) => _allowed.Contains(contact.Number) ? options.Owner : contact.Owner;

    /// <summary>The numbers that hear of an owner's agents, those that want no messages left out.</summary>
    public async Task<IReadOnlyList<string>> NumbersOfAsync(string owner, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        string[] listed = owner == options.Owner ? [.. _allowed] : [];
        var known = await db.Contacts.AsNoTracking().Where(contact => contact.Owner == owner || listed.Contains(contact.Number)).ToListAsync(cancellationToken);
        var gone = known.Where(contact => contact.OptedOutAt is not null).Select(contact => contact.Number);
        return [.. listed.Union(known.Select(contact => contact.Number)).Except(gone).Order(StringComparer.Ordinal)];
    }
}

internal static class ContactDbContextExtensions
{
    /// <summary>The contact, made known if need be; its row is held until the transaction ends, and with it the order of its messages.</summary>
    public static async Task<Contact> LockContactAsync(this OpenClawDbContext db, string number, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlAsync($"INSERT INTO openclaw.contacts (number) VALUES ({number}) ON CONFLICT DO NOTHING", cancellationToken);
        return await db.Contacts.FromSql($"SELECT * FROM openclaw.contacts WHERE number = {number} FOR UPDATE").SingleAsync(cancellationToken);
    }
}
