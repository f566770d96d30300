using OpenClaw.Jobs.Schedules;
using OpenClaw.Web.Api.Schedules;
using OpenClaw.Web.Mcp.Serving;
using OpenClaw.Web.Security.Keys;
using static OpenClaw.Web.Mcp.Serving.ToolArgument;

namespace OpenClaw.Web.Mcp.Tools;

/// <summary>A schedule's times: those that come, what became of those that were, and one beside them.</summary>
internal sealed class ScheduleRunTools(ScheduleService service, ScheduleQueries schedules, TimeProvider time) : IToolbox
{
    public IEnumerable<Tool> Tools =>
    [
        new Tool("get_schedule", "Tells all about a schedule, and its next ten times.", KeyScopes.Read, [ScheduleTools.ScheduleId, Full], GetAsync) { Rest = ["GET /schedules/{id}"] },
        new Tool("list_schedule_runs", "Lists what became of each time at which a schedule was due, newest first.", KeyScopes.Read, [ScheduleTools.ScheduleId, Limit, Cursor, Full], ListAsync) { Rest = ["GET /schedules/{id}/runs"] },
        new Tool("run_schedule", "Sends a schedule's message now, beside its times.", KeyScopes.Write, [ScheduleTools.ScheduleId], RunAsync) { Rest = ["POST /schedules/{id}/run"] },
    ];

    private async Task<ToolAnswer> GetAsync(ToolCall call) =>
        AnswerText.Of(call, ScheduleResponse.From(await ScheduleTools.FindAsync(Id(call), schedules, call), ScheduleQueries.NextTimes, time.GetUtcNow()));

    private async Task<ToolAnswer> ListAsync(ToolCall call)
    {
        var limit = call.Limit();
        var runs = await schedules.DueAsync(Id(call), call.Id("cursor"), limit + 1, call.Caller, call.Cancelled);
        if (runs.Count == 0)
        {
            // Records outlive their schedule; without any it must be there.
            await ScheduleTools.FindAsync(Id(call), schedules, call);
        }

        return AnswerText.List(call, "runs", [.. runs.Take(limit).Select(ScheduleRunResponse.From)], runs.Count > limit, shown => $"cursor: {runs[shown - 1].Run.Id}");
    }

    private async Task<ToolAnswer> RunAsync(ToolCall call)
    {
        var sent = (await service.RunAsync(Id(call), call.Caller, call.Cancelled)).Match(id => id, _ => throw ScheduleTools.NotThere(Id(call)));
        return AnswerText.Of(call, new Sent(sent, "It is on its way; list_messages of the agent has it, and the reply when it is there."));
    }

    private static Guid Id(ToolCall call) => call.Id(ScheduleTools.ScheduleId.Name)!.Value;

    private sealed record Sent(string MessageId, string Later);
}
