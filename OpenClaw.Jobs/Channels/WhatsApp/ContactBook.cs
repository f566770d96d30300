using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.WhatsApp;

namespace OpenClaw.Jobs.Channels.WhatsApp;

/// <summary>
/// Who is who: numbers of WHATSAPP_ALLOW_FROM act for the owner whom it names, others for the owner to whom they are linked, in
/// whichever spelling they write.
/// </summary>
public sealed class ContactBook(WhatsAppOptions options)
{
    // A number that is listed twice acts for the first.
    private readonly Dictionary<string, string> _owners = options.AllowFrom.DistinctBy(allowed => PhoneNumbers.SubscriberOf(allowed.Number))
        .ToDictionary(allowed => PhoneNumbers.SubscriberOf(allowed.Number), allowed => allowed.Owner);

    /// <summary>On whose behalf somebody acts; null for a stranger.</summary>
    public string? OwnerOf(Subscriber subscriber) => OwnerOf(subscriber.Spellings);

    /// <summary>On whose behalf somebody acts, by the contacts of one subscriber; null for a stranger.</summary>
    public string? OwnerOf(IEnumerable<Contact> spellings) =>
        spellings.Select(contact => _owners.GetValueOrDefault(PhoneNumbers.SubscriberOf(contact.Number))).FirstOrDefault(owner => owner is not null)
        ?? spellings.Select(contact => contact.Owner).FirstOrDefault(owner => owner is not null);

    /// <summary>The numbers that hear of an owner's agents, one for each subscriber, as they wrote last; those that want no messages left out.</summary>
    public async Task<IReadOnlyList<string>> NumbersOfAsync(string owner, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var listed = options.AllowFrom.Select(allowed => allowed.Number).Where(number => _owners[PhoneNumbers.SubscriberOf(number)] == owner);
        var linked = await db.Contacts.AsNoTracking().Where(contact => contact.Owner == owner).Select(contact => contact.Number).ToListAsync(cancellationToken);
        var meant = listed.Concat(linked).DistinctBy(PhoneNumbers.SubscriberOf).ToList();
        var spellings = meant.SelectMany(PhoneNumbers.SpellingsOf).ToArray();
        var known = (await db.Contacts.AsNoTracking().Where(contact => spellings.Contains(contact.Number)).ToListAsync(cancellationToken))
            .ToLookup(contact => PhoneNumbers.SubscriberOf(contact.Number));
        return [.. meant.Where(number => !known[PhoneNumbers.SubscriberOf(number)].Any(contact => contact.OptedOutAt is not null)).Select(AsHeard).Order(StringComparer.Ordinal)];

        string AsHeard(string number) =>
            known[PhoneNumbers.SubscriberOf(number)].Where(contact => contact.LastInboundAt is not null).MaxBy(contact => contact.LastInboundAt)?.Number ?? number;
    }
}
