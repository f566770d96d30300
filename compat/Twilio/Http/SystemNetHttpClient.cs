using System.Net.Http.Headers;
using System.Text;

namespace Twilio.Http;

public class SystemNetHttpClient(System.Net.Http.HttpClient? httpClient = null) : HttpClient
{
    private static readonly ProductInfoHeaderValue Agent = new("openclaw-twilio-compat", typeof(SystemNetHttpClient).Assembly.GetName().Version?.ToString(3));

    private readonly System.Net.Http.HttpClient _client = httpClient ?? new System.Net.Http.HttpClient();

    public override Response MakeRequest(Request request) => MakeRequestAsync(request).GetAwaiter().GetResult();

    public override async Task<Response> MakeRequestAsync(Request request)
    {
        LastRequest = request;
        LastResponse = null;
        using var message = ToMessage(request);
        using var answer = await _client.SendAsync(message).ConfigureAwait(false);
        LastResponse = new Response(answer.StatusCode, await answer.Content.ReadAsStringAsync().ConfigureAwait(false), answer.Headers);
        return LastResponse;
    }

    private static HttpRequestMessage ToMessage(Request request)
    {
        var message = new HttpRequestMessage(new System.Net.Http.HttpMethod(request.Method.ToString()), request.ConstructUrl());
        message.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{request.Username}:{request.Password}")));
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        message.Headers.UserAgent.Add(Agent);
        if (request.Method.Equals(HttpMethod.Post))
        {
            message.Content = new ByteArrayContent(request.EncodePostParams());
            message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
        }

        return message;
    }
}
