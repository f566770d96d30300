using OpenClaw.Data;
using OpenClaw.Data.Security;
using OpenClaw.Jobs.Engine.Definitions;

namespace OpenClaw.Jobs.Agents.Provisioning;

/// <summary>Notes what is being provisioned, where it can be audited later. Commits with its checkpoint, so once.</summary>
public sealed class StoreMetadataStep : IDatabaseStep
{
    public async Task<object?> RunAsync(StepContext context, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        var agent = await db.LockAgentAsync(context.AgentId, cancellationToken);
        db.AuditLog.Add(new AuditEntry
        {
            Actor = $"workflow:{context.WorkflowUuid}",
            Action = "agent.provisioning",
            Subject = $"agent:{agent.Id}",
            Detail = $"{agent.Name} on {agent.Model}, session {agent.OpenclawSessionKey}",
        });
        return new { session_key = agent.OpenclawSessionKey };
    }
}
