using System.Text;

namespace Twilio.Http;

public class Request(HttpMethod method, string url)
{
    public HttpMethod Method { get; } = method;

    public Uri Uri { get; } = new(url);

    public string? Username { get; set; }

    public string? Password { get; set; }

    public List<KeyValuePair<string, string>> QueryParams { get; } = [];

    public List<KeyValuePair<string, string>> PostParams { get; } = [];

    public void AddQueryParam(string name, string value) => QueryParams.Add(new(name, value));

    public void AddPostParam(string name, string value) => PostParams.Add(new(name, value));

    public void SetAuth(string username, string password) => (Username, Password) = (username, password);

    public Uri ConstructUrl() => QueryParams.Count == 0 ? Uri : new Uri($"{Uri.AbsoluteUri}?{Encode(QueryParams)}");

    public byte[] EncodePostParams() => Encoding.UTF8.GetBytes(Encode(PostParams));

    private static string Encode(IEnumerable<KeyValuePair<string, string>> values) =>
        string.Join('&', values.Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}"));
}
