using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Requests;

namespace OpenClaw.Web.Dashboard.Forms;

/// <summary>Says by the agent's name what came of an operation on it.</summary>
internal sealed class AgentOutcomes(WorkflowCompletions runs, AgentQueries agents)
{
    public static readonly Words Start = new("is running.", "was told to start.", "could not be started.");
    public static readonly Words Pause = new("is paused.", "was told to pause.", "could not be paused.");
    public static readonly Words Resume = new("is running again.", "was told to resume.", "could not be resumed.");
    public static readonly Words Stop = new("is stopped.", "was told to stop.", "could not be stopped.");
    public static readonly Words Beat = new("has had a beat.", "was asked for a beat.", "could not have a beat.");

    public async Task<IResult> ReturnAsync(DashboardForm form, Guid id, Words words, Task<Decision<StartedOperation>> deciding)
    {
        var decision = await deciding;
        if (decision is not Decision<StartedOperation>.Accepted { Value: var started })
        {
            return form.Return(decision, Links.Agent(id), _ => "");
        }

        var outcome = started.WorkflowUuid is { } uuid ? await runs.OutcomeAsync(uuid, form.Cancelled) : RunOutcome.Succeeded;
        var name = (await agents.FindAsync(id, form.Caller, form.Cancelled))?.Name ?? "The agent";
        return form.Return(Links.Agent(id), $"{name} {words.For(outcome)}", failed: outcome is RunOutcome.Failed);
    }

    /// <param name="Succeeded">Said of what has come about.</param>
    /// <param name="UnderWay">Said of what takes longer: as what has happened, so that it stays true above whatever the page shows later.</param>
    /// <param name="Failed">Said of what has not come about.</param>
    internal sealed record Words(string Succeeded, string UnderWay, string Failed)
    {
        public string For(RunOutcome outcome) => outcome switch
        {
            RunOutcome.Succeeded => Succeeded,
            RunOutcome.Failed => Failed,
            _ => UnderWay,
        };
    }
}
