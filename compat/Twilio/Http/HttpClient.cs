namespace Twilio.Http;

public abstract class HttpClient
{
    public Request? LastRequest { get; protected set; }

    public Response? LastResponse { get; protected set; }

    public abstract Response MakeRequest(Request request);

    public abstract Task<Response> MakeRequestAsync(Request request);

    protected HttpClient()
    {
    }
}
