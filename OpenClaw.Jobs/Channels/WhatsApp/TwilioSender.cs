using System.Text.Json;
using System.Text.RegularExpressions;
using OpenClaw.Data.Conventions;
using OpenClaw.Data.WhatsApp;
using Twilio.Clients;
using Twilio.Exceptions;
using Twilio.Http;
using Twilio.Rest.Api.V2010.Account;
using Twilio.Types;

namespace OpenClaw.Jobs.Channels.WhatsApp;

/// <summary>Sends through Twilio's Messages API.</summary>
public sealed partial class TwilioSender(TwilioAccount account, WhatsAppOptions options, TwilioHttp http) : IWhatsAppSender
{
    private const string Channel = "whatsapp:";
    private const int MostLookedThrough = 50;

    // What we know as the moment of a try, and what Twilio calls the moment of creation, are two clocks.
    private static readonly TimeSpan ClockDifference = TimeSpan.FromMinutes(2);

    private readonly Uri? _callback = options.PublicBaseUrl is { } url ? WebhookUrl.Status(url) : null;

    public string Description => $"Twilio, from {account.From}{(account.ContentSid is null ? ", without a template (TWILIO_CONTENT_SID)" : "")}.";

    public string From => account.From;

    public bool HasTemplate => account.ContentSid is not null;

    public bool HasButtons(int choices) => account.QuestionContentSids.ContainsKey(choices);

    public async Task<SentMessage> SendAsync(WhatsAppMessage message, QuestionButtons? buttons, CancellationToken cancellationToken)
    {
        var text = new CreateMessageOptions(Address(message.Contact))
        {
            From = Address(From),
            StatusCallback = _callback is null ? null : new Uri($"{_callback.AbsoluteUri}?message={message.Id}"),
        };
        if (message.AsTemplate)
        {
            text.ContentSid = account.ContentSid;
            text.ContentVariables = Variables(OneLine(message.Body));
        }
        else if (buttons is not null)
        {
            text.ContentSid = account.QuestionContentSids[buttons.Choices.Count];
            text.ContentVariables = Variables([OneLine(message.Body), buttons.Question, .. buttons.Choices]);
        }
        else
        {
            text.Body = message.Body;
        }

        return await AskAsync(
            "the message",
            async client => await MessageResource.CreateAsync(text, client) is { Sid: not null } created ? Accepted(created) : throw new ApiException("The answer names no message."),
            cancellationToken);
    }

    public async Task<IReadOnlyList<SentMessage>> FindAsync(WhatsAppMessage message, QuestionButtons? buttons, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var sent = await AskAsync(
            "to list messages",
            async client =>
            {
                var found = await MessageResource.ReadAsync(to: Address(message.Contact), from: Address(From), pageSize: MostLookedThrough, limit: MostLookedThrough, client: client);

                // The SDK would block a thread for every further page.
                found.AutoPaging = false;
                return found.ToList();
            },
            cancellationToken);
        var first = (since - ClockDifference).UtcDateTime;
        var text = message.Body.Trim();

        // The SDK reads the moment into the time of this machine's zone.
        return [.. sent.Where(candidate => candidate.DateCreated?.ToUniversalTime() >= first && Says(candidate.Body, text, message.AsTemplate || buttons is not null)).Select(Accepted)];
    }

    private async Task<T> AskAsync<T>(string what, Func<ITwilioRestClient, Task<T>> ask, CancellationToken cancellationToken)
    {
        // One a call, because it keeps the last response: the SDK takes a redirect for success, and forgets the status of an error that is not JSON.
        var connection = new SystemNetHttpClient(http.Client);
        T answer;
        try
        {
            answer = await ask(new TwilioRestClient(account.Sid, account.AuthToken, httpClient: connection)).WaitAsync(cancellationToken);
        }
        catch (ApiConnectionException lost)
        {
            throw http.Failures.Unreachable(lost.InnerException ?? lost);
        }
        catch (Exception exception) when (exception is not OperationCanceledException && connection.LastResponse is { } response)
        {
            throw (int)response.StatusCode < 300 ? http.Failures.Garbled((int)response.StatusCode) : Refused(what, response, exception);
        }

        return connection.LastResponse is { StatusCode: >= System.Net.HttpStatusCode.MultipleChoices } redirect ? throw Refused(what, redirect) : answer;
    }

    private Exception Refused(string what, Response response, Exception? exception = null)
    {
        var status = (int)response.StatusCode;
        if (status < 400)
        {
            return http.Failures.Redirected(status, response.Headers?.Location);
        }

        return exception switch
        {
            ApiException { Status: > 0 } told => Told(told.Code, told.Message),
            ApiStandardException told => Told(told.Code, told.Message),
            _ => new WhatsAppRefusedException(0, status, $"Twilio refused {what} with status {status}, and did not say why."),
        };

        WhatsAppRefusedException Told(int code, string why) => new(code, status, $"Twilio refused {what}: {why} (code {code}, status {status})");
    }

    private static bool Says(string? body, string text, bool asTemplate) =>
        body?.Trim() == text || (asTemplate && body?.Contains(OneLine(text), StringComparison.Ordinal) == true);

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

    private static string Variables(params IReadOnlyList<string> values) => JsonSerializer.Serialize(values.Index().ToDictionary(one => $"{one.Index + 1}", one => one.Item));

    // A variable of a template may hold neither line breaks nor tabs nor runs of spaces.
    private static string OneLine(string text) => WhiteSpace().Replace(text, " ").Trim();

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();
}
