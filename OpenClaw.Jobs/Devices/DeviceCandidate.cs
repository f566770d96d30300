namespace OpenClaw.Jobs.Devices;

/// <summary>A device that has proved its key and asks for something.</summary>
public sealed record DeviceCandidate(string DeviceId, string PublicKey, string Role, IReadOnlyList<string> Scopes)
{
    public string? DisplayName { get; init; }

    public string? Platform { get; init; }

    public string? DeviceFamily { get; init; }

    public string? ClientId { get; init; }

    public string? ClientMode { get; init; }

    public string? RemoteIp { get; init; }
}

/// <summary>Who lets a device in.</summary>
/// <param name="Actor">As in the audit.</param>
/// <param name="Scopes">Nobody gives what they do not hold.</param>
/// <param name="Via"><c>owner</c>, <c>silent</c> where the gateway's token is enough, or <c>bootstrap</c> for a setup code.</param>
public sealed record DeviceApprover(string Actor, IReadOnlyCollection<string> Scopes, string Via = "owner")
{
    /// <summary>The owner, on the dashboard or by a command.</summary>
    public static DeviceApprover Owner(string actor) => new(actor, [DeviceScopes.Admin]);
}
