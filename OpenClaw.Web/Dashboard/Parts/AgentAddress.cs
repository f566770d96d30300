namespace OpenClaw.Web.Dashboard.Parts;

/// <summary><c>agent:</c> with an id.</summary>
public static class AgentAddress
{
    private const string Prefix = "agent:";

    /// <summary>Null for what is no agent's.</summary>
    public static Guid? Of(string address) =>
        address.StartsWith(Prefix, StringComparison.Ordinal) && Guid.TryParse(address.AsSpan(Prefix.Length), out var id) ? id : null;
}
