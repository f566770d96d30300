using System.Text.Json;
using OpenClaw.Jobs.Protocol;
using OpenClaw.Jobs.Requests;
using OpenClaw.Web.Gateway.Connections;

namespace OpenClaw.Web.Gateway.Methods;

/// <summary>One request under way.</summary>
internal sealed class GatewayCall(GatewayConnection connection, RequestFrame request, CancellationToken cancelled)
{
    public GatewayConnection Connection => connection;

    /// <summary>The request's id.</summary>
    public string Id => request.Id;

    public string Method => request.Method;

    public Caller Caller => connection.Caller;

    /// <summary>Whether the client may change what there is.</summary>
    public bool MayWrite => connection.MayWrite;

    /// <summary>Fires when the connection is gone. What was accepted goes on all the same.</summary>
    public CancellationToken Cancelled => cancelled;

    /// <summary>Called when the last answer is on its way.</summary>
    public Action? Answered { get; set; }

    /// <param name="known">What the method reads; none for anything.</param>
    public GatewayParams Params(params string[] known) => new(request.Method, request.Params, known);

    /// <summary>The method takes nothing.</summary>
    public void NoParams() => Params("\0");

    /// <summary>The same as <see cref="Params"/> where <c>null</c> says that there is nothing.</summary>
    public GatewayParams NullableParams(params string[] known) => new(request.Method, request.Params, known, nullIsAbsent: true);

    /// <summary>Sends an answer before the last one.</summary>
    public void Acknowledge<T>(T payload) => connection.Send(new ResponseFrame(request.Id, true, ProtocolJson.Element(payload), null));
}

/// <summary>A method of the gateway.</summary>
/// <param name="Name">As clients call it.</param>
/// <param name="Scope">What the caller must hold; null for nothing.</param>
/// <param name="HandleAsync">Returns the payload of the answer.</param>
internal sealed record GatewayMethod(string Name, string? Scope, Func<GatewayCall, Task<JsonElement>> HandleAsync)
{
    public static GatewayMethod Of<T>(string name, string? scope, Func<GatewayCall, Task<T>> handle) =>
        new(name, scope, async call => ProtocolJson.Element(await handle(call)));
}

/// <summary>Some methods that belong together.</summary>
internal interface IGatewayMethods
{
    IEnumerable<GatewayMethod> All { get; }
}

/// <summary>Every method there is.</summary>
internal sealed class GatewayMethods(IEnumerable<IGatewayMethods> groups)
{
    private readonly Dictionary<string, GatewayMethod> _byName = groups.SelectMany(group => group.All).ToDictionary(method => method.Name);

    public IReadOnlyList<string> Names => [.. _byName.Keys.Order(StringComparer.Ordinal)];

    public GatewayMethod? Find(string name) => _byName.GetValueOrDefault(name);
}
