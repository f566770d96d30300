using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using OpenClaw.Bench.Engine;
using OpenClaw.Bench.Gateway;
using OpenClaw.Bench.Soak;
using Spectre.Console;

namespace OpenClaw.Bench.Fuzz;

/// <summary>
/// A service that is sent what no client should send, by all doors at once. Then it must still be the same process, must have
/// failed at nothing, must hold no more memory than before, and must have told nobody a secret.
/// </summary>
internal sealed class FuzzRun(FuzzOptions options)
{
    public const string Failures = "frames at which the service failed";
    public const string ServerErrors = "requests answered 500";
    public const string Deaf = "connections that were not answered";

    private static readonly string[] KeyScopes = ["write"];

    private const string LoggedErrors = "errors in the log";
    private const double MostGrown = 64;

    private static readonly TimeSpan DrainLimit = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan ShortDrainLimit = TimeSpan.FromSeconds(5);

    // Each stands in a setting, and none may come out.
    private static readonly string[] Settings =
    [
        "LOG_LEVEL=info", "STRANGER_REQUESTS_PER_MINUTE=0", "KEY_REQUESTS_PER_MINUTE=0", "OPENAI_API_KEY=secret-of-openai-5c1e", "OPENAI_BASE_URL=http://127.0.0.1:9/v1", "ANTHROPIC_API_KEY=secret-of-anthropic-7d2f",
        "ANTHROPIC_BASE_URL=http://127.0.0.1:9", "OPENCLAW_GATEWAY_URL=ws://127.0.0.1:9", "OPENCLAW_AUTH_TOKEN=secret-of-upstream-9a3b", "TWILIO_ACCOUNT_SID=AC0123456789abcdef0123456789abcdef",
        "TWILIO_AUTH_TOKEN=secret-of-twilio-1b4c", "TWILIO_WHATSAPP_FROM=+14155238886", "TWILIO_API_BASE_URL=http://127.0.0.1:9", "PUBLIC_BASE_URL=http://127.0.0.1:18789",
    ];

    /// <summary>False when something that must hold does not.</summary>
    public async Task<bool> RunAsync()
    {
        var database = await BenchDatabase.CreateAsync(options.Server, FuzzOptions.Database);
        var service = await ServiceProcess.StartAsync(database, settings: Settings);
        var findings = new Findings([BenchService.Token, .. Settings.Select(setting => setting.Split('=')[1]).Where(value => value.StartsWith("secret-of-", StringComparison.Ordinal))]);
        var listening = ListenAsync(service, findings);
        var (grown, ended) = (double.NaN, true);
        try
        {
            grown = await DriveAsync(service, findings);
            ended = service.HasExited;
        }
        catch (Exception exception) when (service.HasExited)
        {
            AnsiConsole.WriteLine(exception.Message);
        }

        await service.DisposeAsync();
        await listening;
        return Judge(findings, grown, ended);
    }

    private static bool Judge(Findings findings, double grown, bool ended)
    {
        var judgement = new Judgement();
        judgement.Count("services that ended", ended ? 1 : 0, 0);
        foreach (var what in new[] { Failures, ServerErrors, Deaf, LoggedErrors, "secrets in answers", "secrets in the log" })
        {
            judgement.Count(what, findings[what], 0);
        }

        judgement.Amount("memory held more than before", grown, MostGrown, "MiB");
        judgement.Print();
        foreach (var (what, example) in findings.Examples)
        {
            AnsiConsole.WriteLine($"{what}: {example}");
        }

        return judgement.Holds;
    }

    // By how many MiB what the service holds has grown.
    private async Task<double> DriveAsync(ServiceProcess service, Findings findings)
    {
        using var http = service.Connect();
        var (key, agents) = (await KeyAsync(http), await AgentsAsync(http));
        findings.AddSecret(key[^43..]);
        var document = new ApiDocument(await http.GetFromJsonAsync<JsonElement>("/openapi/v1.json"));
        var methods = await MethodsAsync(service);
        var frames = new FrameFuzz(service.Address, methods, agents, BenchService.Token, key, findings, options.Seed);
        var requests = new RequestFuzz(service.Address, document, agents, BenchService.Token, key, findings, options.Seed);
        AnsiConsole.MarkupLineInterpolated($"{options.Frames:N0} frames of {methods.Count} methods and {options.Requests:N0} requests of {document.Operations.Count} endpoints, seed {options.Seed}.");

        // What every process has once is there after the first ones.
        await Task.WhenAll(frames.RunAsync(options.Frames / 20), requests.RunAsync(options.Requests / 20));
        await DrainAsync();
        var (held, memory, clock) = (await service.HeldMemoryAsync(), service.Memory, Stopwatch.StartNew());
        await Task.WhenAll(frames.RunAsync(options.Frames - (options.Frames / 20)), requests.RunAsync(options.Requests - (options.Requests / 20)));
        var took = clock.Elapsed;
        await DrainAsync();
        var grown = (await service.HeldMemoryAsync() - held) / 1024.0 / 1024.0;
        AnsiConsole.MarkupLineInterpolated($"In {took.TotalSeconds:N0} s {frames.Connections:N0} connections, {frames.Answers:N0} answers and events, {requests.Late:N0} requests that waited longer than 10 s; physical memory {memory >> 20} MiB before, {service.Memory >> 20} MiB after.");
        return grown;
    }

    // What was begun ends by itself, where it can; agents beat no more meanwhile.
    private async Task DrainAsync()
    {
        await using var source = BenchDatabase.Open(options.Server, FuzzOptions.Database);
        await BenchDatabase.ExecuteAsync(source, "UPDATE openclaw.agents SET heartbeat_enabled = false, next_heartbeat_at = NULL");
        await Until.ItHoldsAsync(async () => await source.NumberAsync("SELECT count(*) FROM openclaw_system.workflow_status WHERE status IN ('ENQUEUED', 'PENDING')") == 0, options.Frames > 100_000 ? DrainLimit : ShortDrainLimit);
    }

    private static async Task<string> KeyAsync(HttpClient http)
    {
        using var made = await http.PostAsJsonAsync("/api/v1/keys", new { name = "of the fuzz", scopes = KeyScopes });
        return (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("key").GetString()!;
    }

    private static async Task<IReadOnlyList<string>> AgentsAsync(HttpClient http)
    {
        var ids = new List<string>();
        foreach (var number in Enumerable.Range(1, 4))
        {
            using var made = await http.PostAsJsonAsync("/api/v1/agents/provision", new { name = $"fuzz-{number}", model = "local/echo", heartbeat = new { enabled = false } });
            ids.Add((await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!);
        }

        return ids;
    }

    // The service's own table, as it tells each client.
    private static async Task<IReadOnlyList<string>> MethodsAsync(ServiceProcess service)
    {
        await using var client = await BenchClient.ConnectAsync(service.Address, "table", (_, _) => { });
        return [.. client.Hello.GetProperty("features").GetProperty("methods").EnumerateArray().Select(method => method.GetString()!)];
    }

    private static async Task ListenAsync(ServiceProcess service, Findings findings)
    {
        await foreach (var line in service.LinesAsync())
        {
            findings.Search(line, "the log");
            if (line.Contains(" fail: ", StringComparison.Ordinal) || line.Contains(" crit: ", StringComparison.Ordinal))
            {
                findings.Add(LoggedErrors, line);
            }
        }
    }
}
