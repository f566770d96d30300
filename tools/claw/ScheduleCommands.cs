using System.CommandLine;
using System.Text.Json;
using static OpenClaw.Claw.CommonOptions;

namespace OpenClaw.Claw;

/// <summary>What agents are sent on schedule.</summary>
internal static class ScheduleCommands
{
    private static readonly Argument<string> Schedule = new("schedule") { Description = "Its id; claw schedules list has them." };
    private static readonly Argument<string[]> Words = new("text") { Description = "What the agent is sent.", Arity = ArgumentArity.OneOrMore };
    private static readonly Option<string> Agent = new("--agent") { Description = "Only those of this agent: its id, or its name." };
    private static readonly Option<string> Name = new("--name") { Description = "For people." };
    private static readonly Option<string> Message = new("--message") { Description = "What the agent is sent." };
    private static readonly Option<string> Cron = new("--cron") { Description = "An expression of 5 fields, or 6 with seconds first." };
    private static readonly Option<string> Zone = new("--time-zone") { Description = "Of --cron, such as Europe/Berlin; left out, UTC." };
    private static readonly Option<string> Every = new("--every") { Description = "An interval, such as 15m or 2h." };
    private static readonly Option<string> At = new("--at") { Description = "Once, such as 2030-01-31T08:00:00Z." };
    private static readonly Option<bool?> Enabled = new("--enabled") { Description = "false: it is kept, and not sent." };

    private static readonly Option[] Timing = [Cron, Zone, Every, At, Enabled];

    public static ServiceCommand Make() => new("schedules", "What agents are sent on schedule.", Act: null)
    {
        Parts =
        [
            new ServiceCommand("list", "List schedules, newest first.", ListAsync) { Example = "claw schedules list --agent Ada", Options = [Agent] },
            new ServiceCommand("show", "Show a schedule and its next ten times.", async context => context.Fields(await context.Service.GetAsync(Path(context), context.Cancelled))) { Example = $"claw schedules show {SomeId}", Arguments = [Schedule] },
            new ServiceCommand("runs", "What became of each time at which it was due.", async context =>
                context.Table(await context.Service.GetAsync($"{Path(context)}/runs", context.Cancelled), "runs", "due_at", "outcome", "status", "reply", "reason")) { Example = $"claw schedules runs {SomeId}", Arguments = [Schedule] },
            new ServiceCommand("add", "Have an agent sent a message on schedule.", AddAsync) { Example = "claw schedules add Ada what is new? --name standup --cron '0 9 * * 1-5' --time-zone Europe/Berlin", Arguments = [AgentCommands.Agent, Words], Options = [Name, .. Timing] },
            new ServiceCommand("change", "Change a schedule; what is not named stays.", ChangeAsync) { Example = $"claw schedules change {SomeId} --enabled false", Arguments = [Schedule], Options = [Name, Message, .. Timing] },
            new ServiceCommand("run", "Send it now, beside its schedule.", RunAsync) { Example = $"claw schedules run {SomeId}", Arguments = [Schedule] },
            new ServiceCommand("delete", "Delete a schedule.", DeleteAsync) { Example = $"claw schedules delete {SomeId} --yes", Arguments = [Schedule], Options = [Yes] },
        ],
    };

    private static async Task<int> ListAsync(CommandContext context)
    {
        var path = context.Get(Agent) is { } name ? $"schedules?agent_id={await context.Service.AgentAsync(name, context.Cancelled)}" : "schedules";
        return context.Table(await context.Service.GetAsync(path, context.Cancelled), "schedules", "id", "name", "enabled", "cron", "every", "at", "next", "message");
    }

    private static async Task<int> AddAsync(CommandContext context)
    {
        var agent = await context.Service.AgentAsync(context.Get(AgentCommands.Agent), context.Cancelled);
        var text = string.Join(' ', context.Get(Words));
        return Say(context, await context.Service.PostAsync($"agents/{agent}/schedules", Body(context, context.Get(Name) ?? text[..Math.Min(text.Length, 40)], text), context.Cancelled), "is added");
    }

    private static async Task<int> ChangeAsync(CommandContext context) =>
        Say(context, await context.Service.PatchAsync(Path(context), Body(context, context.Get(Name), context.Get(Message)), context.Cancelled), "is changed");

    private static async Task<int> RunAsync(CommandContext context)
    {
        var sent = await context.Service.PostAsync($"{Path(context)}/run", body: null, context.Cancelled);
        return context.Say(sent, $"It is sent: {sent.Text("message_id")}.");
    }

    private static async Task<int> DeleteAsync(CommandContext context)
    {
        var schedule = await context.Service.GetAsync(Path(context), context.Cancelled);
        context.Confirm($"The schedule {schedule.Text("name")} is deleted; it cannot be had back.", Yes);
        await context.Service.DeleteAsync(Path(context), context.Cancelled);
        return context.Say(schedule, $"The schedule {schedule.Text("name")} is deleted.");
    }

    private static object Body(CommandContext context, string? name, string? message) =>
        new { name, message, cron = context.Get(Cron), time_zone = context.Get(Zone), every = context.Get(Every), at = context.Get(At), enabled = context.Get(Enabled) };

    private static int Say(CommandContext context, JsonElement schedule, string done) => context.Say(
        schedule, $"{schedule.Text("id")} {schedule.Text("name")} {done}; {(schedule.GetProperty("next").EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.String } next ? $"it is sent next at {next}" : "it is not sent")}.");

    private static string Path(CommandContext context) => $"schedules/{Uri.EscapeDataString(context.Get(Schedule))}";
}
