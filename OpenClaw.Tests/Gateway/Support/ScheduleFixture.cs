using System.Text.Json.Nodes;
using Hangfire;
using Hangfire.Storage;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Tests.Support;

namespace OpenClaw.Tests.Gateway.Support;

/// <summary>Prompts on schedule, as clients put and read them.</summary>
public abstract class ScheduleFixture : GatewayFixture
{
    protected const string NewYear = "0 8 1 1 *";

    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private protected static JsonObject One(string id) => new() { ["id"] = id };

    private protected static JsonObject Cron(string expression, string? zone = null)
    {
        var schedule = new JsonObject { ["kind"] = "cron", ["expr"] = expression };
        if (zone is not null)
        {
            schedule["tz"] = zone;
        }

        return schedule;
    }

    private protected static JsonObject Every(int milliseconds) => new() { ["kind"] = "every", ["everyMs"] = milliseconds };

    private protected static JsonObject At(DateTimeOffset at) => new() { ["kind"] = "at", ["at"] = at.ToString("O") };

    private protected static JsonObject Payload(string text) => new() { ["kind"] = "agentTurn", ["message"] = text };

    private protected static JsonObject Prompt(string agent, JsonObject schedule, string text, bool enabled) => new()
    {
        ["name"] = "Test",
        ["agentId"] = agent,
        ["schedule"] = schedule,
        ["sessionTarget"] = "main",
        ["wakeMode"] = "now",
        ["payload"] = Payload(text),
        ["enabled"] = enabled,
    };

    private protected static Task<JsonNode> AddAsync(GatewayClient client, string agent, JsonObject schedule, string text, bool enabled = true) =>
        client.CallAsync("cron.add", Prompt(agent, schedule, text, enabled));

    private protected static Task<JsonNode> PatchAsync(GatewayClient client, JsonNode job, JsonObject patch) =>
        client.CallAsync("cron.update", new JsonObject { ["id"] = (string)job["id"]!, ["patch"] = patch });

    private protected static async Task<IEnumerable<string?>> RunIdsAsync(GatewayClient client, string id) =>
        (await client.CallAsync("cron.runs", One(id)))["entries"]!.AsArray().Select(entry => (string?)entry!["runId"]);

    private protected static async Task<List<string?>> HistoryAsync(GatewayClient client, string key)
    {
        var history = await client.CallAsync("chat.history", new JsonObject { ["sessionKey"] = key });
        return history["messages"]!.AsArray().Select(message => (string?)message!["content"]![0]!["text"]).ToList();
    }

    private protected static async Task EndedAsync(GatewayClient client, JsonNode started) => await Eventually.That(
        async () => (string?)(await client.CallAsync("workflows.get", new JsonObject { ["workflowUuid"] = (string)started["workflowUuid"]! }))["workflow"]!["status"],
        Is.EqualTo("SUCCESS"),
        Patience);

    private protected async Task<string> SharedAgentAsync()
    {
        await using var client = await ConnectAsync();
        var known = (await client.CallAsync("agents.list"))["agents"]!.AsArray().FirstOrDefault(agent => (string?)agent!["name"] == "shared");
        return known is null ? await AgentAsync("shared") : (string)known["id"]!;
    }

    private protected RecurringJobDto? Recurring(string id)
    {
        using var connection = Service.Services.GetRequiredService<JobStorage>().GetConnection();
        return connection.GetRecurringJobs([$"prompt:{id}"]).SingleOrDefault(job => !job.Removed);
    }
}
