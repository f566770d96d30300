using OpenClaw.Data.Workflows;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Requests;
using OpenClaw.Web.Api.Agents;
using OpenClaw.Web.Api.Operations;
using OpenClaw.Web.Mcp.Serving;

namespace OpenClaw.Web.Mcp.Tools;

/// <summary>Answers for what a workflow carries out: with the agent when it is done within a few seconds, else with where to ask later, and with its error when it failed.</summary>
internal sealed class OperationAnswer(WorkflowWaiter waiter, AgentQueries agents)
{
    public async Task<ToolAnswer> OfAsync(Decision<StartedOperation> decision, ToolCall call)
    {
        var started = decision.OrThrow();
        var isDone = started.WorkflowUuid is not { } uuid || await EndsAsync(uuid, patience: null, call);
        var agent = await agents.FindAsync(started.AgentId, call.Caller, call.Cancelled) ?? throw new InvalidOperationException($"Agent {started.AgentId} was accepted and is gone.");
        return AnswerText.Of(call, new Done(isDone, AgentResponse.From(agent), started.WorkflowUuid, isDone ? null : $"It is under way and goes on by itself. Ask get_workflow or why with workflow: {started.WorkflowUuid} what becomes of it."));
    }

    /// <summary>Whether it has succeeded within the time.</summary>
    /// <param name="uuid">The workflow.</param>
    /// <param name="patience">How long it is waited for; null for a few seconds.</param>
    /// <param name="call">On whose behalf.</param>
    /// <exception cref="ToolRefusedException">It has ended without success.</exception>
    public async Task<bool> EndsAsync(Guid uuid, TimeSpan? patience, ToolCall call)
    {
        var status = await waiter.WaitAsync(uuid, patience, call.Cancelled);
        if (status is WorkflowStatus.Success or WorkflowStatus.Enqueued or WorkflowStatus.Pending)
        {
            return status is WorkflowStatus.Success;
        }

        var (code, detail) = await waiter.FailureOfAsync(uuid, call.Caller.Owner, call.Cancelled);
        throw new ToolRefusedException(code, $"{detail} Ask why with workflow: {uuid} for the whole story.") { Workflow = uuid };
    }

    private sealed record Done(bool IsDone, AgentResponse Agent, Guid? WorkflowUuid, string? Later);
}
