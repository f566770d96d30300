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
    private const string Cancelled = "operation_cancelled";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The status after a few seconds at most, or the time given; at once for a caller who prefers not to wait, and when the service stops.</summary>
    public Task<WorkflowStatus> WaitAsync(Guid uuid, HttpContext context, TimeSpan? patience = null) =>
        PrefersNotToWait(context.Request.Headers["Prefer"]) ? Task.FromResult(WorkflowStatus.Pending) : WaitAsync(uuid, patience, context.RequestAborted);

    /// <summary>The status after a few seconds at most, or the time given; at once when the service stops.</summary>
    public async Task<WorkflowStatus> WaitAsync(Guid uuid, TimeSpan? patience, CancellationToken cancellationToken)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        try
        {
            return await completions.WaitAsync(uuid, patience ?? Patience, enough.Token) ?? WorkflowStatus.Pending;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return WorkflowStatus.Pending;
        }
    }

    /// <summary>A run that ended without success, as its caller must hear of it.</summary>
    public async Task<ProblemResult> DescribeFailureAsync(Guid uuid, Guid agentId, HttpContext context)
    {
        var (code, detail) = await FailureOfAsync(uuid, context.User.ToCaller().Owner, context.RequestAborted);
        var status = code == Cancelled ? StatusCodes.Status409Conflict : StatusCodes.Status502BadGateway;
        return new ProblemResult(http => Problem.Of(http, status, code, detail) with { AgentId = agentId, WorkflowUuid = uuid });
    }

    /// <summary>Why a run ended without success: a stable slug, and a sentence for people.</summary>
    public async Task<(string Code, string Detail)> FailureOfAsync(Guid uuid, string owner, CancellationToken cancellationToken)
    {
        var workflow = await workflows.FindAsync(uuid, owner, cancellationToken) ?? throw new InvalidOperationException($"Workflow {uuid} was started and is gone.");
        var error = workflow.Error is null ? null : WorkflowJson.Read<WorkflowError>(workflow.Error);
        var where = error?.Step is { } step ? $"{workflow.Name} failed at step {step}" : workflow.Name;
        return (workflow.Status is WorkflowStatus.Cancelled ? Cancelled : "operation_failed", $"{where}: {error?.Message ?? "it ended without success."}");
    }

    private static bool PrefersNotToWait(StringValues prefer) => prefer
        .SelectMany(value => value?.Split(',', StringSplitOptions.TrimEntries) ?? [])
        .Contains("respond-async", StringComparer.OrdinalIgnoreCase);
}
