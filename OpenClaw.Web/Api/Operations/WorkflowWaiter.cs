using Microsoft.Extensions.Primitives;
using OpenClaw.Data.Workflows;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Web.Api.Problems;
using OpenClaw.Web.Security;

namespace OpenClaw.Web.Api.Operations;

/// <summary>Waits for a workflow on behalf of a caller who wants its outcome.</summary>
internal sealed class WorkflowWaiter(WorkflowCompletions completions, WorkflowQueries workflows, IHostApplicationLifetime lifetime)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The status after a few seconds at most, or the time given; at once for a caller who prefers not to wait, and when the service stops.</summary>
    public async Task<WorkflowStatus> WaitAsync(Guid uuid, HttpContext context, TimeSpan? patience = null)
    {
        if (PrefersNotToWait(context.Request.Headers["Prefer"]))
        {
            return WorkflowStatus.Pending;
        }

        using var enough = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            return await completions.WaitAsync(uuid, patience ?? Patience, enough.Token) ?? WorkflowStatus.Pending;
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            return WorkflowStatus.Pending;
        }
    }

    /// <summary>A run that ended without success, as its caller must hear of it.</summary>
    public async Task<ProblemResult> DescribeFailureAsync(Guid uuid, Guid agentId, HttpContext context)
    {
        var workflow = await workflows.FindAsync(uuid, context.User.ToCaller().Owner, context.RequestAborted)
            ?? throw new InvalidOperationException($"Workflow {uuid} was started and is gone.");
        var error = workflow.Error is null ? null : WorkflowJson.Read<WorkflowError>(workflow.Error);
        var (status, code) = workflow.Status is WorkflowStatus.Cancelled
            ? (StatusCodes.Status409Conflict, "operation_cancelled")
            : (StatusCodes.Status502BadGateway, "operation_failed");
        var where = error?.Step is { } step ? $"{workflow.Name} failed at step {step}" : workflow.Name;
        return new ProblemResult(http => Problem.Of(http, status, code, $"{where}: {error?.Message ?? "it ended without success."}") with
        {
            AgentId = agentId,
            WorkflowUuid = uuid,
        });
    }

    private static bool PrefersNotToWait(StringValues prefer) => prefer
        .SelectMany(value => value?.Split(',', StringSplitOptions.TrimEntries) ?? [])
        .Contains("respond-async", StringComparer.OrdinalIgnoreCase);
}
