using OpenClaw.Jobs.Channels.WhatsApp;
using OpenClaw.Jobs.ForeignInput;
using OpenClaw.Web.Gateway.Methods;

namespace OpenClaw.Web.Gateway.Runs;

/// <summary>Reads where a client wants a reply sent: to a number on WhatsApp, where that is set up, or nowhere but into the conversation.</summary>
internal sealed class ReplyDelivery(ChannelMessages whatsApp)
{
    private const string WhatsApp = "whatsapp";

    // Where the conversation was held last: it stays there.
    private const string Last = "last";

    // What a delivery says beside where it goes.
    private static readonly string[] Members = ["mode", "channel", "to", "accountId", "threadId", "bestEffort"];

    /// <summary>Of the parameters of a run; null when nothing is to be delivered.</summary>
    /// <exception cref="GatewayException">It cannot be done here, and why.</exception>
    public static string? OfRun(GatewayParams given)
    {
        var channel = given.OptionalText("replyChannel") ?? given.OptionalText("channel") ?? given.OptionalText("originatingChannel");
        var to = given.OptionalText("replyTo") ?? given.OptionalText("to") ?? given.OptionalText("originatingTo");
        if (!given.Flag("deliver", false))
        {
            return null;
        }

        return channel is null or Last
            ? throw given.Wrong("at /deliver: say where the reply shall go, with replyChannel whatsapp and a number in replyTo; or leave it out, and read the reply in the conversation")
            : Address(given, channel, to, "replyChannel", "replyTo");
    }

    /// <summary>Of a scheduled job's <c>delivery</c>; null where its replies stay in the conversation.</summary>
    /// <exception cref="GatewayException">It cannot be done here, and why.</exception>
    public static string? OfJob(GatewayParams given)
    {
        if (given.Nested("delivery", Members) is not { } delivery)
        {
            return null;
        }

        var (channel, to) = (delivery.OptionalText("channel"), delivery.OptionalText("to"));
        return delivery.OptionalText("mode") switch
        {
            "none" => null,
            "announce" or null => channel is null or Last && to is null ? null : Address(delivery, channel ?? WhatsApp, to, "delivery/channel", "delivery/to"),
            "webhook" => throw delivery.Wrong("at /delivery/mode: nothing is delivered to web hooks here; use announce with channel whatsapp, or none"),
            _ => throw delivery.Wrong("at /delivery/mode: must be equal to one of the allowed values"),
        };
    }

    private static string Address(GatewayParams given, string channel, string? to, string channelField, string toField)
    {
        if (channel is not (WhatsApp or Last))
        {
            throw given.Wrong($"at /{channelField}: there is no channel '{ForeignText.Quote(channel)}' here; replies go to whatsapp or stay in the conversation");
        }

        if (PhoneNumbers.Parse(to) is not { } number)
        {
            throw given.Wrong($"at /{toField}: must be a number with its country, such as +491701234567");
        }

        return PhoneNumbers.AddressOf(number);
    }

    /// <exception cref="GatewayException">Nothing can be sent there now.</exception>
    public void Require(string? address)
    {
        if (address is not null && whatsApp.NumberOf(address) is null)
        {
            throw GatewayException.Invalid("WhatsApp is not set up here: set TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN and TWILIO_WHATSAPP_FROM, or let the reply stay in the conversation.", "WHATSAPP_NOT_SET_UP");
        }
    }
}
