using System.CommandLine;
using static OpenClaw.Claw.CommonOptions;

namespace OpenClaw.Claw;

/// <summary>What is of the whole service.</summary>
internal static class ServiceCommands
{
    private static readonly Option<string> Actor = new("--actor") { Description = "Such as api or key:ci." };
    private static readonly Option<string> Action = new("--action") { Description = "Such as agent.stop; with a dot at its end, all that begin with it." };

    public static IEnumerable<ServiceCommand> All =>
    [
        new ServiceCommand("audit", "List who asked for what, newest first.", AuditAsync) { Example = "claw audit --action key. -n 10", Options = [Actor, Action, Limit] },
        new ServiceCommand("figures", "Tell how workflows went within a day, by name.", async context =>
            context.Table(await context.Service.GetAsync("workflows/metrics", context.Cancelled), "workflows", "name", "succeeded", "failed", "p50_ms", "p95_ms")) { Example = "claw figures" },
        new ServiceCommand("retention", "Tell what is kept how long, and what the next run would remove.", async context =>
            context.Fields(await context.Service.GetAsync("retention", context.Cancelled))) { Example = "claw retention" },
    ];

    private static async Task<int> AuditAsync(CommandContext context)
    {
        return context.Table(await context.Service.GetAsync($"audit?limit={context.Get(Limit)}{Query(("actor", context.Get(Actor)), ("action", context.Get(Action)))}", context.Cancelled), "entries", "at", "actor", "action", "subject", "outcome", "detail");
    }
}
