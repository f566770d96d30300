using OpenClaw.Jobs.Requests;

namespace OpenClaw.Jobs.Channels.WhatsApp;

/// <summary>A number that acts for an owner.</summary>
/// <param name="Number">E.164, or WhatsApp's id of somebody who hides theirs.</param>
/// <param name="Owner">Whose agents it commands, and hears of.</param>
public sealed record AllowedNumber(string Number, string Owner)
{
    /// <summary>Of <c>NUMBER</c>, which acts for those who run the service, or <c>NUMBER=OWNER</c>; null for anything else.</summary>
    public static AllowedNumber? Parse(string text) => text.Split('=') switch
    {
        [var number] when PhoneNumbers.Parse(number) is { } parsed => new(parsed, Owners.House),
        [var number, var owner] when PhoneNumbers.Parse(number) is { } parsed && Owners.IsName(owner) => new(parsed, owner),
        _ => null,
    };
}
