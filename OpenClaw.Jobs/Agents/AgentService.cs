using OpenClaw.Data;
using OpenClaw.Data.Agents;
using OpenClaw.Data.Conventions;
using OpenClaw.Data.Security;
using OpenClaw.Jobs.Agents.ChangingRuntime;
using OpenClaw.Jobs.Brakes;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Heartbeats;
using OpenClaw.Jobs.Heartbeats.Gates;
using OpenClaw.Jobs.Messages;
using OpenClaw.Jobs.Requests;
using OpenClaw.Jobs.Runtimes;

namespace OpenClaw.Jobs.Agents;

/// <summary>Decides on requests about agents. What it accepts is durable: the workflow is in the ledger and in the queue.</summary>
public sealed partial class AgentService(
    RequestDecider decisions, WorkflowClient workflows, MessageRouter router, RuntimeCatalog runtimes, RuntimeChange runtimeChange, GateSettings gates, BrakeBoard brakes, TimeProvider time)
{
    /// <summary>Creates an agent and leaves it to be provisioned later.</summary>
    public Task<Decision<StartedOperation>> CreateAsync(NewAgent agent, Caller caller, RequestKey? key, CancellationToken cancellationToken) =>
        CreateAsync(agent, caller, key, provision: false, cancellationToken);

    /// <summary>Creates an agent and starts to provision it.</summary>
    public Task<Decision<StartedOperation>> CreateAndProvisionAsync(NewAgent agent, Caller caller, RequestKey? key, CancellationToken cancellationToken) =>
        CreateAsync(agent, caller, key, provision: true, cancellationToken);

    public Task<Decision<StartedOperation>> ProvisionAsync(Guid id, Caller caller, RequestKey? key, CancellationToken cancellationToken) =>
        OperateAsync(id, AgentOperation.Provision, new ProvisionRequest(), caller, key, cancellationToken);

    public Task<Decision<StartedOperation>> PauseAsync(Guid id, Caller caller, RequestKey? key, CancellationToken cancellationToken) =>
        OperateAsync(id, AgentOperation.Pause, new PauseRequest(), caller, key, cancellationToken);

    /// <param name="id">The agent.</param>
    /// <param name="checkpoint">Number of the checkpoint to go back to; null for the newest.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="key">Makes a repetition harmless.</param>
    /// <param name="cancellationToken">Gives up; nothing has changed then.</param>
    public Task<Decision<StartedOperation>> ResumeAsync(
        Guid id, int? checkpoint, Caller caller, RequestKey? key, CancellationToken cancellationToken) =>
        OperateAsync(id, AgentOperation.Resume, new ResumeRequest(checkpoint), caller, key, cancellationToken);

    /// <summary>Stops an agent for good. One that is stopped already stays so, and no workflow is started.</summary>
    public Task<Decision<StartedOperation>> StopAsync(Guid id, Caller caller, RequestKey? key, CancellationToken cancellationToken) =>
        OperateAsync(id, AgentOperation.Stop, new StopRequest(), caller, key, cancellationToken);

    /// <summary>Beats the agent's heart now, beside its schedule.</summary>
    public Task<Decision<StartedOperation>> HeartbeatAsync(Guid id, Caller caller, RequestKey? key, CancellationToken cancellationToken) =>
        decisions.DecideAsync<StartedOperation>(
            key,
            async db =>
            {
                if (await db.FindAgentAsync(id, caller, cancellationToken) is not { } agent)
                {
                    return AgentNotFound(id);
                }

                if (agent.Status is not AgentStatus.Running)
                {
                    return new Refusal.Conflict("wrong_status", $"Agent {id} is {EnumText.ToLower(agent.Status)}; only a running agent has a heartbeat.");
                }

                if (brakes.Over(agent.UserId, id) is { } brake)
                {
                    return new Refusal.Conflict("brake_on", brake.WhySkipped);
                }

                var start = new WorkflowStart(HeartbeatWorkflow.Name, caller.Owner, new HeartbeatRequest(time.GetUtcNow(), OnDemand: true)) { AgentId = id };
                Audit(db, caller, "agent.heartbeat", id);
                return new StartedOperation(id, await workflows.StartAsync(start, cancellationToken));
            },
            cancellationToken);

    private Task<Decision<StartedOperation>> CreateAsync(
        NewAgent request, Caller caller, RequestKey? key, bool provision, CancellationToken cancellationToken)
    {
        if (AgentRules.Check(request) is { } invalid)
        {
            return Task.FromResult<Decision<StartedOperation>>(invalid);
        }

        if (request.Configuration is { } configuration && WhyNotUsable(request.Model!, configuration) is { } unusable)
        {
            return Task.FromResult<Decision<StartedOperation>>(unusable);
        }

        return decisions.DecideAsync<StartedOperation>(
            key,
            async db =>
            {
                var agent = AgentFactory.Create(request, caller, time.GetUtcNow());
                db.Agents.Add(agent);
                Audit(db, caller, "agent.create", agent.Id);
                return provision
                    ? await BeginAsync(agent, AgentOperation.Provision, new ProvisionRequest(), caller, cancellationToken)
                    : new StartedOperation(agent.Id, null);
            },
            cancellationToken);
    }

    private Task<Decision<StartedOperation>> OperateAsync(
        Guid id, AgentOperation operation, object request, Caller caller, RequestKey? key, CancellationToken cancellationToken) =>
        decisions.DecideAsync<StartedOperation>(
            key,
            async db =>
            {
                // The row lock makes the check and the change one: a second operation waits here and then sees the first.
                if (await db.LockAgentAsync(id, caller, cancellationToken) is not { } agent)
                {
                    return AgentNotFound(id);
                }

                if (AgentTransitions.Check(agent, operation) is { } refusal)
                {
                    return refusal;
                }

                if (operation is AgentOperation.Stop && agent.Status is AgentStatus.Stopped)
                {
                    return new StartedOperation(id, null);
                }

                Audit(db, caller, $"agent.{EnumText.ToLower(operation)}", id);
                return await BeginAsync(agent, operation, request, caller, cancellationToken);
            },
            cancellationToken);

    private async Task<StartedOperation> BeginAsync(
        Agent agent, AgentOperation operation, object request, Caller caller, CancellationToken cancellationToken)
    {
        var start = new WorkflowStart(LifecycleWorkflows.NameOf(operation), caller.Owner, request) { AgentId = agent.Id };
        AgentTransitions.Begin(agent, operation, start.WorkflowUuid, time.GetUtcNow());
        return new StartedOperation(agent.Id, await workflows.StartAsync(start, cancellationToken));
    }

    private static Refusal.NotFound AgentNotFound(Guid id) => new("agent_not_found", $"There is no agent {id}.");

    private static void Audit(OpenClawDbContext db, Caller caller, string action, Guid agentId) =>
        db.AuditLog.Add(new AuditEntry { Actor = caller.Actor, Action = action, Subject = $"agent:{agentId}" });
}
