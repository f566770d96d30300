using System.Net.Http.Json;
using System.Text.Json;
using Npgsql;
using OpenClaw.Bench.Turns;
using Spectre.Console;

namespace OpenClaw.Bench.Soak;

/// <summary>
/// Long turns of a model that speaks all the time, all at once in one service, and another service beside it; each is killed in
/// turn with SIGKILL, and the other takes up all turns. Then each must have one reply, be charged once, and read the same on both.
/// </summary>
internal sealed class TurnSoak(TurnSoakOptions options) : IAsyncDisposable
{
    private const string Model = "openai/streaming";
    private const int ReadAtOnce = 16;

    // In USD for a million tokens, so that a token read costs a micro-unit and one written ten.
    private const int InputPrice = 1;
    private const int OutputPrice = 10;

    private static readonly TimeSpan BeginLimit = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan DrainLimit = TimeSpan.FromMinutes(5);

    private readonly SoakedServices _services = new();

    /// <summary>False when something that must hold does not.</summary>
    public async Task<bool> RunAsync()
    {
        await using var model = await StreamingModel.StartAsync(options.Duration);
        var database = await BenchDatabase.CreateAsync(options.Server, TurnSoakOptions.Database);
        for (var service = 0; service < 2; service++)
        {
            _services.Add(await ServiceProcess.StartAsync(
                database, settings: [$"OPENAI_BASE_URL={model.Address}", "OPENAI_API_KEY=none", $"MODEL_CONCURRENCY={options.Turns}"]));
        }

        await using var source = BenchDatabase.Open(options.Server, TurnSoakOptions.Database);
        var agents = await AgentMessages.SeedAsync(source, options.Turns, Model);
        using (var http = _services[0].Connect())
        {
            using var priced = await http.PutAsJsonAsync("/api/v1/prices", new { model = "openai/*", input = InputPrice, cached_input = InputPrice, output = OutputPrice });
            priced.EnsureSuccessStatusCode();
            await Parallel.ForEachAsync(agents, async (agent, stopping) =>
            {
                using var sent = await http.PostAsJsonAsync($"/api/v1/agents/{agent}/message", new { content = $"question {agent}" }, stopping);
                sent.EnsureSuccessStatusCode();
            });
        }

        var begun = await Until.ItHoldsAsync(() => Task.FromResult(model.Waiting >= options.Turns), BeginLimit);
        await KillAsync();
        var drained = await Until.ItHoldsAsync(
            async () => await source.NumberAsync("SELECT count(*) FROM openclaw_system.notifications WHERE state IN ('accepted', 'parked') AND recipient LIKE 'agent:%'") == 0,
            options.Duration + DrainLimit);
        return await JudgeAsync(source, model, begun, drained);
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private async Task KillAsync()
    {
        for (var kill = 0; kill < options.Kills; kill++)
        {
            await Task.Delay(options.Duration / options.Kills);
            await _services.KillNextAsync();
        }
    }

    private async Task<bool> JudgeAsync(NpgsqlDataSource source, StreamingModel model, TimeSpan? begun, TimeSpan? drained)
    {
        var (same, whole) = await ReadAsync(source, model);
        var cost = (StreamingModel.InputTokens * InputPrice) + (model.OutputTokens * OutputPrice);
        var judgement = new Judgement();
        judgement.Count("turns that did not begin at once", begun is null ? options.Turns - model.Waiting : 0, 0);
        judgement.Count("questions answered", await source.NumberAsync("SELECT count(*) FROM openclaw_system.notifications WHERE content LIKE 'question %' AND state = 'delivered'"), options.Turns);
        judgement.Count("replies", await source.NumberAsync("SELECT count(*) FROM openclaw_system.notifications WHERE reply_to IS NOT NULL"), options.Turns);
        judgement.Count("turns charged", await source.NumberAsync("SELECT count(*) FROM openclaw.spending"), options.Turns);
        judgement.Count("turns counted", await source.NumberAsync("SELECT coalesce(sum(turns), 0)::bigint FROM openclaw.agent_usage"), options.Turns);
        judgement.Count("micro-units charged", await source.NumberAsync("SELECT coalesce(sum(amount), 0)::bigint FROM openclaw.spending"), (long)options.Turns * cost);
        judgement.Count("held for turns that have ended", await source.NumberAsync("SELECT count(*) FROM openclaw.spending_reservations"), 0);
        judgement.Count("run logs that read the same on both nodes", same, options.Turns);
        judgement.Count("… and add up to the reply, which is all that was said", whole, options.Turns);
        var interrupted = await source.NumberAsync("SELECT count(*) FROM openclaw_system.workflow_events WHERE kind = 'step_interrupted'");
        AnsiConsole.MarkupLineInterpolated(
            $"{options.Turns:N0} turns of {options.Duration.TotalSeconds:0} s, all under way after {begun?.TotalSeconds:F1} s; {options.Kills} services killed, {interrupted:N0} turns interrupted, the model asked {model.Asked:N0} times and heard to the end {model.Answered:N0} times, the last one done {drained?.TotalSeconds:F1} s after the last kill.");
        judgement.Print();
        return judgement.Holds;
    }

    private async Task<(int Same, int Whole)> ReadAsync(NpgsqlDataSource source, StreamingModel model)
    {
        var runs = await source.ReadAsync<string[]>("SELECT coalesce(array_agg(id::text || ' ' || content), '{}') FROM openclaw_system.notifications WHERE content LIKE 'question %' AND state IN ('delivered', 'dead')");
        using var first = _services[0].Connect();
        using var second = _services[1].Connect();
        var (same, whole) = (0, 0);
        await Parallel.ForEachAsync(runs, new ParallelOptions { MaxDegreeOfParallelism = ReadAtOnce }, async (run, stopping) =>
        {
            var (id, question) = (run[..run.IndexOf(' ')], run[(run.IndexOf(' ') + 1)..]);
            var here = await first.GetStringAsync($"/api/v1/runs/{id}/stream?after=0", stopping);
            var there = await second.GetStringAsync($"/api/v1/runs/{id}/stream?after=0", stopping);
            Add(ref same, here == there);
            Add(ref whole, IsWhole(here, model.AnswerTo(question)));
        });
        return (same, whole);
    }

    private static void Add(ref int count, bool holds)
    {
        if (holds)
        {
            Interlocked.Increment(ref count);
        }
    }

    // A part at position 0 begins the reply anew.
    private static bool IsWhole(string stream, string answer)
    {
        var said = "";
        foreach (var line in stream.Split('\n').Where(line => line.StartsWith("data: ", StringComparison.Ordinal)))
        {
            var data = JsonDocument.Parse(line["data: ".Length..]).RootElement;
            if (data.TryGetProperty("reply", out var reply))
            {
                return said.Trim() == answer.Trim() && reply.GetString()?.Trim() == answer.Trim();
            }

            var position = data.GetProperty("position").GetInt32();
            if (position > said.Length)
            {
                return false;
            }

            said = said[..position] + data.GetProperty("text").GetString();
        }

        return false;
    }
}
