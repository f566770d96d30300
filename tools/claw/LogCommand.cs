using System.CommandLine;
using System.Text.Json;

namespace OpenClaw.Claw;

/// <summary>What the service's log says, now and from now on.</summary>
internal static class LogCommand
{
    private static readonly TimeSpan AsksAgain = TimeSpan.FromSeconds(1);

    private static readonly Option<bool> Follow = new("--follow", "-f") { Description = "Go on with what is said from now on, also after the service was started again." };
    private static readonly Option<string> Level = new("--level") { Description = "Nothing less than info, warn or error." };
    private static readonly Option<int> Lines = new("--lines", "-n") { Description = "How many of the last lines, up to 500.", DefaultValueFactory = _ => 50 };

    public static ServiceCommand Make() => new("logs", "Show what the service has last logged.", RunAsync) { Example = "claw logs -f --level warn", Options = [Follow, Level, Lines] };

    private static async Task<int> RunAsync(CommandContext context)
    {
        var level = context.Get(Level) is { } least ? $"&level={Uri.EscapeDataString(least)}" : "";
        var part = await context.Service.GetAsync($"logs?limit={context.Get(Lines)}{level}", context.Cancelled);
        if (!context.Get(Follow))
        {
            return context.Say(part, string.Join('\n', LinesOf(part).Select(Line)));
        }

        var isAway = false;
        while (true)
        {
            foreach (var line in LinesOf(part))
            {
                context.Tell(context.IsJson ? line.GetRawText() : Line(line));
            }

            await Task.Delay(AsksAgain, context.Cancelled);
            try
            {
                part = await context.Service.GetAsync($"logs?limit=500&after={part.Text("cursor")}{level}", context.Cancelled);
                if (part.GetProperty("is_reset").GetBoolean())
                {
                    context.Note("The log begins anew: another process answers, or what was said between is kept no more.");
                }

                isAway = false;
            }
            catch (Failure failure) when (failure.ExitCode == ExitCodes.Unavailable)
            {
                if (!isAway)
                {
                    context.Note($"{failure.Message} It is asked again until it does.");
                }

                (isAway, part) = (true, WithoutLines(part));
            }
        }
    }

    private static JsonElement.ArrayEnumerator LinesOf(JsonElement part) => part.GetProperty("lines").EnumerateArray();

    private static JsonElement WithoutLines(JsonElement part) => JsonSerializer.SerializeToElement(new { lines = Array.Empty<object>(), cursor = part.GetProperty("cursor").GetInt64() });

    private static string Line(JsonElement line) => $"{line.Text("at")} {line.Text("level"),-5} {line.Text("event_id"),4} {line.Text("text")}";
}
