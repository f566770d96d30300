using OpenClaw.Data.Security;
using OpenClaw.Web.Security.Keys;

namespace OpenClaw.Web.Api.Keys;

/// <param name="Id">Names the key; it stands within it.</param>
/// <param name="Name">For people.</param>
/// <param name="Scopes">What it allows.</param>
/// <param name="Agents">The agents that it is for; empty for all.</param>
/// <param name="Addresses">Where it may come from; empty for anywhere.</param>
/// <param name="RequestsPerMinute">Null for no limit.</param>
/// <param name="CreatedBy">Who made it.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">When it is over; null for never.</param>
/// <param name="RevokedAt">When it was revoked; null for one that is good.</param>
/// <param name="PreviousUntil">Until when the secret before the last rotation is good; null for never rotated.</param>
/// <param name="LastUsedAt">When it was last used, to a minute; null for never.</param>
/// <param name="LastUsedFrom">From where.</param>
/// <param name="Owner">Whose it is.</param>
public record KeyResponse(
    string Id, string Name, IReadOnlyList<string> Scopes, IReadOnlyList<Guid> Agents, IReadOnlyList<string> Addresses, int? RequestsPerMinute, string CreatedBy,
    DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? RevokedAt, DateTimeOffset? PreviousUntil, DateTimeOffset? LastUsedAt, string? LastUsedFrom, string Owner)
{
    internal static KeyResponse From(ApiKey key) => new(
        key.Id, key.Name, key.Scopes, key.AgentIds, key.Addresses, key.RequestsPerMinute, key.CreatedBy,
        key.CreatedAt, key.ExpiresAt, key.RevokedAt, key.PreviousUntil, key.LastUsedAt, key.LastUsedFrom, key.Owner);
}

/// <summary>A key with its secret, which is told this once.</summary>
public sealed record NewKeyResponse : KeyResponse
{
    private NewKeyResponse(KeyResponse known, string key)
        : base(known) => Key = key;

    /// <summary>What its user sends as <c>Authorization: Bearer …</c>; it cannot be read again.</summary>
    public string Key { get; }

    internal static NewKeyResponse From(NewKey made) => new(KeyResponse.From(made.Key), made.Text);
}

/// <param name="Keys">The newest first, the revoked last.</param>
public sealed record KeyListResponse(IReadOnlyList<KeyResponse> Keys);
