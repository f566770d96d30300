using OpenClaw.Data.Conventions;
using OpenClaw.Jobs.Agents;
using OpenClaw.Web.Api.Agents;
using OpenClaw.Web.Mcp.Serving;
using OpenClaw.Web.Security.Keys;
using static OpenClaw.Web.Mcp.Serving.ToolArgument;

namespace OpenClaw.Web.Mcp.Tools;

/// <summary>What changes agents, and their lives.</summary>
internal sealed class LifecycleTools(AgentService agents, AgentQueries queries, AgentNames names, OperationAnswer answers) : IToolbox
{
    private static readonly ToolArgument[] Settings =
    [
        Text("persona", "Who the agent is."),
        Object("heartbeat", "When and with what the agent's heart beats: enabled, interval (30m, 2h), checklist (texts), active_hours (start and end as HH:MM, time_zone).",
            """{"type":"object","properties":{"enabled":{"type":"boolean"},"interval":{"type":"string"},"checklist":{"type":"array","items":{"type":"string"}},"active_hours":{"type":"object","properties":{"start":{"type":"string"},"end":{"type":"string"},"time_zone":{"type":"string"}},"required":["start","end"],"additionalProperties":false}},"additionalProperties":false}"""),
        Object("configuration", "A JSON object that the runtime understands."),
    ];

    public IEnumerable<Tool> Tools =>
    [
        new Tool("provision_agent", "Creates an agent and gets it running. Answers with the agent when it runs, or with the workflow that sees to it.", KeyScopes.Write,
            [Text("name", "1 to 255 characters.").Needed(), Text("model", "provider/name; local/echo is built in and answers with what it is told.").Needed(), .. Settings, IdempotencyKey], ProvisionAsync) { Rest = ["POST /agents/provision"] },
        new Tool("create_agent", "Creates an agent and leaves it at that; start_agent gets it running.", KeyScopes.Write,
            [Text("name", "1 to 255 characters.").Needed(), Text("model", "provider/name.").Needed(), .. Settings, IdempotencyKey], CreateAsync) { Rest = ["POST /agents"] },
        new Tool("start_agent", "Provisions an agent that was created, or that has failed.", KeyScopes.Write, [AgentName, IdempotencyKey], StartAsync) { IsOfAgents = true, Rest = ["POST /agents/{id}/provision"] },
        new Tool("change_agent", "Changes an agent's settings. What is left out stays; what is null is cleared.", KeyScopes.Write,
            [AgentName, Text("name", "1 to 255 characters."), Text("model", "provider/name; the agent moves to another runtime where that needs it."), .. Settings.Select(setting => setting.OrNull())], ChangeAsync) { IsOfAgents = true, Rest = ["PATCH /agents/{id}/settings"] },
        new Tool("pause_agent", "Pauses a running agent and keeps its state; messages to it wait.", KeyScopes.Write, [AgentName, IdempotencyKey], PauseAsync) { IsOfAgents = true, Rest = ["POST /agents/{id}/pause"] },
        new Tool("resume_agent", "Resumes a paused agent from a checkpoint, and delivers what has waited.", KeyScopes.Write,
            [AgentName, Number("checkpoint", "Its number; left out, the newest."), IdempotencyKey], ResumeAsync) { IsOfAgents = true, Rest = ["POST /agents/{id}/resume"] },
        new Tool("beat_heart", "Beats an agent's heart now, beside its schedule: the agent works through its checklist.", KeyScopes.Write, [AgentName, IdempotencyKey], BeatAsync) { IsOfAgents = true, Rest = ["POST /agents/{id}/heartbeat"] },
        new Tool("stop_agent", "Stops an agent for good; it cannot be started again. A person is asked first.", KeyScopes.Write, [AgentName, Confirm, IdempotencyKey], StopAsync)
        { IsOfAgents = true, IsDangerous = true, Rest = ["DELETE /agents/{id}"] },
    ];

    private async Task<ToolAnswer> ProvisionAsync(ToolCall call) =>
        await answers.OfAsync(await agents.CreateAndProvisionAsync(call.Request<CreateAgentRequest>().ToNewAgent(), call.Caller, call.Key, call.Cancelled), call);

    private async Task<ToolAnswer> CreateAsync(ToolCall call) =>
        await answers.OfAsync(await agents.CreateAsync(call.Request<CreateAgentRequest>().ToNewAgent(), call.Caller, call.Key, call.Cancelled), call);

    private async Task<ToolAnswer> StartAsync(ToolCall call) =>
        await answers.OfAsync(await agents.ProvisionAsync((await names.FindAsync(call)).Id, call.Caller, call.Key, call.Cancelled), call);

    private async Task<ToolAnswer> ChangeAsync(ToolCall call)
    {
        var settings = call.Request<UpdateAgentSettingsRequest>(AgentName.Name).ToSettings();
        var id = (await agents.UpdateSettingsAsync((await names.FindAsync(call)).Id, settings, call.Caller, call.Cancelled)).OrThrow();
        return AnswerText.Of(call, AgentResponse.From((await queries.FindAsync(id, call.Caller, call.Cancelled))!));
    }

    private async Task<ToolAnswer> PauseAsync(ToolCall call) =>
        await answers.OfAsync(await agents.PauseAsync((await names.FindAsync(call)).Id, call.Caller, call.Key, call.Cancelled), call);

    private async Task<ToolAnswer> ResumeAsync(ToolCall call) =>
        await answers.OfAsync(await agents.ResumeAsync((await names.FindAsync(call)).Id, call.Number("checkpoint"), call.Caller, call.Key, call.Cancelled), call);

    private async Task<ToolAnswer> BeatAsync(ToolCall call) =>
        await answers.OfAsync(await agents.HeartbeatAsync((await names.FindAsync(call)).Id, call.Caller, call.Key, call.Cancelled), call);

    private async Task<ToolAnswer> StopAsync(ToolCall call)
    {
        var agent = await names.FindAsync(call);
        call.Confirmation.Require(
            call, $"The agent \"{agent.Name}\" ({agent.Id}), which is {EnumText.ToLower(agent.Status)}, is to be stopped for good: its heart beats no more, what waits for it is not delivered, its schedules go, and it cannot be started again. To rest it for a while it can be paused.");
        return await answers.OfAsync(await agents.StopAsync(agent.Id, call.Caller, call.Key, call.Cancelled), call);
    }
}
