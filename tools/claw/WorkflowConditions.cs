using System.Text.Json;

namespace OpenClaw.Claw;

/// <summary>What workflows have in common.</summary>
/// <param name="State">failed for those that want a person, or a status.</param>
/// <param name="Name">Null for any.</param>
/// <param name="AgentId">Null for any.</param>
internal sealed record WorkflowConditions(string State, string? Name, string? AgentId)
{
    public const string Rule = "state=failed, state=error, state=retries_exceeded or state=cancelled, name=NAME, agent=AGENT";

    private const int Page = 500;

    private static readonly string[] States = ["failed", "error", "retries_exceeded", "cancelled"];

    /// <exception cref="Failure">A condition is not one, or is said twice, or no state is among them.</exception>
    public static async Task<WorkflowConditions> ReadAsync(string[] conditions, Service service, CancellationToken cancellationToken)
    {
        var given = new Dictionary<string, string>();
        foreach (var condition in conditions)
        {
            var (name, value) = condition.IndexOf('=', StringComparison.Ordinal) is > 0 and var at ? (condition[..at], condition[(at + 1)..]) : (condition, "");
            if (name is not ("state" or "name" or "agent") || value.Length == 0 || !given.TryAdd(name, value))
            {
                throw new Failure(ExitCodes.Usage, $"--where \"{condition}\" is not understood: it is one of {Rule}, each once.");
            }
        }

        return given.TryGetValue("state", out var state) && States.Contains(state)
            ? new WorkflowConditions(state, given.GetValueOrDefault("name"), given.TryGetValue("agent", out var agent) ? await service.AgentAsync(agent, cancellationToken) : null)
            : throw new Failure(ExitCodes.Usage, $"--where must say in which state they are: {string.Join(", ", States.Select(one => $"state={one}"))}.");
    }

    /// <summary>The uuids of all that meet them now, page after page.</summary>
    public async Task<List<string>> FindAsync(Service service, CancellationToken cancellationToken)
    {
        var found = new List<string>();
        var first = State == "failed" ? $"workflows/failed?limit={Page}" : $"workflows?limit={Page}&status={State}";
        for (var path = first; path is not null;)
        {
            var page = await service.GetAsync(path, cancellationToken);
            found.AddRange(page.GetProperty("workflows").EnumerateArray().Where(Meets).Select(workflow => workflow.Text("workflow_uuid")!));
            path = page.Text("next_cursor") is { } cursor ? $"{first}&cursor={cursor}" : null;
        }

        return found;
    }

    private bool Meets(JsonElement workflow) => (Name is null || workflow.Text("name") == Name) && (AgentId is null || workflow.Text("agent_id") == AgentId);
}
