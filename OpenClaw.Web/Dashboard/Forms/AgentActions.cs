using OpenClaw.Data.Conventions;
using OpenClaw.Data.Workflows;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Messages;
using OpenClaw.Jobs.Requests;
using OpenClaw.Web.Dashboard.Pages;

namespace OpenClaw.Web.Dashboard.Forms;

/// <summary>What a person does to agents.</summary>
internal static class AgentActions
{
    // A person sees the outcome rather than that something has begun, unless it takes longer than this.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static void MapAgentActions(this IEndpointRouteBuilder actions)
    {
        actions.MapPost(Routes.Agents, Create);
        actions.MapPost(Routes.Agents + "/bulk", AgentBulk.RunAsync);
        var agent = actions.MapGroup(Routes.Agents + "/{id:guid}");
        agent.MapPost("/provision", (Guid id, DashboardForm form, AgentService agents, WorkflowCompletions runs) =>
            OperateAsync(id, form, runs, agents.ProvisionAsync(id, form.Caller, null, form.Cancelled)));
        agent.MapPost("/pause", (Guid id, DashboardForm form, AgentService agents, WorkflowCompletions runs) =>
            OperateAsync(id, form, runs, agents.PauseAsync(id, form.Caller, null, form.Cancelled)));
        agent.MapPost("/resume", (Guid id, DashboardForm form, AgentService agents, WorkflowCompletions runs) =>
            OperateAsync(id, form, runs, agents.ResumeAsync(id, CheckpointOf(form), form.Caller, null, form.Cancelled)));
        agent.MapPost("/stop", (Guid id, DashboardForm form, AgentService agents, WorkflowCompletions runs) =>
            OperateAsync(id, form, runs, agents.StopAsync(id, form.Caller, null, form.Cancelled)));
        agent.MapPost("/heartbeat", (Guid id, DashboardForm form, AgentService agents, WorkflowCompletions runs) =>
            OperateAsync(id, form, runs, agents.HeartbeatAsync(id, form.Caller, null, form.Cancelled)));
        agent.MapPost("/message", Send);
        agent.MapPost("/settings", Change);
    }

    private static async Task<IResult> Create(DashboardForm form, AgentService agents)
    {
        var values = AgentForm.From(form.Fields);
        var decision = await agents.CreateAndProvisionAsync(values.ToNewAgent(), form.Caller, null, form.Cancelled);
        return decision is Decision<StartedOperation>.Accepted { Value: var started }
            ? form.Return(Links.Agent(started.AgentId), "The agent is created and being provisioned.")
            : DashboardPage.Of<NewAgentPage>(new { Form = values.Refused(((Decision<StartedOperation>.Refused)decision).Refusal) }, StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> OperateAsync(Guid id, DashboardForm form, WorkflowCompletions runs, Task<Decision<StartedOperation>> deciding)
    {
        var decision = await deciding;
        var status = decision is Decision<StartedOperation>.Accepted { Value.WorkflowUuid: { } uuid }
            ? await runs.WaitAsync(uuid, Patience, form.Cancelled)
            : WorkflowStatus.Success;
        if (status is WorkflowStatus.Error or WorkflowStatus.RetriesExceeded or WorkflowStatus.Cancelled)
        {
            return form.Return(Links.Agent(id), $"It was started and ended as {EnumText.ToLower(status.Value)}.", failed: true);
        }

        return form.Return(decision, Links.Agent(id), _ => status is WorkflowStatus.Success ? "Done." : "It is under way.");
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
