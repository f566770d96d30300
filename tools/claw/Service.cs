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
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", profile.Key);
    }

    public Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken) => SendAsync(HttpMethod.Get, path, body: null, cancellationToken);

    public Task<JsonElement> PostAsync(string path, object? body, CancellationToken cancellationToken) => SendAsync(HttpMethod.Post, path, body, cancellationToken);

    public Task<JsonElement> PutAsync(string path, object body, CancellationToken cancellationToken) => SendAsync(HttpMethod.Put, path, body, cancellationToken);

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
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        if (method == HttpMethod.Post)
        {
            request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        }

        try
        {
            using var answer = await _http.SendAsync(request, cancellationToken);
            var text = await answer.Content.ReadAsStringAsync(cancellationToken);
            var json = text.StartsWith('{') ? JsonSerializer.Deserialize<JsonElement>(text) : default;
            return answer.IsSuccessStatusCode ? json : throw new Failure(ExitCodeOf(answer.StatusCode), json.Text("detail") ?? $"The service answered {(int)answer.StatusCode}.");
        }
        catch (HttpRequestException exception)
        {
            throw new Failure(ExitCodes.Unavailable, $"{_http.BaseAddress!.GetLeftPart(UriPartial.Authority)} does not answer: {exception.Message}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new Failure(ExitCodes.Unavailable, $"{_http.BaseAddress!.GetLeftPart(UriPartial.Authority)} has not answered within {Patience.TotalSeconds} s.");
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
