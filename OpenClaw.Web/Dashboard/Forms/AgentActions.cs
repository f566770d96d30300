using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Messages;
using OpenClaw.Jobs.Requests;
using OpenClaw.Web.Dashboard.Pages;

namespace OpenClaw.Web.Dashboard.Forms;

/// <summary>What a person does to agents.</summary>
internal static class AgentActions
{
    public static void MapAgentActions(this IEndpointRouteBuilder actions)
    {
        actions.MapPost(Routes.Agents, Create);
        actions.MapPost(Routes.Agents + "/bulk", AgentBulk.RunAsync);
        var agent = actions.MapGroup(Routes.Agents + "/{id:guid}");
        agent.MapPost("/provision", (Guid id, DashboardForm form, AgentService agents, AgentOutcomes outcomes) =>
            outcomes.ReturnAsync(form, id, AgentOutcomes.Start, agents.ProvisionAsync(id, form.Caller, null, form.Cancelled)));
        agent.MapPost("/pause", (Guid id, DashboardForm form, AgentService agents, AgentOutcomes outcomes) =>
            outcomes.ReturnAsync(form, id, AgentOutcomes.Pause, agents.PauseAsync(id, form.Caller, null, form.Cancelled)));
        agent.MapPost("/resume", (Guid id, DashboardForm form, AgentService agents, AgentOutcomes outcomes) =>
            outcomes.ReturnAsync(form, id, AgentOutcomes.Resume, agents.ResumeAsync(id, CheckpointOf(form), form.Caller, null, form.Cancelled)));
        agent.MapPost("/stop", (Guid id, DashboardForm form, AgentService agents, AgentOutcomes outcomes) =>
            outcomes.ReturnAsync(form, id, AgentOutcomes.Stop, agents.StopAsync(id, form.Caller, null, form.Cancelled)));
        agent.MapPost("/heartbeat", (Guid id, DashboardForm form, AgentService agents, AgentOutcomes outcomes) =>
            outcomes.ReturnAsync(form, id, AgentOutcomes.Beat, agents.HeartbeatAsync(id, form.Caller, null, form.Cancelled)));
        agent.MapPost("/message", Send);
        agent.MapPost("/settings", Change);
    }

    private static async Task<IResult> Create(DashboardForm form, AgentService agents, AgentOutcomes outcomes)
    {
        var values = AgentForm.From(form.Fields);
        var decision = await agents.CreateAndProvisionAsync(values.ToNewAgent(), form.Caller, null, form.Cancelled);
        return decision is Decision<StartedOperation>.Accepted { Value: var started }
            ? await outcomes.ReturnAsync(form, started.AgentId, AgentOutcomes.Start, Task.FromResult(decision))
            : DashboardPage.Of<NewAgentPage>(new { Form = values.Refused(((Decision<StartedOperation>.Refused)decision).Refusal) }, StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> Send(Guid id, DashboardForm form, AgentService agents)
    {
        var message = new NewMessage(Id: null, Addresses.OfOwner(form.Caller.Owner), form.Text("content"), Metadata: null);
        var decision = await agents.SendMessageAsync(id, message, form.Caller, null, form.Cancelled);
        return form.Return(decision, Links.Agent(id), accepted => accepted.Braked ?? (accepted.WorkflowUuid is null ? "The message waits until the agent is back." : "Sent."));
    }

    private static async Task<IResult> Change(Guid id, DashboardForm form, AgentService agents, AgentQueries queries)
    {
        var values = AgentForm.From(form.Fields);
        var decision = await agents.UpdateSettingsAsync(id, values.ToSettings(), form.Caller, form.Cancelled);
        if (decision is Decision<Guid>.Accepted)
        {
            return form.Return(Links.Agent(id, AgentPage.Settings), "Saved.");
        }

        var refusal = ((Decision<Guid>.Refused)decision).Refusal;
        return await queries.FindAsync(id, form.Caller, form.Cancelled) is { } agent
            ? DashboardPage.Of<AgentPage>(new { Agent = agent, Tab = AgentPage.Settings, Form = values.Refused(refusal) }, StatusCodes.Status422UnprocessableEntity)
            : DashboardPage.Missing("There is no such agent.");
    }

    private static int? CheckpointOf(DashboardForm form) =>
        int.TryParse(form.Text("checkpoint"), System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;
}
