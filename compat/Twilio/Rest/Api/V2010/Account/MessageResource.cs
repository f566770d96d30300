using System.Globalization;
using System.Text.Json;
using Twilio.Base;
using Twilio.Clients;
using Twilio.Http;
using Twilio.Types;

namespace Twilio.Rest.Api.V2010.Account;

public partial class MessageResource : Resource
{
    private const string Api = "https://api.twilio.com/2010-04-01";

    private MessageResource(JsonElement json)
    {
        Sid = Text(json, "sid");
        AccountSid = Text(json, "account_sid");
        Body = Text(json, "body");
        To = Text(json, "to");
        From = Text(json, "from") is { } from ? new PhoneNumber(from) : null;
        Status = Text(json, "status") is { } status ? (StatusEnum)status : null;
        ErrorCode = json.TryGetProperty("error_code", out var code) && code.ValueKind is JsonValueKind.Number ? code.GetInt32() : null;
        ErrorMessage = Text(json, "error_message");
        DateCreated = Moment(json, "date_created");
        DateSent = Moment(json, "date_sent");
    }

    public string? Sid { get; }

    public string? AccountSid { get; }

    public string? Body { get; }

    public string? To { get; }

    public PhoneNumber? From { get; }

    public StatusEnum? Status { get; }

    public int? ErrorCode { get; }

    public string? ErrorMessage { get; }

    public DateTime? DateCreated { get; }

    public DateTime? DateSent { get; }

    public static async Task<MessageResource> CreateAsync(CreateMessageOptions options, ITwilioRestClient? client = null)
    {
        var request = new Request(Http.HttpMethod.Post, Address(options.PathAccountSid, Required(client)));
        options.GetParams().ForEach(request.PostParams.Add);
        return FromJson((await Required(client).RequestAsync(request).ConfigureAwait(false)).Content);
    }

    public static async Task<ResourceSet<MessageResource>> ReadAsync(
        string? pathAccountSid = null, PhoneNumber? to = null, PhoneNumber? from = null, DateTime? dateSentBefore = null, DateTime? dateSent = null,
        DateTime? dateSentAfter = null, long? pageSize = null, long? limit = null, ITwilioRestClient? client = null)
    {
        var request = new Request(Http.HttpMethod.Get, Address(pathAccountSid, Required(client)));
        (string Name, string? Value)[] filters =
        [
            ("To", to?.ToString()), ("From", from?.ToString()),
            ("DateSent", Day(dateSent)), ("DateSent<", Day(dateSentBefore)), ("DateSent>", Day(dateSentAfter)),
            ("PageSize", (pageSize ?? limit)?.ToString(CultureInfo.InvariantCulture)),
        ];
        foreach (var (name, value) in filters.Where(filter => filter.Value is not null))
        {
            request.AddQueryParam(name, value!);
        }

        using var page = JsonDocument.Parse((await Required(client).RequestAsync(request).ConfigureAwait(false)).Content);
        var messages = page.RootElement.GetProperty("messages").EnumerateArray().Select(json => new MessageResource(json));
        return new ResourceSet<MessageResource>([.. limit is { } most ? messages.Take((int)most) : messages]);
    }

    public static MessageResource FromJson(string json)
    {
        using var document = JsonDocument.Parse(json);
        return new MessageResource(document.RootElement);
    }

    private static string Address(string? accountSid, ITwilioRestClient client) => $"{Api}/Accounts/{Uri.EscapeDataString(accountSid ?? client.AccountSid)}/Messages.json";

    // The package falls back on a client of the whole process, which we do not use.
    private static ITwilioRestClient Required(ITwilioRestClient? client) => client ?? throw new ArgumentNullException(nameof(client));

    private static string? Day(DateTime? moment) => moment?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    private static DateTime? Moment(JsonElement json, string name) =>
        DateTime.TryParse(Text(json, name), CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var moment) ? moment : null;
}
