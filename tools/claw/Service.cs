using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace OpenClaw.Claw;

/// <summary>The REST API as commands use it: an answer, or a <see cref="Failure"/> with what the service said.</summary>
internal sealed class Service : IDisposable
{
    private const int MostAgents = 500;

    // Longer than the service waits for an outcome.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(100);

    private readonly HttpClient _http;

    public Service(Profile profile)
    {
        if (!Uri.TryCreate(profile.Url.TrimEnd('/') + "/api/v1/", UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            throw new Failure(ExitCodes.Usage, "The address must begin with http:// or https://.");
        }

        if (address.Scheme == "http" && !address.IsLoopback)
        {
            throw new Failure(ExitCodes.Usage, $"No key goes to another machine in clear: reach {address.Host} by https://, or through a tunnel to this machine.");
        }

        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = address, Timeout = Patience };
        if (profile.Key.Any(letter => letter is < ' ' or > '~'))
        {
            throw new Failure(ExitCodes.NotAllowed, "What is shown as a key is none: it holds a line break, or a letter that no key has.");
        }

        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", profile.Key);
    }

    public Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken) => SendAsync(HttpMethod.Get, path, body: null, cancellationToken);

    public Task<JsonElement> PostAsync(string path, object? body, CancellationToken cancellationToken) => SendAsync(HttpMethod.Post, path, body, cancellationToken);

    public Task<JsonElement> PutAsync(string path, object body, CancellationToken cancellationToken) => SendAsync(HttpMethod.Put, path, body, cancellationToken);

    public Task<JsonElement> PatchAsync(string path, object body, CancellationToken cancellationToken) => SendAsync(HttpMethod.Patch, path, body, cancellationToken);

    public Task<JsonElement> DeleteAsync(string path, CancellationToken cancellationToken) => SendAsync(HttpMethod.Delete, path, body: null, cancellationToken);

    /// <summary>The agent of that id or name; a stopped one by its id alone.</summary>
    public async Task<string> AgentAsync(string name, CancellationToken cancellationToken)
    {
        if (Guid.TryParse(name, out var id))
        {
            return id.ToString();
        }

        var agents = (await GetAsync($"agents?limit={MostAgents}", cancellationToken)).GetProperty("agents").EnumerateArray()
            .Where(agent => agent.Text("name") == name && agent.Text("status") != "stopped").Select(agent => agent.Text("id")!).ToList();
        return agents.Count switch
        {
            1 => agents[0],
            0 => throw new Failure(ExitCodes.NotFound, $"There is no agent \"{name}\"; claw agents lists them."),
            _ => throw new Failure(ExitCodes.NotFound, $"{agents.Count} agents are called \"{name}\"; name one by its id: {string.Join(", ", agents)}."),
        };
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonElement> SendAsync(HttpMethod method, string path, object? body, CancellationToken cancellationToken)
    {
        var text = await CallAsync(method, path, body, cancellationToken);
        return text.Length == 0 ? default
            : text.StartsWith('{') ? JsonSerializer.Deserialize<JsonElement>(text)
            : throw new Failure(ExitCodes.Refused, $"{Address} answers, and not as an OpenClaw Backend does: is that its address?");
    }

    /// <summary>The answer as it comes.</summary>
    /// <exception cref="Failure">It is a refusal, or there is none.</exception>
    public async Task<string> CallAsync(HttpMethod method, string path, object? body, CancellationToken cancellationToken)
    {
        // Another address must not be shown the key.
        if (!Uri.TryCreate(_http.BaseAddress, path, out var address) || !_http.BaseAddress!.IsBaseOf(address))
        {
            throw new Failure(ExitCodes.Usage, $"\"{path}\" is no path below /api/v1, such as agents or workflows/failed?limit=5.");
        }

        using var request = new HttpRequestMessage(method, address) { Content = body is null ? null : JsonContent.Create(body) };
        if (method == HttpMethod.Post)
        {
            request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        }

        try
        {
            using var answer = await _http.SendAsync(request, cancellationToken);
            var text = await answer.Content.ReadAsStringAsync(cancellationToken);
            return answer.IsSuccessStatusCode ? text : throw new Failure(ExitCodeOf(answer.StatusCode), Detail(text, method, address) ?? $"{Address} answers {(int)answer.StatusCode} to {method} {address.AbsolutePath}, and not as an OpenClaw Backend does: is that its address, and its version?");
        }
        catch (HttpRequestException exception)
        {
            throw new Failure(ExitCodes.Unavailable, $"{Address} does not answer: {exception.Message}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new Failure(ExitCodes.Unavailable, $"{Address} has not answered within {Patience.TotalSeconds} s.");
        }
    }

    private string Address => _http.BaseAddress!.GetLeftPart(UriPartial.Authority);

    // Whatever our own say of what is not there has a code of its own: only an address that they do not know has this one.
    private string? Detail(string text, HttpMethod method, Uri address)
    {
        try
        {
            var problem = text.StartsWith('{') ? JsonSerializer.Deserialize<JsonElement>(text) : default;
            return problem.Text("code") == "not_found" ? $"{Address} does not know {method} {address.AbsolutePath}: is it of another version than this claw?" : problem.Text("detail");
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static int ExitCodeOf(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => ExitCodes.NotAllowed,
        HttpStatusCode.NotFound => ExitCodes.NotFound,
        HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout => ExitCodes.Unavailable,
        _ => ExitCodes.Refused,
    };
}

internal static class JsonExtensions
{
    /// <summary>Null where there is no such member, or it is null.</summary>
    public static string? Text(this JsonElement json, string name) =>
        json.ValueKind is JsonValueKind.Object && json.TryGetProperty(name, out var member) && member.ValueKind is not JsonValueKind.Null ? member.ToString() : null;
}
