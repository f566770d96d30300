using System.Text.Json;
using Twilio.Exceptions;
using Twilio.Http;

namespace Twilio.Clients;

public class TwilioRestClient(
    string username, string password, string? accountSid = null, string? region = null, Twilio.Http.HttpClient? httpClient = null, string? edge = null) : ITwilioRestClient
{
    public string AccountSid { get; } = accountSid ?? username;

    public string? Region { get; } = region;

    public string? Edge { get; set; } = edge;

    public Twilio.Http.HttpClient HttpClient { get; } = httpClient ?? new SystemNetHttpClient();

    public Response Request(Request request) => RequestAsync(request).GetAwaiter().GetResult();

    public async Task<Response> RequestAsync(Request request)
    {
        request.SetAuth(username, password);
        Response response;
        try
        {
            response = await HttpClient.MakeRequestAsync(request).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            throw new ApiConnectionException($"{request.Method} {request.ConstructUrl().GetLeftPart(UriPartial.Path)} could not be carried out: {exception.Message}", exception);
        }

        return (int)response.StatusCode is >= 200 and < 400 ? response : throw Refusal(response);
    }

    private static ApiException Refusal(Response response)
    {
        var status = (int)response.StatusCode;
        try
        {
            using var json = JsonDocument.Parse(response.Content);
            var problem = json.RootElement;
            return new ApiException(Number("code"), Number("status") is var given and > 0 ? given : status, Text("message"), Text("more_info"));

            int Number(string name) => problem.TryGetProperty(name, out var value) && value.TryGetInt32(out var number) ? number : 0;

            string Text(string name) => problem.TryGetProperty(name, out var value) ? value.ToString() : "";
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // A proxy in between answers in its own words.
            return new ApiException(0, status, $"Twilio answered with status {status}.", "");
        }
    }
}
