using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.WhatsApp;

namespace OpenClaw.Jobs.Channels.WhatsApp;

/// <summary>
/// Somebody on WhatsApp, by whichever spelling of their number: each that was met is a contact, to which is answered as it
/// was written, but what they want, and what may be sent to them, is one.
/// </summary>
/// <param name="number">The spelling in use.</param>
/// <param name="spellings">The contacts of all spellings that were met.</param>
public sealed class Subscriber(string number, IReadOnlyList<Contact> spellings)
{
    /// <summary>Of the spelling in use.</summary>
    public Contact Contact { get; } = spellings.Single(contact => contact.Number == number);

    public IReadOnlyList<Contact> Spellings => spellings;

    /// <summary>Since when they want no messages from us; null when they do.</summary>
    public DateTimeOffset? OptedOutAt
    {
        get => spellings.Min(contact => contact.OptedOutAt);
        set => SetAll(contact => contact.OptedOutAt = value);
    }

    /// <summary>When they, as a stranger, were last told that we do not talk to strangers.</summary>
    public DateTimeOffset? TurnedAwayAt
    {
        get => spellings.Max(contact => contact.TurnedAwayAt);
        set => SetAll(contact => contact.TurnedAwayAt = value);
    }

    /// <summary>Free text may be sent within a day of it.</summary>
    public DateTimeOffset? LastInboundAt => spellings.Max(contact => contact.LastInboundAt);

    private void SetAll(Action<Contact> set)
    {
        foreach (var contact in spellings)
        {
            set(contact);
        }
    }
}

internal static class ContactDbContextExtensions
{
    /// <summary>Whose number it is, made known if need be; their rows are held until the transaction ends, and with them the order of their messages.</summary>
    public static async Task<Subscriber> LockContactAsync(this OpenClawDbContext db, string number, CancellationToken cancellationToken)
    {
        var spellings = PhoneNumbers.SpellingsOf(number);
        await db.Database.ExecuteSqlAsync($"INSERT INTO openclaw.contacts (number) VALUES ({number}) ON CONFLICT DO NOTHING", cancellationToken);
        return new Subscriber(
            number, await db.Contacts.FromSql($"SELECT * FROM openclaw.contacts WHERE number = ANY ({spellings}) ORDER BY number FOR UPDATE").ToListAsync(cancellationToken));
    }
}
