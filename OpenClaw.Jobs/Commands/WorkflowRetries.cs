using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Requests;

namespace OpenClaw.Jobs.Commands;

/// <summary>Takes up workflows that failed, by as much of their id as a person typed.</summary>
public sealed class WorkflowRetries(WorkflowQueries workflows, WorkflowClient client)
{
    private const int MostLookedThrough = 500;

    /// <param name="which">An id, its beginning or its end, or <c>last</c> for the one that failed last.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<CommandAnswer> RetryAsync(string which, Caller caller, CancellationToken cancellationToken)
    {
        var failed = await workflows.FailedAsync(caller.Owner, before: null, MostLookedThrough, cancellationToken);
        var plain = which.Replace("-", "", StringComparison.Ordinal);
        var meant = which == "last"
            ? failed.Take(1).ToList()
            : [.. failed.Where(run => run.WorkflowUuid.ToString("N") is var id && (id.StartsWith(plain, StringComparison.Ordinal) || id.EndsWith(plain, StringComparison.Ordinal)))];
        if (meant is not [var run])
        {
            return meant.Count == 0
                ? CommandAnswer.Refused(which == "last" ? "No workflow has failed." : $"No failed workflow has an id like {which}. Write: workflows")
                : CommandAnswer.NotUnderstood("Which of these?", meant.Take(6).Select(one => $"retry {one.WorkflowUuid}"));
        }

        return await client.ResumeAsync(run.WorkflowUuid, caller.Actor, cancellationToken) is { } refusal
            ? CommandAnswer.Refused(refusal)
            : CommandAnswer.Done($"{run.Name} {SwarmReports.Short(run.WorkflowUuid)} goes on.") with { WorkflowUuid = run.WorkflowUuid, AgentId = run.AgentId };
    }
}
