using System.CommandLine;
using System.Text;
using System.Text.Json;

namespace OpenClaw.Claw;

/// <summary>How everything stands, again and again.</summary>
internal static class TopCommand
{
    private const int MostAgents = 500;

    // Home, then what is written, then nothing below it: the screen does not flicker as if it were cleared first.
    private const string Home = "\e[H";
    private const string EndOfLine = "\e[K\n";
    private const string Rest = "\e[J";

    private static readonly string[] Columns = ["name", "status", "operation", "model", "next_heartbeat_at"];

    private static readonly Option<bool> Once = new("--once") { Description = "Say it once, and end." };
    private static readonly Option<double> Every = new("--every") { Description = "Seconds between two looks.", DefaultValueFactory = _ => 2 };

    public static ServiceCommand Make() => new("top", "Show how agents and workflows stand, live; what wants a person comes first.", RunAsync) { Example = "claw top --once", Options = [Once, Every] };

    private static async Task<int> RunAsync(CommandContext context)
    {
        var every = context.Get(Every);
        if (!(every is >= 0.5 and <= 3600))
        {
            throw new Failure(ExitCodes.Usage, "--every takes 0.5 to 3600 seconds.");
        }

        if (context.Get(Once))
        {
            var now = await LookAsync(context);
            return context.Say(now, string.Join('\n', Screen(now, int.MaxValue)));
        }

        string[] shown = [];
        while (true)
        {
            try
            {
                var now = await LookAsync(context);
                if (context.IsJson)
                {
                    context.Tell(now.GetRawText());
                }

                shown = [.. Screen(now, CommandContext.Height - 2)];
            }
            catch (Failure failure) when (failure.ExitCode == ExitCodes.Unavailable)
            {
                shown = [$"{failure.Message} It is asked again until it does.", .. shown.Skip(1)];
            }

            if (!context.IsJson)
            {
                context.Tell(shown.Aggregate(new StringBuilder(Home), (text, line) => text.Append(line).Append(EndOfLine)).Append(Rest).ToString());
            }

            await Task.Delay(TimeSpan.FromSeconds(every), context.Cancelled);
        }
    }

    private static async Task<JsonElement> LookAsync(CommandContext context)
    {
        var agents = context.Service.GetAsync($"agents?limit={MostAgents}", context.Cancelled);
        var failed = context.Service.GetAsync("workflows/failed", context.Cancelled);
        var brakes = context.Service.GetAsync("brakes", context.Cancelled);
        var questions = context.Service.GetAsync("questions?state=open", context.Cancelled);
        return JsonSerializer.SerializeToElement(new
        {
            agents = (await agents).GetProperty("agents"),
            failed = (await failed).GetProperty("workflows"),
            brakes = (await brakes).GetProperty("brakes"),
            questions = (await questions).GetProperty("questions"),
        });
    }

    private static IEnumerable<string> Screen(JsonElement now, int lines)
    {
        var agents = now.GetProperty("agents").EnumerateArray().OrderBy(Rank).ThenBy(agent => agent.Text("name"), StringComparer.OrdinalIgnoreCase).ToList();
        var counts = agents.CountBy(agent => agent.Text("status") ?? "").Select(count => $"{count.Value} {count.Key}");
        var (failed, brakes, questions) = (now.GetProperty("failed").GetArrayLength(), now.GetProperty("brakes").GetArrayLength(), now.GetProperty("questions").GetArrayLength());
        yield return $"Agents {agents.Count}: {string.Join(", ", counts.DefaultIfEmpty("none yet"))} · failed workflows {failed} · open questions {questions} · brakes {brakes}";
        yield return "";
        var room = Math.Max(lines - 3, 1);
        foreach (var line in CommandContext.Lines(agents.Take(room), Columns))
        {
            yield return line;
        }

        if (agents.Count > room)
        {
            yield return $"… and {agents.Count - room} more.";
        }
    }

    // What wants a person first, then what is changing.
    private static int Rank(JsonElement agent) => (agent.Text("status"), agent.Text("operation")) switch
    {
        ("failed", _) => 0,
        (_, not null) => 1,
        ("paused", _) => 2,
        ("stopped", _) => 4,
        _ => 3,
    };
}
