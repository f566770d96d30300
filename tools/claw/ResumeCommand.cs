using System.CommandLine;
using System.Text.Json;
using static OpenClaw.Claw.CommonOptions;

namespace OpenClaw.Claw;

/// <summary>Lets go on what was paused or has ended without success: one by its name, or workflows by what they have in common.</summary>
internal static class ResumeCommand
{
    // Far below what the service takes at once, so that each answer comes in time.
    private const int AtOnce = 100;

    private static readonly Argument<string?> What = new("what") { Description = "An agent's id or name, or a workflow's uuid.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string[]> Where = new("--where") { Description = $"Workflows in place of one: {WorkflowConditions.Rule}; more than once for those that meet all." };

    public static ServiceCommand Make() =>
        new("resume", "Resume a paused agent, or workflows that ended without success.", RunAsync) { Example = "claw resume --where state=failed --where agent=Ada", Arguments = [What], Options = [Where, Yes] };

    private static Task<int> RunAsync(CommandContext context) => (context.Get(What), context.Get(Where)) switch
    {
        ({ } what, null or []) => OneAsync(context, what),
        (null, { Length: > 0 } conditions) => ManyAsync(context, conditions),
        _ => throw new Failure(ExitCodes.Usage, "Name an agent or a workflow, or say --where state=failed; not both."),
    };

    private static async Task<int> OneAsync(CommandContext context, string what)
    {
        if (Guid.TryParse(what, out var uuid))
        {
            try
            {
                var workflow = await context.Service.PostAsync($"workflows/{uuid}/resume", body: null, context.Cancelled);
                return context.Say(workflow, $"{workflow.Text("name")} {uuid} goes on; claw why {uuid} tells what becomes of it.");
            }
            catch (Failure failure) when (failure.ExitCode == ExitCodes.NotFound)
            {
                // Then it is an agent's.
            }
        }

        return AgentCommands.SayAgent(context, await context.Service.PostAsync($"agents/{await context.Service.AgentAsync(what, context.Cancelled)}/resume", body: null, context.Cancelled));
    }

    private static async Task<int> ManyAsync(CommandContext context, string[] conditions)
    {
        var found = await (await WorkflowConditions.ReadAsync(conditions, context.Service, context.Cancelled)).FindAsync(context.Service, context.Cancelled);
        if (found.Count > 0)
        {
            context.Confirm($"{found.Count} {(found.Count == 1 ? "workflow goes" : "workflows go")} on at the step that failed.", Yes);
        }

        var results = new List<JsonElement>();
        foreach (var some in found.Chunk(AtOnce))
        {
            var answer = await context.Service.PostAsync("workflows/bulk", new { action = "resume", workflow_uuids = some }, context.Cancelled);
            results.AddRange(answer.GetProperty("results").EnumerateArray());
        }

        var refused = results.Where(result => result.Text("refused") is not null).ToList();
        var accepted = results.Count - refused.Count;
        IEnumerable<string> lines = [$"{accepted} of {found.Count} go on.", .. refused.Select(result => $"{result.Text("workflow_uuid")}: {result.Text("refused")}")];
        return context.Say(JsonSerializer.SerializeToElement(new { accepted, results }), string.Join('\n', lines), refused.Count > 0 ? ExitCodes.Refused : ExitCodes.Done);
    }
}
