using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.WhatsApp;
using OpenClaw.Jobs.Requests;

namespace OpenClaw.Jobs.Channels.WhatsApp;

/// <summary>Who talks to us on WhatsApp, and what was said.</summary>
public sealed class ContactConversations(IDbContextFactory<OpenClawDbContext> contexts, ContactBook book)
{
    private const int MostContacts = 500;

    /// <summary>The caller's contacts, and for those who run the service strangers, each with the owner for whom they act, the last one heard of first.</summary>
    public async Task<IReadOnlyList<(Contact Contact, string? Owner)>> ContactsAsync(Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var all = await db.Contacts.AsNoTracking().OrderByDescending(contact => contact.LastInboundAt ?? contact.CreatedAt).Take(MostContacts).ToListAsync(cancellationToken);
        var subscribers = all.ToLookup(contact => PhoneNumbers.SubscriberOf(contact.Number));
        return [.. all.Select(contact => (contact, book.OwnerOf(subscribers[PhoneNumbers.SubscriberOf(contact.Number)]))).Where(pair => IsOf(pair.Item2, caller))];
    }

    // Strangers write to the service's number, and those who run it see what they write.
    private static bool IsOf(string? owner, Caller caller) => owner is null ? caller.IsOfHouse : owner == caller.Owner;

    /// <summary>What was said to and by a number, in all its spellings, newest first; null for a number that is not the caller's to see.</summary>
    public async Task<List<WhatsAppMessage>?> HistoryAsync(string number, Guid? before, int limit, Caller caller, CancellationToken cancellationToken)
    {
        var spellings = PhoneNumbers.SpellingsOf(number);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var contacts = await db.Contacts.AsNoTracking().Where(row => spellings.Contains(row.Number)).ToListAsync(cancellationToken);
        if (contacts.Count == 0 || !IsOf(book.OwnerOf(contacts), caller))
        {
            return null;
        }

        return await db.WhatsAppMessages.AsNoTracking().Where(message => spellings.Contains(message.Contact) && (before == null || message.Id < before))
            .OrderByDescending(message => message.Id).Take(limit).ToListAsync(cancellationToken);
    }
}
