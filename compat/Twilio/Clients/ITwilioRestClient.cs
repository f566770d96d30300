using Twilio.Http;

namespace Twilio.Clients;

public interface ITwilioRestClient
{
    string AccountSid { get; }

    string? Region { get; }

    Twilio.Http.HttpClient HttpClient { get; }

    Response Request(Request request);

    Task<Response> RequestAsync(Request request);
}
