using System.Net;
using System.Net.Http.Json;
using OpenClaw.Tests.Web.Support;

namespace OpenClaw.Tests.Spending.Support;

/// <summary>Prices and budgets, as a client sets them.</summary>
internal static class SpendingCalls
{
    public static Task<Answer> PutAsync(this HttpClient client, string path, object body) => client.CallAsync(HttpMethod.Put, path, JsonContent.Create(body), []);

    /// <summary>USD for a million tokens of all models that begin so.</summary>
    public static async Task PriceAsync(this HttpClient client, string model, decimal input, decimal cached, decimal output)
    {
        var answer = await client.PutAsync("/api/v1/prices", new { model, input, cached_input = cached, output });
        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.OK), answer.Body.ToString());
    }

    public static async Task<Answer> BudgetAsync(this HttpClient client, Guid? agent, string period, decimal? soft, decimal? hard)
    {
        var answer = await client.PutAsync("/api/v1/budgets", new { agent_id = agent, period, soft, hard });
        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.OK), answer.Body.ToString());
        return answer;
    }

    public static Task<Answer> TellAsync(this HttpClient client, Guid agent, string content, bool wait = true) =>
        client.PostAsync($"/api/v1/agents/{agent}/message", new { content }, wait ? [] : [("Prefer", "respond-async")]);
}
