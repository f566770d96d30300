using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpenClaw.Jobs.Protocol;

/// <summary>What a node offers, and waits to be approved; also the event <c>node.pair.requested</c>.</summary>
public sealed record PendingNode(
    string RequestId, string NodeId, string? ClientId, string? ClientMode, string? DisplayName, string? Platform, string? Version, string? DeviceFamily,
    IReadOnlyList<string> Caps, IReadOnlyList<string> Commands, IReadOnlyList<string> RequiredApproveScopes, IReadOnlyDictionary<string, bool> Permissions, string? RemoteIp, bool Silent, long Ts);

/// <summary>A node whose offer was approved.</summary>
public sealed record PairedNode(
    string NodeId, string? ClientId, string? ClientMode, string? DisplayName, string? Platform, string? Version, string? DeviceFamily,
    IReadOnlyList<string> Caps, IReadOnlyList<string> Commands, IReadOnlyDictionary<string, bool> Permissions, string? RemoteIp, long CreatedAtMs, long ApprovedAtMs,
    long? LastSeenAtMs, string? LastSeenReason);

/// <summary>The answer to <c>node.pair.list</c>.</summary>
public sealed record NodePairList(IReadOnlyList<PendingNode> Pending, IReadOnlyList<PairedNode> Paired);

/// <summary>The answer to <c>node.pair.approve</c>.</summary>
public sealed record NodeApproved(string RequestId, PairedNode Node);

/// <summary>The answer to <c>node.pair.reject</c>.</summary>
public sealed record NodeRejected(string RequestId, string NodeId);

/// <summary>The answer to <c>node.pair.remove</c>.</summary>
public sealed record NodeRemoved(string NodeId);

/// <summary>The answer to <c>node.rename</c>.</summary>
public sealed record NodeRenamed(string NodeId, string DisplayName);

/// <summary>The event <c>node.pair.resolved</c>.</summary>
public sealed record NodePairResolved(string RequestId, string NodeId, string Decision, long Ts);

/// <summary>The answer to <c>node.list</c>.</summary>
public sealed record NodeList(long Ts, IReadOnlyList<KnownNode> Nodes);

/// <summary>A node as it is; the answer to <c>node.describe</c>, which has the time.</summary>
public sealed record KnownNode(
    string NodeId, string? DisplayName, string? Platform, string? Version, string? ClientId, string? ClientMode, string? DeviceFamily, string? RemoteIp,
    IReadOnlyList<string> Caps, IReadOnlyList<string> Commands, JsonElement? NodePluginTools, IReadOnlyDictionary<string, bool> Permissions,
    string ApprovalState, string? PendingRequestId, IReadOnlyList<string>? PendingDeclaredCaps, IReadOnlyList<string>? PendingDeclaredCommands, IReadOnlyDictionary<string, bool>? PendingDeclaredPermissions,
    long? ConnectedAtMs, long? LastSeenAtMs, string? LastSeenReason, long? ApprovedAtMs, bool Paired, bool Connected, long? Ts = null);

/// <summary>The event <c>node.invoke.request</c>: what the node is to do.</summary>
public sealed record NodeInvokeRequest(string Id, string NodeId, string Command, [property: JsonPropertyName("paramsJSON")] string? ParamsJson, int? TimeoutMs, string IdempotencyKey);

/// <summary>The event <c>node.invoke.cancel</c>: nobody waits for the answer any more.</summary>
public sealed record NodeInvokeCancelled(string InvokeId, string NodeId);

/// <summary>The answer to <c>node.invoke</c>.</summary>
public sealed record NodeInvoked(bool Ok, string NodeId, string Command, JsonElement? Payload, [property: JsonPropertyName("payloadJSON")] string? PayloadJson);

/// <summary>The answer to what a node tells of itself.</summary>
public sealed record NodeUpdated(string NodeId, JsonElement? Tools = null, JsonElement? Skills = null);

/// <summary>The answer to <c>node.event</c>.</summary>
public sealed record NodeEventHeard(bool Ok, string Event, bool Handled, string? Reason = null);

/// <summary>The answer to a node's <c>node.invoke.result</c>; what nobody waits for any more is passed over.</summary>
public sealed record NodeInvokeHeard(bool Ok, bool? Ignored = null);
