using System.Text.Json.Serialization;
using OpenClaw.Jobs.Requests;
using OpenClaw.Web.Api.Binding;
using OpenClaw.Web.Security.Keys;

namespace OpenClaw.Web.Api.Keys;

/// <param name="Name">1 to 64 characters; no two keys that are good have the same.</param>
/// <param name="Scopes">Some of read, write (all of read, hooks and runtime, too), admin (everything), hooks, runtime, metrics.</param>
/// <param name="Agents">Ids of the agents that it is for; absent, all.</param>
/// <param name="Addresses">Addresses such as 192.0.2.7 and networks such as 10.0.0.0/8 that it may come from; absent, anywhere.</param>
/// <param name="RequestsPerMinute">To each node, by REST and gateway together; absent, as many as it likes.</param>
/// <param name="ExpiresAt">When it is over; absent, never.</param>
/// <param name="ExpiresIn">The same from now on, such as 30d, instead.</param>
/// <param name="Owner">Whose it is; absent, the caller's. Those who run the service make keys of other owners, who begin to exist by it.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CreateKeyRequest(
    string? Name = null, IReadOnlyList<string?>? Scopes = null, IReadOnlyList<Guid>? Agents = null, IReadOnlyList<string?>? Addresses = null,
    int? RequestsPerMinute = null, DateTimeOffset? ExpiresAt = null, string? ExpiresIn = null, string? Owner = null)
{
    internal Refusal.Invalid? Problem => ExpiresIn is not null && (ExpiresAt is not null || !(IntervalText.Read(ExpiresIn) > TimeSpan.Zero))
        ? Refusal.Invalid.Of("expires_in", "expires_in must be an interval such as 30d, and stands instead of expires_at.")
        : null;

    internal KeyDraft ToDraft(DateTimeOffset now) => new(
        Name, [.. (Scopes ?? []).Select(scope => scope ?? "")], Agents ?? [], [.. (Addresses ?? []).Select(address => address ?? "")], RequestsPerMinute,
        ExpiresAt ?? (IntervalText.Read(ExpiresIn) is { } span ? now + span : null))
    { Owner = Owner };
}

/// <param name="Overlap">How long the secret so far stays good, such as 1h, from 0s to 30d; absent, 24h.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record RotateKeyRequest(string? Overlap = null)
{
    internal static Refusal.Invalid Rule => Refusal.Invalid.Of("overlap", "overlap must be an interval from 0s to 30d, such as 24h.");

    internal TimeSpan? Span => Overlap is null ? ApiKeys.DefaultOverlap
        : Overlap == "0s" ? TimeSpan.Zero
        : IntervalText.Read(Overlap) is { } span && span > TimeSpan.Zero && span <= ApiKeys.LongestOverlap ? span
        : null;
}
