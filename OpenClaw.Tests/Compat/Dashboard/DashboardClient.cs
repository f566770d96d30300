using System.Net;
using System.Text.RegularExpressions;

namespace OpenClaw.Tests.Compat.Dashboard;

/// <summary>A browser without script: keeps cookies, and posts a page's form with the hidden fields that the page has.</summary>
internal sealed partial class DashboardClient(string address) : IDisposable
{
    private readonly HttpClient _http = new(new HttpClientHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false })
    {
        BaseAddress = new Uri(address),
    };

    public HttpClient Http => _http;

    public Task<HttpResponseMessage> Get(string path) => _http.GetAsync(path);

    public async Task<string> Page(string path)
    {
        using var response = await Get(path);
        var html = await response.Content.ReadAsStringAsync();
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), html);
        return html;
    }

    public Task<HttpResponseMessage> Post(string path, params (string Name, string Value)[] fields) =>
        _http.PostAsync(path, new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))));

    /// <summary>Opens the page, ticks the jobs and presses the button; returns the page that this leads to.</summary>
    public async Task<string> Submit(string page, string action, params string[] jobs)
    {
        var html = await Page(page);
        Assert.That(html, Does.Contain($"formaction=\"{action}\""));

        using var response = await Post(action, [.. HiddenFields(html), .. jobs.Select(job => ("jobs[]", job))]);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.SeeOther), await response.Content.ReadAsStringAsync());
        return await Page(response.Headers.Location!.ToString());
    }

    /// <summary>The antiforgery field of a page that has a form.</summary>
    public async Task<(string Name, string Value)> Token(string page) => HiddenFields(await Page(page)).First();

    private static IEnumerable<(string Name, string Value)> HiddenFields(string html) =>
        HiddenField().Matches(html).Select(match => (match.Groups[1].Value, WebUtility.HtmlDecode(match.Groups[2].Value)));

    public void Dispose() => _http.Dispose();

    [GeneratedRegex("""<input type="hidden" name="([^"]*)" value="([^"]*)">""")]
    private static partial Regex HiddenField();
}
