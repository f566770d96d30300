using System.Text.Json;
using Microsoft.Playwright;

namespace OpenClaw.Tests.Web.Support;

/// <summary>A page that is not ours, and calls the API as a script on it does.</summary>
internal sealed class ForeignPage(IPage page, Uri service) : IAsyncDisposable
{
    private const string Call =
        """
        async ({ url, method, body, token, mode, credentials, type }) => {
          try {
            const headers = { 'Content-Type': type };
            if (token) headers.Authorization = `Bearer ${token}`;
            const answer = await fetch(url, { method, headers, mode, credentials, body: body ?? undefined });
            const text = await answer.text();
            return { status: answer.status, text, headers: Object.fromEntries(answer.headers.entries()) };
          } catch (error) {
            return { status: -1, text: String(error), headers: {} };
          }
        }
        """;

    /// <summary>An answer as the script sees it; status -1 when the browser keeps it from it.</summary>
    public sealed record Seen(int Status, string Text, IReadOnlyDictionary<string, string> Headers)
    {
        public JsonElement Body => JsonSerializer.Deserialize<JsonElement>(Text);

        public string? Member(string name) => Body.GetProperty(name).GetString();
    }

    public async Task<Seen> CallAsync(
        string method, string path, object? body = null, string? token = RunningService.Token, string mode = "cors", string credentials = "same-origin", string type = "application/json")
    {
        var answer = await page.EvaluateAsync(
            Call, new { url = new Uri(service, path).ToString(), method, body = body is null ? null : JsonSerializer.Serialize(body), token, mode, credentials, type });
        return answer!.Value.Deserialize<Seen>(JsonSerializerOptions.Web)!;
    }

    public ValueTask DisposeAsync() => new(page.Context.CloseAsync());
}
