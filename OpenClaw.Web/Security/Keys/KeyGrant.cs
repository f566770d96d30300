using System.Security.Claims;
using OpenClaw.Data.Security;
using OpenClaw.Jobs.Requests;

namespace OpenClaw.Web.Security.Keys;

/// <summary>What somebody may do who has shown a key.</summary>
/// <param name="Id">The key's.</param>
/// <param name="Name">The key's, for people.</param>
/// <param name="Owner">Whose it is.</param>
/// <param name="Scopes">Some of <see cref="KeyScopes"/>.</param>
/// <param name="Agents">The agents that it is for; empty for all.</param>
/// <param name="RequestsPerMinute">Null for no limit.</param>
internal sealed record KeyGrant(string Id, string Name, string Owner, IReadOnlyList<string> Scopes, IReadOnlyList<Guid> Agents, int? RequestsPerMinute)
{
    private const string Claim = "openclaw:key";

    public static KeyGrant Of(ApiKey key) => new(key.Id, key.Name, key.Owner, key.Scopes, key.AgentIds, key.RequestsPerMinute);

    /// <summary>Metrics are of all owners together, and so for those who run the service.</summary>
    public bool Allows(string scope) => KeyScopes.Allows(Scopes, scope) && (scope != KeyScopes.Metrics || Owner == Owners.House);

    /// <summary>Who is named in audit and events.</summary>
    public string Actor => $"key:{Name}";

    public ClaimsPrincipal ToPrincipal() => new(new KeyIdentity(this));

    /// <summary>The key that somebody signed in with; null for one who did so otherwise.</summary>
    public static KeyGrant? Of(ClaimsPrincipal user) => (user.Identity as KeyIdentity)?.Key;

    private sealed class KeyIdentity(KeyGrant key) : ClaimsIdentity([new Claim(ClaimTypes.Name, key.Owner), new Claim(KeyGrant.Claim, key.Id), new Claim(ClaimTypes.NameIdentifier, key.Id)], Schemes.Bearer)
    {
        public KeyGrant Key => key;
    }
}
