using System.Net.ServerSentEvents;
using System.Text.Json;

namespace OpenClaw.Tests.Web.Support;

/// <summary>An event of a run's stream.</summary>
internal sealed record RunEvent(string Kind, long Id, JsonElement Data)
{
    public string? Text(string property) => Data.GetProperty(property).GetString();

    public override string ToString() => $"{Kind} {Data}";
}

/// <summary>Reads what agents say while they are at it.</summary>
internal static class RunEvents
{
    /// <summary>All events up to the run's end.</summary>
    public static async Task<List<RunEvent>> ReadRunAsync(this HttpClient api, Guid run, long after = 0, Action<RunEvent>? heard = null)
    {
        var events = new List<RunEvent>();
        await foreach (var told in api.HearRunAsync($"/api/v1/runs/{run}/stream?after={after}"))
        {
            events.Add(told);
            heard?.Invoke(told);
        }

        return events;
    }

    public static async IAsyncEnumerable<RunEvent> HearRunAsync(this HttpClient api, string path, string? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEventId);
        }

        using var response = await api.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        Assert.That(response.Content.Headers.ContentType?.MediaType, Is.EqualTo("text/event-stream"));
        await using var body = await response.Content.ReadAsStreamAsync();
        var parser = SseParser.Create(body);
        await foreach (var told in parser.EnumerateAsync())
        {
            yield return new RunEvent(told.EventType, long.Parse(told.EventId!, System.Globalization.CultureInfo.InvariantCulture), JsonSerializer.Deserialize<JsonElement>(told.Data));
        }
    }

    /// <summary>What a reader has at the end who begins anew where the run does.</summary>
    public static string Said(this IEnumerable<RunEvent> events) => events.Where(told => told.Kind == "delta").Aggregate(
        "", (said, told) => said[..told.Data.GetProperty("position").GetInt32()] + told.Text("text"));
}
