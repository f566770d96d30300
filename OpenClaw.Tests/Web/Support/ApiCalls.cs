using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using OpenClaw.Tests.Support;

namespace OpenClaw.Tests.Web.Support;

/// <summary>An answer of the API with its body read.</summary>
public sealed record Answer(HttpStatusCode Status, JsonElement Body, HttpResponseMessage Response)
{
    public string? Text(string property) => Body.GetProperty(property).GetString();

    public Guid Id(string property) => Body.GetProperty(property).GetGuid();

    /// <summary>Of an agent that was provisioned, or still is.</summary>
    public Guid AgentId => Body.TryGetProperty("agent", out var agent) ? agent.GetProperty("id").GetGuid() : Id("id");

    /// <summary>The names of the fields that a problem is about.</summary>
    public string[] ErrorFields => [.. Body.GetProperty("errors").EnumerateObject().Select(error => error.Name)];
}

/// <summary>Calls as a client makes them.</summary>
public static class ApiCalls
{
    public static Task<Answer> GetJsonAsync(this HttpClient client, string path) =>
        client.CallAsync(new HttpRequestMessage(HttpMethod.Get, path));

    public static Task<Answer> PostAsync(this HttpClient client, string path, object? body = null, params (string Name, string Value)[] headers) =>
        client.CallAsync(HttpMethod.Post, path, body is null ? null : JsonContent.Create(body), headers);

    public static Task<Answer> PostTextAsync(this HttpClient client, string path, string body, string contentType = "application/json") =>
        client.CallAsync(HttpMethod.Post, path, new StringContent(body, Encoding.UTF8, contentType), []);

    public static Task<Answer> CallAsync(this HttpClient client, HttpMethod method, string path, HttpContent? content, (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, path) { Content = content };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return client.CallAsync(request);
    }

    public static async Task<Answer> CallAsync(this HttpClient client, HttpRequestMessage request)
    {
        var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new Answer(response.StatusCode, text.StartsWith('{') ? JsonSerializer.Deserialize<JsonElement>(text) : default, response);
    }

    /// <summary>A running agent.</summary>
    public static async Task<Guid> ProvisionAsync(this HttpClient client, string name = "agent")
    {
        var answer = await client.CarryOutAsync("/api/v1/agents/provision", new { name, model = "local/echo" });
        return answer.AgentId;
    }

    /// <summary>Posts an operation, and waits for its workflow where that takes longer than the request waits, as it may on a busy machine.</summary>
    public static async Task<Answer> CarryOutAsync(this HttpClient client, string path, object? body = null)
    {
        var answer = await client.PostAsync(path, body);
        Assert.That(answer.Response.IsSuccessStatusCode, Is.True, answer.Body.ToString());
        if (answer.Status is HttpStatusCode.Accepted)
        {
            await Eventually.That(async () => (await client.GetJsonAsync($"/api/v1/workflows/{answer.Id("workflow_uuid")}")).Text("status"), Is.EqualTo("SUCCESS"), TimeSpan.FromSeconds(30));
        }

        return answer;
    }
}
