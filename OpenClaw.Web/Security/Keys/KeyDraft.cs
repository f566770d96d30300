using OpenClaw.Jobs.ForeignInput;
using OpenClaw.Jobs.Requests;
using OpenClaw.Web.Hosting;

namespace OpenClaw.Web.Security.Keys;

/// <summary>A key as somebody wants it. Nothing in it is checked yet.</summary>
/// <param name="Name">For people.</param>
/// <param name="Scopes">Some of <see cref="KeyScopes"/>.</param>
/// <param name="Agents">The agents that it is for; empty for all.</param>
/// <param name="Addresses">Addresses and networks that it may come from; empty for all.</param>
/// <param name="RequestsPerMinute">Null for no limit.</param>
/// <param name="ExpiresAt">Null for never.</param>
internal sealed record KeyDraft(string? Name, IReadOnlyList<string> Scopes, IReadOnlyList<Guid> Agents, IReadOnlyList<string> Addresses, int? RequestsPerMinute, DateTimeOffset? ExpiresAt)
{
    /// <summary>Whose it is; null for that of who makes it. Those who run the service make keys of other owners.</summary>
    public string? Owner { get; init; }

    public const int MaxName = 64;
    public const int MaxAgents = 100;
    public const int MaxAddresses = 32;
    public const int MostRequestsPerMinute = 1_000_000;

    /// <summary>Null when all is well.</summary>
    public Refusal.Invalid? Check(DateTimeOffset now)
    {
        var errors = new Dictionary<string, string[]>();
        if (string.IsNullOrWhiteSpace(Name) || Name.Length > MaxName || !ForeignText.IsLine(Name) || Name != Name.Trim())
        {
            errors["name"] = [$"name must have 1 to {MaxName} characters in a line, without spaces around them."];
        }

        if (Owner is not null && !Owners.IsName(Owner))
        {
            errors["owner"] = [$"owner must be a name: {Owners.Rule}."];
        }

        if (Scopes.Count == 0 || !Scopes.All(KeyScopes.IsKnown))
        {
            errors["scopes"] = [$"scopes must name at least one of {string.Join(", ", KeyScopes.All.Select(scope => scope.Name))}."];
        }

        if (Agents.Count > MaxAgents)
        {
            errors["agents"] = [$"agents may name up to {MaxAgents}."];
        }
        else if (Agents.Count > 0 && Scopes.Any(scope => scope is KeyScopes.Admin or KeyScopes.Hooks or KeyScopes.Metrics))
        {
            errors["agents"] = ["A key for some agents alone may have the scopes read, write and runtime."];
        }

        if (Addresses.Count > MaxAddresses || !Addresses.All(IsNetwork))
        {
            errors["addresses"] = [$"addresses may name up to {MaxAddresses} addresses such as 192.0.2.7 or networks such as 10.0.0.0/8."];
        }

        if (RequestsPerMinute is < 1 or > MostRequestsPerMinute)
        {
            errors["requests_per_minute"] = [$"requests_per_minute must be 1 to {MostRequestsPerMinute}."];
        }

        if (ExpiresAt <= now)
        {
            errors["expires_at"] = ["expires_at is over already."];
        }

        if (Owner is not null and not Owners.House && Scopes.Contains(KeyScopes.Metrics))
        {
            errors["scopes"] = ["metrics are of the whole service: a key of another owner cannot have them."];
        }

        return errors.Count == 0 ? null : new Refusal.Invalid(errors);
    }

    private static bool IsNetwork(string text) => TrustedProxies.TryParse(text, out var parsed) && parsed.Networks.Count == 1;
}
