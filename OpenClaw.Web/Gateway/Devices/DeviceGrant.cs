namespace OpenClaw.Web.Gateway.Devices;

/// <summary>The device behind a connection.</summary>
/// <param name="DeviceId">SHA-256 of its key.</param>
/// <param name="Stamp">Of its token as it was: another one ends the connection. Null for a device that nobody has let in, nor needs to.</param>
/// <param name="ByDeviceToken">It came in by the device's token, not by the gateway's: it may not manage other devices without being an admin.</param>
internal sealed record DeviceGrant(string DeviceId, string? Stamp, bool ByDeviceToken)
{
    /// <summary>What lets it in the next time; null for none.</summary>
    public IssuedToken? Issued { get; init; }

    /// <summary>Those of its other roles, where it comes in for all of them at once.</summary>
    public IReadOnlyList<IssuedToken> AlsoIssued { get; init; } = [];
}

/// <summary>A device's token as it is told to the device.</summary>
internal sealed record IssuedToken(string Token, string Role, string Stamp, IReadOnlyList<string> Scopes, DateTimeOffset IssuedAt);
