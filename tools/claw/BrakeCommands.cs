using System.CommandLine;
using System.Text.Json;

namespace OpenClaw.Claw;

/// <summary>The switch that keeps turns from beginning.</summary>
internal static class BrakeCommands
{
    private static readonly Argument<string?> Agent = new("agent") { Description = "Its id, or its name; none for all agents.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<bool> Abort = new("--abort") { Description = "End what is under way, too." };
    private static readonly Option<string> Reason = new("--reason") { Description = "Why, for people." };
    private static readonly Option<bool> Off = new("--off") { Description = "Release it: what waited begins, a few agents a second." };

    public static IEnumerable<ServiceCommand> All =>
    [
        new("brake", "Keep the turns of an agent, or of all, from beginning; with --off let them begin again.", RunAsync) { Example = "claw brake Ada --reason 'a look first'", Arguments = [Agent], Options = [Abort, Reason, Off] },
        new("brakes", "List the brakes that are on, and those that are being released.", async context =>
            context.Table(await context.Service.GetAsync("brakes", context.Cancelled), "brakes", "id", "state", "agent_name", "mode", "reason", "set_by", "set_at")) { Example = "claw brakes" },
    ];

    private static async Task<int> RunAsync(CommandContext context)
    {
        var agent = context.Get(Agent) is { } name ? await context.Service.AgentAsync(name, context.Cancelled) : null;
        if (!context.Get(Off))
        {
            var set = await context.Service.PostAsync("brakes", new { agent_id = agent, mode = context.Get(Abort) ? "abort" : "no_new_turns", reason = context.Get(Reason) }, context.Cancelled);
            return context.Say(set, $"The brake is on for {Whose(set)}. claw brake{(agent is null ? "" : $" {context.Get(Agent)}")} --off releases it.");
        }

        var brakes = (await context.Service.GetAsync("brakes", context.Cancelled)).GetProperty("brakes").EnumerateArray();
        if (brakes.FirstOrDefault(brake => brake.Text("agent_id") == agent && brake.Text("everything") is null or "false" or "False") is not { ValueKind: JsonValueKind.Object } on)
        {
            throw new Failure(ExitCodes.NotFound, $"There is no brake over {(agent is null ? "all agents" : context.Get(Agent))}.");
        }

        var released = await context.Service.DeleteAsync($"brakes/{on.Text("id")}", context.Cancelled);
        return context.Say(released, $"The brake of {Whose(released)} is released: what waited begins, a few agents a second.");
    }

    private static string Whose(JsonElement brake) => brake.Text("agent_name") ?? "all agents";
}
