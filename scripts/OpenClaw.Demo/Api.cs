using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace OpenClaw.Demo;

/// <summary>The part of the REST API that the demo calls, as any client would.</summary>
internal sealed class Api : IDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    private readonly HttpClient _http;

    public Api(Uri address, string token)
    {
        _http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(10) };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        using var response = await _http.GetAsync(new Uri("readyz", UriKind.Relative), cancellationToken);
        return response.IsSuccessStatusCode;
    }

    /// <summary>Starts the provisioning of an agent and returns the workflow's uuid without waiting for it.</summary>
    public async Task<Guid> ProvisionAsync(string name, TimeSpan connectDelay, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/v1/agents/provision")
        {
            Content = JsonContent.Create(
                new
                {
                    name,
                    model = "local/echo",
                    configuration = new { connect_delay_ms = connectDelay.TotalMilliseconds },
                },
                options: Json),
        };
        request.Headers.Add("Prefer", "respond-async");
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());

        using var response = await _http.SendAsync(request, cancellationToken);
        return response.Headers.Location is { } location && Guid.TryParse(location.OriginalString.Split('/')[^1], out var workflow)
            ? workflow
            : throw new DemoFailedException(
                $"POST {request.RequestUri} answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(cancellationToken)}");
    }

    public Task<Workflow> WorkflowAsync(Guid workflow, CancellationToken cancellationToken) =>
        GetAsync<Workflow>($"api/v1/workflows/{workflow}", cancellationToken);

    public async Task<IReadOnlyList<Step>> StepsAsync(Guid workflow, CancellationToken cancellationToken) =>
        (await GetAsync<StepList>($"api/v1/workflows/{workflow}/steps", cancellationToken)).Steps;

    public void Dispose() => _http.Dispose();

    private async Task<T> GetAsync<T>(string path, CancellationToken cancellationToken) =>
        await _http.GetFromJsonAsync<T>(new Uri(path, UriKind.Relative), Json, cancellationToken)
        ?? throw new DemoFailedException($"GET {path} answered nothing.");

    private sealed record StepList(IReadOnlyList<Step> Steps);
}

internal sealed record Workflow(string Status);

internal sealed record Step(
    string FunctionName, int Attempts, string? ExecutorId, DateTimeOffset? StartedAt, DateTimeOffset? CompletedAt)
{
    public bool IsDone => CompletedAt is not null;

    public bool IsUnderWay => StartedAt is not null && CompletedAt is null;
}
