using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Agents;
using OpenClaw.Data.Conventions;
using OpenClaw.Data.IssueWork;
using OpenClaw.Data.Security;
using OpenClaw.Jobs.Commands;
using OpenClaw.Jobs.Commands.Language;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Jobs.Requests;
using OpenClaw.Jobs.Runtimes;
using OpenClaw.Jobs.Runtimes.Echo;
using OpenClaw.Jobs.Runtimes.Models;

namespace OpenClaw.Jobs.IssueWork;

/// <summary>Begins work on issues, tells how far it is, and stops it.</summary>
public sealed class IssueWorkHandler(IDbContextFactory<OpenClawDbContext> contexts, RequestDecider decisions, WorkflowClient workflows, RuntimeCatalog runtimes, ModelSettings models, DefaultModel fallback, TimeProvider time)
{
    /// <param name="issue">What to work on; one work at a time for each issue of a repository.</param>
    /// <param name="agent">Who is to do it; null for a new agent.</param>
    /// <param name="model">What the new agent runs on, <c>provider/name</c>; null for WORK_MODEL or, without it, the default.</param>
    /// <param name="message">Who asks, and the key that makes a repetition harmless.</param>
    /// <param name="cancellationToken">Gives up; what was accepted stays so.</param>
    public async Task<CommandAnswer> StartAsync(Issue issue, Agent? agent, string? model, CommandMessage message, CancellationToken cancellationToken)
    {
        model = agent?.Model ?? model ?? models.WorkModel ?? fallback.Name;
        if (WhyNot(issue, agent, model) is { } refusal)
        {
            return refusal;
        }

        var (caller, now) = (message.Caller, time.GetUtcNow());
        var item = new WorkItem
        {
            Id = Guid.CreateVersion7(now),
            Owner = caller.Owner,
            Repository = issue.Repository ?? "",
            IssueNumber = issue.Number,
            AgentId = agent?.Id,
            WorkflowUuid = Guid.CreateVersion7(now),
            State = WorkState.Active,
            CreatedAt = now,
            UpdatedAt = now,
        };
        var decision = await decisions.DecideAsync<StartedWork>(
            CommandActions.KeyOf(message),
            async db =>
            {
                // The unique index decides between two that begin in the same moment; the second one waits here for the first.
                if (await TakeAsync(db, item, cancellationToken) == 0)
                {
                    return new Refusal.Conflict("work_under_way", $"Work on {item.Issue} is under way. Write: stop work on issue {issue}");
                }

                db.AuditLog.Add(new AuditEntry { Actor = caller.Actor, Action = "work.start", Subject = $"issue:{item.Repository}#{item.IssueNumber}" });
                await workflows.StartAsync(new WorkflowStart(WorkOnIssueWorkflow.Name, caller.Owner, new WorkOnIssueRequest(item.Id, agent is null ? model : null)) { AgentId = agent?.Id, WorkflowUuid = item.WorkflowUuid }, cancellationToken);
                return new StartedWork(item.Id, item.WorkflowUuid);
            },
            cancellationToken);
        return decision.Match(
            started => CommandAnswer.Done($"{agent?.Name ?? "A new agent"} takes {item.Issue}. You will hear how it goes.") with { AgentId = agent?.Id, WorkflowUuid = started.WorkflowUuid },
            refusal => CommandAnswer.Refused(refusal.Detail));
    }

    // Work that nobody can do is refused before anybody waits a day for it.
    private CommandAnswer? WhyNot(Issue issue, Agent? agent, string model)
    {
        string[] ways = [new Command.WorkOnIssue(issue, "<agent>").Text, new Command.WorkOnIssue(issue, null, "<provider/model>").Text];
        if (model == LocalEchoRuntime.Model)
        {
            return CommandAnswer.NotUnderstood($"{agent?.Name ?? "An agent"} on {model} repeats what it is told, and can do no work. Name another agent, or a model for a new one; WORK_MODEL sets one for all orders.", ways);
        }

        try
        {
            runtimes.For(model);
            return null;
        }
        catch (StepFailedException unknown)
        {
            return CommandAnswer.Refused(unknown.Message);
        }
    }

    public async Task<CommandAnswer> DescribeAsync(Issue issue, Caller caller, CancellationToken cancellationToken)
    {
        if (await FindAsync(issue, activeOnly: false, caller, cancellationToken) is not { } item)
        {
            return CommandAnswer.Answered($"Nobody has worked on issue {issue}.");
        }

        var stage = item.Stage is null ? "nothing reported yet" : item.Stage.Replace('_', ' ') + (item.Detail is null ? "" : $": {item.Detail}");
        var text = item.State switch
        {
            WorkState.Active => $"Work on {item.Issue} is under way; {stage}.",
            WorkState.Done => $"Work on {item.Issue} is done{(item.Detail is null ? "." : $": {item.Detail}")}",
            WorkState.Failed => $"Work on {item.Issue} failed: {item.Detail ?? "no reason given"}",
            _ => $"Work on {item.Issue} was stopped.",
        };
        return CommandAnswer.Answered(text) with { AgentId = item.AgentId, WorkflowUuid = item.WorkflowUuid };
    }

    public async Task<CommandAnswer> StopAsync(Issue issue, CommandMessage message, CancellationToken cancellationToken)
    {
        if (await FindAsync(issue, activeOnly: true, message.Caller, cancellationToken) is not { } item)
        {
            return CommandAnswer.Refused($"No work on issue {issue} is under way.");
        }

        return await workflows.CancelAsync(item.WorkflowUuid, message.Caller.Actor, "The owner stopped the work.", cancellationToken)
            ? CommandAnswer.Done($"Work on {item.Issue} is stopped. Its agent stays; write stop and its name to end it too.") with { AgentId = item.AgentId, WorkflowUuid = item.WorkflowUuid }
            : CommandAnswer.Refused($"Work on {item.Issue} has just ended.");
    }

    // Without a repository, the issue of that number that was worked on last.
    private async Task<WorkItem?> FindAsync(Issue issue, bool activeOnly, Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.WorkItems.AsNoTracking()
            .Where(item => item.Owner == caller.Owner && item.IssueNumber == issue.Number && (issue.Repository == null || item.Repository == issue.Repository)
                && (!activeOnly || item.State == WorkState.Active))
            .OrderByDescending(item => item.Id).FirstOrDefaultAsync(cancellationToken);
    }

    private static Task<int> TakeAsync(OpenClawDbContext db, WorkItem item, CancellationToken cancellationToken) => db.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO openclaw.work_items (id, owner, repository, issue_number, agent_id, workflow_uuid, state, created_at, updated_at)
        VALUES ({item.Id}, {item.Owner}, {item.Repository}, {item.IssueNumber}, {item.AgentId}, {item.WorkflowUuid}, {EnumText.ToLower(item.State)}, {item.CreatedAt}, {item.UpdatedAt})
        ON CONFLICT (owner, repository, issue_number) WHERE state = 'active' DO NOTHING
        """,
        cancellationToken);

    private sealed record StartedWork(Guid WorkItemId, Guid WorkflowUuid);
}
