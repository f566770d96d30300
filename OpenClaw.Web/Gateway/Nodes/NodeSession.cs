using System.Collections.Concurrent;
using System.Text.Json;
using OpenClaw.Jobs.Devices;
using OpenClaw.Web.Gateway.Connections;

namespace OpenClaw.Web.Gateway.Nodes;

/// <summary>A node that is connected here, with what it says of itself and what it was asked.</summary>
internal sealed class NodeSession(GatewayConnection connection)
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<NodeAnswer>> _asked = new();

    public GatewayConnection Connection => connection;

    public string NodeId => connection.Connected!.Device!.DeviceId;

    public NodeOffer Offer => connection.Connected!.Offer;

    /// <summary>Tools of its plugins; null until it has told.</summary>
    public JsonElement? Tools { get; set; }

    /// <summary>Null until it has told.</summary>
    public JsonElement? Skills { get; set; }

    /// <summary>The answer to what the node is asked under this id.</summary>
    public Task<NodeAnswer> Expect(string id) => _asked.GetOrAdd(id, _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>Returns whether somebody waited.</summary>
    public bool Answer(string id, NodeAnswer answer) => _asked.TryRemove(id, out var waiting) && waiting.TrySetResult(answer);

    /// <summary>Nobody waits any more.</summary>
    public void Forget(string id) => _asked.TryRemove(id, out _);

    /// <summary>It is gone: whoever waits is told.</summary>
    public void End()
    {
        foreach (var id in _asked.Keys)
        {
            Answer(id, NodeAnswer.Disconnected);
        }
    }
}

/// <summary>What a node answers.</summary>
/// <param name="Ok">It succeeded.</param>
/// <param name="Payload">Where it succeeded.</param>
/// <param name="PayloadJson">The same as text, where the node sent it so.</param>
/// <param name="ErrorCode">Null where it succeeded.</param>
/// <param name="ErrorMessage">Where it failed.</param>
internal sealed record NodeAnswer(bool Ok, JsonElement? Payload, string? PayloadJson, string? ErrorCode, string? ErrorMessage)
{
    public static readonly NodeAnswer Disconnected = Failed("DISCONNECTED", "node disconnected");

    public static readonly NodeAnswer TimedOut = Failed("TIMEOUT", "node invoke timed out");

    public static NodeAnswer Failed(string code, string message) => new(false, null, null, code, message);
}
