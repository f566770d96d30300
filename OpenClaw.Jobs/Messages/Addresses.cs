namespace OpenClaw.Jobs.Messages;

/// <summary>How senders and recipients of messages are written.</summary>
public static class Addresses
{
    private const string Agents = "agent:";
    private const string Clients = "client:";
    private const string Owners = "owner:";

    /// <summary>How the sender of what an agent's own schedule sends begins.</summary>
    public const string Prompts = "cron:";

    /// <summary>How the sender of what an agent is told of a piece of work begins.</summary>
    public const string Work = "work:";

    /// <summary>How the sender of what another program on the same database sends begins.</summary>
    private const string Roles = "sql:";

    /// <summary>The service itself.</summary>
    public const string Service = "openclaw";

    private static readonly string[] Channels = ["whatsapp"];

    /// <summary>A client of the gateway, by the instance id that it connects with.</summary>
    public static string OfClient(string instanceId) => Clients + instanceId;

    /// <summary>An agent, as the sender of what it says and whom what it is told is for.</summary>
    public static string OfAgent(Guid agent) => $"{Agents}{agent}";

    /// <summary>A role of the database, which asks by SQL.</summary>
    public static string OfRole(string role) => Roles + role;

    public static bool IsClient(string address) => address.StartsWith(Clients, StringComparison.Ordinal) && address.Length > Clients.Length;

    /// <summary>A person; they are told by their rules.</summary>
    public static string OfOwner(string owner) => Owners + owner;

    public static bool IsOwner(string address) => address.StartsWith(Owners, StringComparison.Ordinal);

    /// <summary>Which agent it is by its id; null for what is no agent's.</summary>
    public static Guid? AgentOf(string address) => IsAgent(address) && Guid.TryParse(address.AsSpan(Agents.Length), out var id) ? id : null;

    public static bool IsAgent(string address) => address.StartsWith(Agents, StringComparison.Ordinal);

    /// <summary>
    /// Whether a caller may not write under it: it says that an agent, a schedule, the service, another owner or a person on a
    /// channel has written, is answered there, and its messages have ids that can be foretold.
    /// </summary>
    public static bool IsReserved(string sender, string owner) => sender == Service || IsAgent(sender) || IsPrompt(sender)
        || sender.StartsWith(Work, StringComparison.Ordinal) || sender.StartsWith(Roles, StringComparison.Ordinal) || ChannelOf(sender) is not null || (IsOwner(sender) && sender != OfOwner(owner));

    /// <summary>An agent's own schedule, not somebody who waits for an answer.</summary>
    public static bool IsPrompt(string address) => address.StartsWith(Prompts, StringComparison.Ordinal);

    /// <summary>The channel of <c>whatsapp:dm:+…</c>; null for an address of another kind.</summary>
    public static string? ChannelOf(string address) => Array.Find(Channels, channel => address.StartsWith(channel + ":", StringComparison.Ordinal));
}
