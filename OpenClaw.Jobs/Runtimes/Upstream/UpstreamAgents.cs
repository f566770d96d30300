using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Jobs.ForeignInput;
using OpenClaw.Jobs.Protocol;

namespace OpenClaw.Jobs.Runtimes.Upstream;

/// <summary>Makes agents at the gateway, and removes them.</summary>
internal static class UpstreamAgents
{
    private const string Running = "running";
    private const int MaxId = 255;

    // The gateway writes its settings and reads them anew before an agent can be used: 4 s were seen on a busy machine.
    private static readonly TimeSpan Appears = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(250);

    /// <summary>The agent's id at the gateway, when it can be used. What is there already is not made again.</summary>
    public static async Task<string> CreateAsync(UpstreamConnection link, RuntimeAgent agent, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await FindAsync(link, agent, cancellationToken) is null)
        {
            await link.CallAsync("agents.create", ProtocolJson.Element(new AgentCreateParams(UpstreamSessions.NameOf(agent))), cancellationToken);
        }

        for (var asked = time.GetTimestamp(); time.GetElapsedTime(asked) < Appears; await Task.Delay(LookAgain, time, cancellationToken))
        {
            if (await FindAsync(link, agent, cancellationToken) is { Status: null or Running } known)
            {
                return known.Id!;
            }
        }

        throw new StepFailedException("openclaw_agent_missing", $"The OpenClaw gateway made the agent, but after {Appears.TotalSeconds:0} s it could not be used yet. The gateway's log says why.");
    }

    public static async Task DeleteAsync(UpstreamConnection link, RuntimeAgent agent, CancellationToken cancellationToken)
    {
        if (await FindAsync(link, agent, cancellationToken) is { } known)
        {
            await link.CallAsync("agents.delete", ProtocolJson.Element(new AgentDeleteParams(known.Id!, DeleteFiles: false)), cancellationToken);
        }
    }

    private static async Task<KnownAgent?> FindAsync(UpstreamConnection link, RuntimeAgent agent, CancellationToken cancellationToken)
    {
        var name = UpstreamSessions.NameOf(agent);
        var list = ProtocolJson.Read<KnownAgents>(await link.CallAsync("agents.list", ProtocolJson.EmptyObject, cancellationToken));
        return (list.Agents ?? []).OfType<KnownAgent>().FirstOrDefault(known => IsId(known.Id) && (known.Id == agent.RuntimeId || known.Id == name || known.Name == name));
    }

    // It is kept with the agent, and goes into each request.
    private static bool IsId(string? id) => id is { Length: > 0 and <= MaxId } && ForeignText.IsLine(id);
}
