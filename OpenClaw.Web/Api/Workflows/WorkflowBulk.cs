using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using OpenClaw.Data.Conventions;
using OpenClaw.Data.Workflows;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Requests;

namespace OpenClaw.Web.Api.Workflows;

/// <summary>One action on many runs: each is decided for itself, and what was refused says why.</summary>
internal sealed class WorkflowBulk(WorkflowQueries workflows, RequestDecider decisions, WorkflowClient client)
{
    /// <param name="request">What to do, once it was found to be well.</param>
    /// <param name="caller">Whose runs; somebody else's are not there.</param>
    /// <param name="key">Makes a repetition harmless.</param>
    /// <param name="cancellationToken">Gives up; what one run has done stays done.</param>
    public async Task<Decision<BulkResponse>> RunAsync(BulkRequest request, Caller caller, RequestKey? key, CancellationToken cancellationToken)
    {
        // Each run has a key of its own; this one tells another request from a repetition.
        if (await decisions.DecideAsync<bool>(key, _ => Task.FromResult<Decision<bool>>(true), cancellationToken) is Decision<bool>.Refused { Refusal: var reused })
        {
            return reused;
        }

        var results = new List<BulkResult>();
        foreach (var uuid in request.WorkflowUuids!)
        {
            results.Add(new BulkResult(uuid, await ActAsync(request, uuid, caller, key, cancellationToken)));
        }

        return new BulkResponse(results.Count(result => result.Refused is null), results);
    }

    private async Task<string?> ActAsync(BulkRequest request, Guid uuid, Caller caller, RequestKey? key, CancellationToken cancellationToken)
    {
        if (await workflows.FindAsync(uuid, caller.Owner, cancellationToken) is not { } workflow)
        {
            return $"There is no workflow {uuid}.";
        }

        return (await decisions.DecideAsync<Guid>(KeyOf(uuid, key), async _ => await ActAsync(request, workflow, caller.Actor, cancellationToken) is { } refusal
            ? new Refusal.Conflict("refused", refusal)
            : uuid, cancellationToken)).Match(_ => (string?)null, refused => refused.Detail);
    }

    private static RequestKey? KeyOf(Guid uuid, RequestKey? key) =>
        key is null ? null : key with { Key = $"bulk:{uuid}:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key.Key)))}" };

    private async Task<string?> ActAsync(BulkRequest request, Workflow workflow, string actor, CancellationToken cancellationToken)
    {
        var uuid = workflow.WorkflowUuid;
        return request.Action switch
        {
            BulkAction.Cancel => await client.CancelAsync(uuid, actor, request.Reason, cancellationToken) || workflow.Status is WorkflowStatus.Cancelled
                ? null
                : $"It has ended ({EnumText.ToUpper(workflow.Status)}).",
            BulkAction.Fork => (await client.ForkAsync(uuid, request.Step!, actor, cancellationToken)).Refusal,
            BulkAction.Resume => await client.ResumeAsync(uuid, actor, cancellationToken),
            _ => await client.RecoverAsync(uuid, actor, cancellationToken),
        };
    }
}

/// <summary>What is done to each run.</summary>
public enum BulkAction
{
    Cancel,
    Resume,
    Recover,
    Fork,
}

/// <param name="Action">cancel, resume, recover or fork.</param>
/// <param name="WorkflowUuids">1 to 500 of them.</param>
/// <param name="Reason">For the log of each that is cancelled.</param>
/// <param name="Step">Where each fork begins; only for fork.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record BulkRequest(BulkAction? Action, IReadOnlyList<Guid>? WorkflowUuids, string? Reason = null, string? Step = null)
{
    private const int Most = 500;

    internal Refusal.Invalid? Problem
    {
        get
        {
            var errors = new Dictionary<string, string[]>();
            if (Action is null)
            {
                errors["action"] = ["action must be one of cancel, resume, recover, fork."];
            }

            if (WorkflowUuids is not { Count: > 0 and <= Most })
            {
                errors["workflow_uuids"] = [$"workflow_uuids must hold 1 to {Most} uuids."];
            }

            if (Action is BulkAction.Fork && string.IsNullOrWhiteSpace(Step))
            {
                errors["step"] = ["step must name a step of the workflows; GET the /steps of one."];
            }

            return errors.Count == 0 ? null : new Refusal.Invalid(errors);
        }
    }
}

/// <param name="WorkflowUuid">The run.</param>
/// <param name="Refused">Null when it was done; else why it was not.</param>
public sealed record BulkResult(Guid WorkflowUuid, string? Refused);

/// <param name="Accepted">For how many it was done.</param>
/// <param name="Results">In the order of the request.</param>
public sealed record BulkResponse(int Accepted, IReadOnlyList<BulkResult> Results);
