using OpenClaw.Jobs.Channels.WhatsApp;

namespace OpenClaw.Tests.WhatsApp;

public sealed class PhoneNumbersTests
{
    [TestCase("+5511987654321", "+551187654321")]
    [TestCase("+551187654321", "+5511987654321")]
    [TestCase("+5215512345678", "+525512345678")]
    [TestCase("+525512345678", "+5215512345678")]
    [TestCase("+5491123456789", "+541123456789")]
    [TestCase("+541123456789", "+5491123456789")]
    [TestCase("+2290197123456", "+22997123456")]
    [TestCase("+22997123456", "+2290197123456")]
    public void Two_spellings_are_one_subscriber(string one, string other)
    {
        Assert.That(PhoneNumbers.SubscriberOf(one), Is.EqualTo(PhoneNumbers.SubscriberOf(other)));
        Assert.That(PhoneNumbers.SpellingsOf(one), Is.EquivalentTo(new[] { one, other }));
    }

    // A landline of São Paulo, a mobile number that had no eight digits, numbers that only look alike.
    [TestCase("+551151234567", "+5511951234567")]
    [TestCase("+551132345678", "+5511932345678")]
    [TestCase("+491701234567", "+4991701234567")]
    [TestCase("+15512345678", "+525512345678")]
    [TestCase("+5215512345678", "+5115512345678")]
    [TestCase("+54112345678", "+549112345678")]
    public void Others_stay_two(string one, string other) => Assert.That(PhoneNumbers.SubscriberOf(one), Is.Not.EqualTo(PhoneNumbers.SubscriberOf(other)));

    [TestCase("whatsapp:DE.1234567890123456789", "DE.1234567890123456789")]
    [TestCase("whatsapp:dm:BR.Ab3", "BR.Ab3")]
    [TestCase("whatsapp:+491701234567", "+491701234567")]
    [TestCase("whatsapp:", null)]
    [TestCase("whatsapp:de.123", null)]
    [TestCase("whatsapp:DE.1\r\nX", null)]
    [TestCase("whatsapp:+49170\0", null)]
    [TestCase("DE", null)]
    public void An_address_is_a_number_or_an_id_of_whatsapps(string address, string? parsed) => Assert.That(PhoneNumbers.Parse(address), Is.EqualTo(parsed));
}
