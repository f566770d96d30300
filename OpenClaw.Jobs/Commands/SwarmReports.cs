using System.Globalization;
using System.Text;
using OpenClaw.Data.Agents;
using OpenClaw.Data.Conventions;
using OpenClaw.Data.Messages;
using OpenClaw.Data.Workflows;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Engine;
using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Jobs.ForeignInput;
using OpenClaw.Jobs.Monitoring;
using OpenClaw.Jobs.Requests;

namespace OpenClaw.Jobs.Commands;

/// <summary>Answers to questions about the swarm, short enough for a telephone.</summary>
public sealed class SwarmReports(AgentQueries agents, AgentMentions finder, WorkflowQueries workflows, OverviewQueries overview, TimeProvider time)
{
    public const string Help =
        """
        This is what I understand:
        • list agents
        • status [agent]
        • create <name> [as <persona>] [on <provider/model>]
        • pause, resume, stop or heartbeat <agent>
        • halt [agent]: ends what is under way, and keeps the agents
        • stop everything: halts, and with a code keeps all turns from beginning; release the brake
        • tell <agent> <text>; what you write next goes to it too
        • work on issue #N [in owner/repo] [with <agent>, or using <provider/model>]
        • status of issue #N, stop work on issue #N
        • workflows, retry <workflow>
        • questions; answer [id] <number>
        • devices; approve, reject or remove device <id>
        • mute 2h, unmute
        """;

    private const int MostLines = 20;

    public async Task<string> AgentsAsync(Caller caller, CancellationToken cancellationToken)
    {
        var page = await agents.NotStoppedAsync(MostLines + 1, caller, cancellationToken);
        return page.Count == 0
            ? "There are no agents yet. Write: create <name>"
            : Lines(page.OrderBy(agent => agent.Name, StringComparer.OrdinalIgnoreCase).Select(agent => $"{agent.Name}: {State(agent)}"), page.Count);
    }

    public async Task<string> SwarmAsync(Caller caller, CancellationToken cancellationToken)
    {
        var now = await overview.ReadAsync(caller.Owner, cancellationToken);
        var counts = now.Agents.Where(count => count.Value > 0 && count.Key is not AgentStatus.Stopped).Select(count => $"{count.Value} {EnumText.ToLower(count.Key)}").ToList();
        var lines = new List<string> { counts.Count == 0 ? "There are no agents yet." : $"Agents: {string.Join(", ", counts)}." };
        if (now.Degraded > 0)
        {
            lines.Add($"{now.Degraded} miss beat after beat.");
        }

        lines.Add($"Workflows of 24 hours: {now.Day.Succeeded} succeeded, {now.Day.Failed} failed; {now.Open.Values.Sum()} under way.");
        if (now.Messages.GetValueOrDefault(MessageState.Parked) + now.Messages.GetValueOrDefault(MessageState.Accepted) is > 0 and var waiting)
        {
            lines.Add($"{waiting} messages wait.");
        }

        return string.Join('\n', lines);
    }

    public async Task<string> AgentAsync(Agent agent, CancellationToken cancellationToken)
    {
        var answer = new StringBuilder($"{agent.Name}: {State(agent)}, on {agent.Model}.");
        if (agent.ErrorMessage is { } error)
        {
            answer.Append('\n').Append(error);
        }

        if ((await agents.HeartbeatsAsync(agent.Id, before: null, 1, cancellationToken)).FirstOrDefault() is { } beat)
        {
            answer.Append(CultureInfo.InvariantCulture, $"\nLast heartbeat {Ago(beat.StartedAt)}: {EnumText.ToLower(beat.Status)}.");
        }

        if (agent.NextHeartbeatAt is { } next && next > time.GetUtcNow())
        {
            answer.Append(CultureInfo.InvariantCulture, $" The next one in {RoughTime.Of(next - time.GetUtcNow())}.");
        }

        return answer.ToString();
    }

    public async Task<string> WorkflowsAsync(Caller caller, CancellationToken cancellationToken)
    {
        var failed = await workflows.FailedAsync(caller.Owner, before: null, MostLines, cancellationToken);
        var open = await workflows.ListAsync(new WorkflowFilter(WorkflowStatus.Pending, null, null, null, null), caller.Owner, MostLines, cancellationToken);
        return failed.Count + open.Count == 0
            ? "Nothing has failed, and nothing is under way."
            : Lines(
                failed.Select(run => $"{run.Name} {Short(run.WorkflowUuid)} failed {Ago(run.CompletedAt ?? run.UpdatedAt)}: {Why(run)} (retry {Short(run.WorkflowUuid)})")
                    .Concat(open.Select(run => $"{run.Name} {Short(run.WorkflowUuid)} is under way since {Ago(run.CreatedAt)}")),
                failed.Count + open.Count);
    }

    public async Task<string> UnknownAgentAsync(string name, CommandMessage message, CancellationToken cancellationToken)
    {
        var names = await finder.SomeNamesAsync(message.Caller, cancellationToken);
        return $"There is no agent \"{ForeignText.Quote(name)}\". {(names.Count == 0 ? "There are none yet." : $"There are: {string.Join(", ", names)}.")} Nothing was done.";
    }

    /// <summary>As much of an id as a person wants to type; ids of the same moment share their beginning, so its end counts.</summary>
    internal static string Short(Guid uuid) => uuid.ToString("N")[^8..];

    private static string Why(Workflow run) => run.Error is null ? "no reason given" : WorkflowJson.Read<WorkflowError>(run.Error).Message;

    private static string State(Agent agent) => agent switch
    {
        { Operation: { } operation } => $"{EnumText.ToLower(agent.Status)}, {EnumText.ToLower(operation)} under way",
        { DegradedAt: not null, Status: AgentStatus.Running } => "running, but misses its beats",
        _ => EnumText.ToLower(agent.Status),
    };

    private static string Lines(IEnumerable<string> lines, int count)
    {
        var shown = lines.Take(MostLines).Select(line => $"• {line}").ToList();
        return string.Join('\n', count > MostLines ? [.. shown, "… and more: see the dashboard."] : shown);
    }

    private string Ago(DateTimeOffset when) => $"{RoughTime.Of(time.GetUtcNow() - when)} ago";
}
