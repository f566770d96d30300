using System.Text.Json;
using System.Text.RegularExpressions;
using OpenClaw.Data.Conventions;
using OpenClaw.Data.WhatsApp;
using Twilio.Clients;
using Twilio.Exceptions;
using Twilio.Http;
using Twilio.Rest.Api.V2010.Account;
using Twilio.Types;

namespace OpenClaw.Jobs.WhatsApp;

/// <summary>Sends through Twilio's Messages API.</summary>
public sealed partial class TwilioSender : IWhatsAppSender
{
    private const string Channel = "whatsapp:";
    private const int MostLookedThrough = 50;

    // What we know as the moment of a try, and what Twilio calls the moment of creation, are two clocks.
    private static readonly TimeSpan ClockDifference = TimeSpan.FromMinutes(2);

    private readonly TwilioAccount _account;
    private readonly Uri? _callback;
    private readonly TwilioRestClient _client;

    public TwilioSender(TwilioAccount account, WhatsAppOptions options, System.Net.Http.HttpClient http)
    {
        _account = account;
        _callback = options.PublicBaseUrl is { } url ? WebhookUrl.Status(url) : null;
        _client = new TwilioRestClient(account.Sid, account.AuthToken, httpClient: new SystemNetHttpClient(http));
    }

    public string Description => $"Twilio, from {_account.From}{(_account.ContentSid is null ? ", without a template (TWILIO_CONTENT_SID)" : "")}.";

    public string From => _account.From;

    public bool HasTemplate => _account.ContentSid is not null;

    public async Task<SentMessage> SendAsync(WhatsAppMessage message, CancellationToken cancellationToken)
    {
        var options = new CreateMessageOptions(Address(message.Contact))
        {
            From = Address(From),
            StatusCallback = _callback is null ? null : new Uri($"{_callback}?message={message.Id}"),
        };
        if (message.AsTemplate)
        {
            options.ContentSid = _account.ContentSid;
            options.ContentVariables = JsonSerializer.Serialize(new Dictionary<string, string> { ["1"] = OneLine(message.Body) });
        }
        else
        {
            options.Body = message.Body;
        }

        try
        {
            return Accepted(await MessageResource.CreateAsync(options, _client).WaitAsync(cancellationToken));
        }
        catch (ApiException refused)
        {
            throw new WhatsAppRefusedException(refused.Code, refused.Status, $"Twilio refused the message: {refused.Message} (code {refused.Code}, status {refused.Status})");
        }
    }

    public async Task<IReadOnlyList<SentMessage>> FindAsync(WhatsAppMessage message, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var sent = await MessageResource.ReadAsync(to: Address(message.Contact), from: Address(From), pageSize: MostLookedThrough, limit: MostLookedThrough, client: _client)
            .WaitAsync(cancellationToken);
        var first = (since - ClockDifference).UtcDateTime;
        var text = message.AsTemplate ? OneLine(message.Body) : message.Body.Trim();
        return [.. sent.Where(candidate => candidate.DateCreated >= first && Says(candidate.Body, text, message.AsTemplate)).Select(Accepted)];
    }

    private static bool Says(string? body, string text, bool asTemplate) =>
        asTemplate ? body?.Contains(text, StringComparison.Ordinal) == true : body?.Trim() == text;

    private static SentMessage Accepted(MessageResource message) => new(message.Sid, StateOf(message.Status?.ToString()) ?? WhatsAppState.Queued);

    /// <summary>Twilio's word for how far a message is; null for one that says nothing about ours.</summary>
    public static WhatsAppState? StateOf(string? status) => status switch
    {
        "accepted" or "scheduled" or "queued" or "sending" => WhatsAppState.Queued,
        "canceled" => WhatsAppState.Failed,
        "sent" or "delivered" or "read" or "undelivered" or "failed" => EnumText.Parse<WhatsAppState>(status),
        _ => null,
    };

    private static PhoneNumber Address(string number) => new(Channel + number);

    // A variable of a template may hold neither line breaks nor tabs nor runs of spaces.
    private static string OneLine(string text) => WhiteSpace().Replace(text, " ").Trim();

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();
}
