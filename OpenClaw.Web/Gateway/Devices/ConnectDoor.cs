using OpenClaw.Data.Devices;
using OpenClaw.Jobs.Devices;
using OpenClaw.Jobs.Requests;
using OpenClaw.Web.Gateway.Connections;
using OpenClaw.Web.Gateway.Methods;
using OpenClaw.Web.Hosting;
using OpenClaw.Web.Security;
using OpenClaw.Web.Security.Keys;

namespace OpenClaw.Web.Gateway.Devices;

/// <summary>
/// Decides who comes in. The gateway's token is enough, unless REQUIRE_DEVICE says otherwise; a device that proves its key is
/// told a token of its own, and comes in by that afterwards.
/// </summary>
internal sealed class ConnectDoor(AuthToken gateway, ApiKeys keys, OpenClawOptions options, DevicePairing pairing, DeviceSetups setups, DeviceTokens tokens, SignInLimit limit, StrangerPace strangers, KeyRoom room, TimeProvider time)
{
    private const string ByDeviceToken = "device-token";
    private const string BySetupCode = "bootstrap-token";

    // Pages in a browser: of a foreign one nobody knows who has written it.
    private static readonly string[] PageClients = ["openclaw-control-ui", "openclaw-browser-copilot", "webchat", "webchat-ui"];

    /// <summary>The request with how it came in, or why not.</summary>
    /// <param name="asked">What the client says.</param>
    /// <param name="peer">Where it is.</param>
    /// <param name="nonce">Of this connection's challenge.</param>
    /// <param name="cancellationToken">The client is gone.</param>
    /// <exception cref="GatewayException">It does not come in.</exception>
    public async Task<ConnectRequest> AdmitAsync(ConnectRequest asked, ConnectPeer peer, string nonce, CancellationToken cancellationToken)
    {
        if (PageClients.Contains(asked.Client.Id) && !peer.IsOwnPage(options.PublicBaseUrl))
        {
            throw ConnectRefusals.ForeignPage(peer.Origin);
        }

        var (method, fault) = Shared(asked);
        if (method is null && asked.Secrets.Text is { } text && await keys.CheckAsync(text, peer.Address, cancellationToken) is var (grant, keyFault) && keyFault is not KeyFault.Unknown)
        {
            return await WithKeyAsync(asked, grant ?? throw ConnectRefusals.KeyRefused(keyFault), cancellationToken);
        }

        if (asked.Proof is not { } proof)
        {
            return WithoutDevice(asked, method, fault, peer);
        }

        var signed = new SignedConnect(asked.Client.Id, asked.Client.Mode, asked.Role, asked.AskedScopes, asked.Secrets.Signed, asked.Client.Platform, asked.Client.DeviceFamily);
        if (proof.FaultOf(signed, nonce, time.GetUtcNow()) is { } bad)
        {
            throw ConnectRefusals.BadProof(bad);
        }

        var key = DeviceKey.Normalize(proof.PublicKey)!;
        if (asked.Secrets is { Text: null, BootstrapToken: { } code })
        {
            return await WithSetupCodeAsync(asked, key, code, peer, cancellationToken);
        }

        var shown = asked.Secrets.DeviceToken ?? asked.Secrets.Token;
        if (method is null)
        {
            if (shown is null)
            {
                throw Unauthorized(asked, fault, peer);
            }

            // What was meant as the gateway's token, and is neither, is called so.
            if (await tokens.CheckAsync(proof.Id, key, asked.Role, asked.Scopes, shown, cancellationToken) is { } wrong)
            {
                throw Unauthorized(asked, wrong is AuthFault.DeviceTokenMismatch && asked.Secrets.DeviceToken is null ? fault : wrong, peer);
            }

            method = ByDeviceToken;
        }

        return await WithDeviceAsync(asked with { AuthMethod = method }, key, shown, peer, cancellationToken);
    }

    /// <summary>What a connection takes of what its key may have; null for one without a key.</summary>
    /// <exception cref="GatewayException">The key has as many connections as it may.</exception>
    public KeyShare? ShareOf(ConnectRequest admitted) => admitted.Key is { } key ? new KeyShare(room, key) : null;

    /// <summary>Counts somebody who was not let in.</summary>
    /// <returns>How long it is to wait; zero while it need not.</returns>
    public TimeSpan WaitOfStranger(ConnectPeer peer) => strangers.Take(peer.Address);

    // A key says who it is by itself: no device is let in by it, which would outlive it.
    private async Task<ConnectRequest> WithKeyAsync(ConnectRequest asked, KeyGrant key, CancellationToken cancellationToken)
    {
        if (asked.Role == DeviceScopes.Node)
        {
            throw ConnectRefusals.DeviceRequired();
        }

        if (asked.Client.InstanceId is { } instance && !key.Allows(KeyScopes.Admin) && !await keys.MayBeAsync(instance, key.Id, cancellationToken))
        {
            throw GatewayException.Invalid("invalid connect params: at /client/instanceId: another client has it; leave it out, or take another", "INSTANCE_TAKEN");
        }

        return asked with { AuthMethod = "token", Key = key, Scopes = Scopes.Grant(asked.Scopes, key) };
    }

    // What shows nothing guesses nothing.
    private GatewayException Unauthorized(ConnectRequest asked, AuthFault fault, ConnectPeer peer)
    {
        var retryAfter = fault is AuthFault.TokenMissing or AuthFault.ScopeMismatch ? TimeSpan.Zero : limit.Failed(peer.Address);
        return retryAfter > TimeSpan.Zero ? ConnectRefusals.TooMany(retryAfter) : ConnectRefusals.Unauthorized(asked, fault, peer.IsLocal);
    }

    // How the gateway's own token was shown, or what is wrong with what was.
    private (string? Method, AuthFault Fault) Shared(ConnectRequest asked)
    {
        var secrets = asked.Secrets;
        if (secrets.Token is { } token)
        {
            return (gateway.Matches(token) ? "token" : null, AuthFault.TokenMismatch);
        }

        // There is no other password than the token, as at a real gateway in that mode.
        if (secrets.Password is { } password)
        {
            return (gateway.Matches(password) ? "token" : null, AuthFault.TokenMismatch);
        }

        if (secrets.DeviceToken is { } device)
        {
            return (gateway.Matches(device) ? "token" : null, asked.Proof is null ? AuthFault.TokenMismatch : AuthFault.DeviceTokenMismatch);
        }

        return (null, AuthFault.TokenMissing);
    }

    private ConnectRequest WithoutDevice(ConnectRequest asked, string? method, AuthFault fault, ConnectPeer peer)
    {
        if (method is null && fault is not AuthFault.TokenMissing)
        {
            throw Unauthorized(asked, fault, peer);
        }

        if (method is null || options.RequireDevice || asked.Role == DeviceScopes.Node)
        {
            throw ConnectRefusals.DeviceRequired();
        }

        return asked with { AuthMethod = method };
    }

    // The code is used up; afterwards the device comes in by the tokens that it is told, one for each of its roles.
    private async Task<ConnectRequest> WithSetupCodeAsync(ConnectRequest asked, string key, string code, ConnectPeer peer, CancellationToken cancellationToken)
    {
        var candidate = Candidate(asked, key, peer);
        if (await setups.RedeemAsync(code, candidate, cancellationToken) is not { } device)
        {
            throw Unauthorized(asked, AuthFault.SetupCodeInvalid, peer);
        }

        var issued = await tokens.EnsureAsync(device, asked.Role, candidate.Scopes, shown: null, cancellationToken);
        var others = new List<IssuedToken>();
        foreach (var role in device.Roles.Where(role => role != asked.Role))
        {
            if (await tokens.EnsureAsync(device, role, DeviceScopes.Of(role, device.Scopes), shown: null, cancellationToken) is { } other)
            {
                others.Add(other);
            }
        }

        return asked with { AuthMethod = BySetupCode, Device = new DeviceGrant(device.DeviceId, issued?.Stamp ?? "", ByDeviceToken: true) { Issued = issued, AlsoIssued = others } };
    }

    private static DeviceCandidate Candidate(ConnectRequest asked, string key, ConnectPeer peer) => new(asked.Proof!.Id, key, asked.Role, asked.Role == DeviceScopes.Node ? [] : asked.Scopes)
    {
        DisplayName = asked.Client.DisplayName,
        Platform = asked.Client.Platform,
        DeviceFamily = asked.Client.DeviceFamily,
        ClientId = asked.Client.Id,
        ClientMode = asked.Client.Mode,
        RemoteIp = peer.RemoteIp,
    };

    private async Task<ConnectRequest> WithDeviceAsync(ConnectRequest asked, string key, string? shown, ConnectPeer peer, CancellationToken cancellationToken)
    {
        var candidate = Candidate(asked, key, peer);
        var known = await pairing.FindAsync(candidate.DeviceId, cancellationToken);
        if (known?.PublicKey != key)
        {
            known = null;
        }

        // A program on this machine that shows the token is the gateway's own, as a rule: it leaves no device behind.
        if (known is null && asked is { Role: DeviceScopes.Operator, Client: { Id: "gateway-client", Mode: "backend" } } && peer is { IsLocal: true, Origin: null })
        {
            return asked with { Device = new DeviceGrant(candidate.DeviceId, Stamp: null, ByDeviceToken: false) };
        }

        if (Needs(asked, candidate, known) is { } need)
        {
            if (!IsEnough(asked, known, peer))
            {
                throw need.Of(await pairing.RequestAsync(candidate, Owners.House, cancellationToken), asked, known);
            }

            known = await pairing.AdmitAsync(candidate, $"gateway:{asked.Client.Id}", DevicePairing.ByToken, cancellationToken);
        }
        else
        {
            await pairing.SeenAsync(candidate, asked.AuthMethod == ByDeviceToken ? "device-token-auth" : "connect", cancellationToken);
        }

        var issued = await tokens.EnsureAsync(known!, asked.Role, candidate.Scopes, shown, cancellationToken);
        return asked with { Device = new DeviceGrant(candidate.DeviceId, issued?.Stamp ?? "", asked.AuthMethod == ByDeviceToken) { Issued = issued } };
    }

    // Why somebody has to approve; null when the device has all that it asks for.
    private static PairingRefusal? Needs(ConnectRequest asked, DeviceCandidate candidate, Device? known)
    {
        if (known is null)
        {
            return PairingRefusal.NotPaired;
        }

        if (!known.Roles.Contains(asked.Role))
        {
            return PairingRefusal.RoleUpgrade;
        }

        if (!DeviceScopes.Allow(asked.Role, DeviceScopes.Normalize(candidate.Scopes), known.Scopes))
        {
            return PairingRefusal.ScopeUpgrade;
        }

        return Kind(known.Platform) != Kind(candidate.Platform) && known.Platform is not null ? PairingRefusal.MetadataUpgrade : null;
    }

    // The gateway's token stands for somebody's approval: on this machine, and elsewhere as long as it is enough by itself.
    // What a node may do is asked of its owner in any case.
    private bool IsEnough(ConnectRequest asked, Device? known, ConnectPeer peer) => asked.AuthMethod != ByDeviceToken
        && (asked.Role == DeviceScopes.Node ? peer.IsLocal && known is null : !options.RequireDevice || (peer.IsLocal && peer.Origin is null));

    // "macOS 15.1" and "macos 15.2" are the same, and so is what programs call it.
    private static string Kind(string? platform)
    {
        var word = string.Concat((platform ?? "").Trim().ToLowerInvariant().TakeWhile(char.IsAsciiLetter));
        return word == "macos" ? "darwin" : word;
    }
}
