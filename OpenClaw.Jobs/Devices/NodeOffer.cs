using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpenClaw.Jobs.Devices;

/// <summary>What a node can do, in order.</summary>
/// <param name="Caps">Kinds of things, such as <c>camera</c>.</param>
/// <param name="Commands">What it can be asked, such as <c>system.run</c>.</param>
/// <param name="Permissions">What its operating system lets it do.</param>
public sealed record NodeOffer(IReadOnlyList<string> Caps, IReadOnlyList<string> Commands, IReadOnlyDictionary<string, bool> Permissions)
{
    public static readonly NodeOffer None = new([], [], new Dictionary<string, bool>());

    private static readonly string[] Harmless =
        ["calendar.", "camera.", "canvas.", "contacts.", "device.", "location.", "motion.", "notifications.", "ollama.", "photos.", "reminders.", "screen.", "talk.", "voice."];

    /// <summary>Who approves it must hold these: a node that runs programs is a way into its machine.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> ApprovalScopes => Commands.Any(NeedsAdmin) ? [DeviceScopes.Pairing, DeviceScopes.Admin]
        : Commands.Count > 0 ? [DeviceScopes.Pairing, DeviceScopes.Write]
        : [DeviceScopes.Pairing];

    /// <summary>Whether a command is for admins: all are that do more than look, listen and show, such as those that run programs or touch files. What nobody knows is one of them.</summary>
    public static bool NeedsAdmin(string command) =>
        command is not ("system.which" or "system.notify") && !Harmless.Any(family => command.StartsWith(family, StringComparison.Ordinal));

    /// <summary>It offers nothing that the other one does not.</summary>
    public bool IsWithin(NodeOffer approved) => Caps.All(approved.Caps.Contains) && Commands.All(approved.Commands.Contains)
        && Permissions.All(permission => !permission.Value || (approved.Permissions.TryGetValue(permission.Key, out var may) && may));

    public bool Same(NodeOffer other) => IsWithin(other) && other.IsWithin(this);

    /// <summary>What both have.</summary>
    public NodeOffer And(NodeOffer? approved) => approved is null ? None : new(
        [.. Caps.Where(approved.Caps.Contains)],
        [.. Commands.Where(approved.Commands.Contains)],
        Permissions.Where(permission => approved.Permissions.TryGetValue(permission.Key, out var may) && may).ToDictionary());
}

/// <summary>What of a node was approved; kept as JSON.</summary>
public sealed record NodeSurface(NodeOffer Offer, string? DisplayName, string? Version, long CreatedAtMs, long ApprovedAtMs)
{
    public static NodeSurface? Read(string? json) => json is null ? null : JsonSerializer.Deserialize<NodeSurface>(json);
}

/// <summary>What a node offers and nobody has approved; kept as JSON.</summary>
public sealed record PendingNodeSurface(string RequestId, NodeOffer Offer, string? DisplayName, string? Version, bool Silent, long Ts)
{
    public static PendingNodeSurface? Read(string? json) => json is null ? null : JsonSerializer.Deserialize<PendingNodeSurface>(json);
}
