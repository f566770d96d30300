using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace OpenClaw.Jobs.Protocol;

/// <summary>
/// JSON as the wire has it. What is absent is left out: a <c>null</c> in its place makes the official client drop the frame.
/// </summary>
public static class ProtocolJson
{
    /// <summary>Deeper nesting is no frame of anybody's.</summary>
    public const int MaxDepth = 64;

    // What was stored within the limits of an older build can be told all the same.
    private const int MaxWritten = 2 * MaxDepth;

    public static readonly JsonElement EmptyObject = JsonDocument.Parse("{}").RootElement;

    private static readonly ProtocolJsonContext Context = new(new JsonSerializerOptions(ProtocolJsonContext.Default.Options)
    {
        // It goes into WebSocket frames and JSON answers, never into HTML.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = MaxWritten,
    });

    /// <summary>A payload, ready to go into a frame.</summary>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is not listed in <see cref="ProtocolJsonContext"/>.</exception>
    public static JsonElement Element<T>(T payload) => JsonSerializer.SerializeToElement(payload, Type<T>());

    public static byte[] Bytes<T>(T frame) => JsonSerializer.SerializeToUtf8Bytes(frame, Type<T>());

    /// <summary>What the other side sent; members that we do not know are passed over.</summary>
    /// <exception cref="JsonException">It is no JSON, or of another shape.</exception>
    public static T Read<T>(ReadOnlySpan<byte> frame) => JsonSerializer.Deserialize(frame, Type<T>()) ?? throw new JsonException("It is null.");

    /// <summary>A payload, read.</summary>
    /// <exception cref="JsonException">It is of another shape.</exception>
    public static T Read<T>(JsonElement payload) =>
        payload.ValueKind is JsonValueKind.Undefined ? throw new JsonException("It is absent.") : payload.Deserialize(Type<T>()) ?? throw new JsonException("It is null.");

    private static JsonTypeInfo<T> Type<T>() =>
        (JsonTypeInfo<T>?)Context.GetTypeInfo(typeof(T)) ?? throw new NotSupportedException($"{typeof(T)} is not listed in {nameof(ProtocolJsonContext)}.");
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RequestFrame))]
[JsonSerializable(typeof(IncomingFrame))]
[JsonSerializable(typeof(ConnectParams))]
[JsonSerializable(typeof(Runtimes.Upstream.UpstreamHello))]
[JsonSerializable(typeof(AgentParams))]
[JsonSerializable(typeof(AgentWaitParams))]
[JsonSerializable(typeof(AgentCreateParams))]
[JsonSerializable(typeof(AgentDeleteParams))]
[JsonSerializable(typeof(ChatAbortParams))]
[JsonSerializable(typeof(ChatHistoryParams))]
[JsonSerializable(typeof(KnownAgents))]
[JsonSerializable(typeof(KnownHistory))]
[JsonSerializable(typeof(ResponseFrame))]
[JsonSerializable(typeof(EventFrame))]
[JsonSerializable(typeof(ConnectChallenge))]
[JsonSerializable(typeof(HelloOk))]
[JsonSerializable(typeof(Tick))]
[JsonSerializable(typeof(ShutdownNotice))]
[JsonSerializable(typeof(PresenceChange))]
[JsonSerializable(typeof(IReadOnlyList<PresenceEntry>))]
[JsonSerializable(typeof(HealthPayload))]
[JsonSerializable(typeof(StatusPayload))]
[JsonSerializable(typeof(ChannelsPayload))]
[JsonSerializable(typeof(HeartbeatPayload))]
[JsonSerializable(typeof(Acknowledgement))]
[JsonSerializable(typeof(InboxMessage))]
[JsonSerializable(typeof(MessagesAcknowledged))]
[JsonSerializable(typeof(MessageAccepted))]
[JsonSerializable(typeof(RunAccepted))]
[JsonSerializable(typeof(RunEnded))]
[JsonSerializable(typeof(RunWaited))]
[JsonSerializable(typeof(ChatStarted))]
[JsonSerializable(typeof(ChatAborted))]
[JsonSerializable(typeof(AgentEvent))]
[JsonSerializable(typeof(LifecycleData))]
[JsonSerializable(typeof(AssistantData))]
[JsonSerializable(typeof(ChatEvent))]
[JsonSerializable(typeof(ChatHistory))]
[JsonSerializable(typeof(AgentList))]
[JsonSerializable(typeof(AgentCreated))]
[JsonSerializable(typeof(AgentUpdated))]
[JsonSerializable(typeof(AgentDeleted))]
[JsonSerializable(typeof(AgentIdentity))]
[JsonSerializable(typeof(OperationStarted))]
[JsonSerializable(typeof(SessionList))]
[JsonSerializable(typeof(SessionDescription))]
[JsonSerializable(typeof(SessionResolved))]
[JsonSerializable(typeof(Subscribed))]
[JsonSerializable(typeof(SessionChanged))]
[JsonSerializable(typeof(SessionCreated))]
[JsonSerializable(typeof(SessionDeleted))]
[JsonSerializable(typeof(SessionCompacted))]
[JsonSerializable(typeof(SessionMessages))]
[JsonSerializable(typeof(SessionMessageFound))]
[JsonSerializable(typeof(SessionPreviews))]
[JsonSerializable(typeof(SessionsUsage))]
[JsonSerializable(typeof(SessionsChangedEvent))]
[JsonSerializable(typeof(ChatHistoryReset))]
[JsonSerializable(typeof(SessionMessage))]
[JsonSerializable(typeof(CronList))]
[JsonSerializable(typeof(CronJob))]
[JsonSerializable(typeof(CronStatus))]
[JsonSerializable(typeof(CronRun))]
[JsonSerializable(typeof(CronRemoved))]
[JsonSerializable(typeof(CronRuns))]
[JsonSerializable(typeof(HeartbeatsSet))]
[JsonSerializable(typeof(CronEvent))]
[JsonSerializable(typeof(CronScratch))]
[JsonSerializable(typeof(ModelList))]
[JsonSerializable(typeof(AuditPage))]
[JsonSerializable(typeof(UsageCost))]
[JsonSerializable(typeof(SlashCommandList))]
[JsonSerializable(typeof(LogTailed))]
[JsonSerializable(typeof(LoggedLine))]
[JsonSerializable(typeof(DevicePairList))]
[JsonSerializable(typeof(PendingDevice))]
[JsonSerializable(typeof(PendingNode))]
[JsonSerializable(typeof(DeviceApproved))]
[JsonSerializable(typeof(DeviceRejected))]
[JsonSerializable(typeof(DeviceRemoved))]
[JsonSerializable(typeof(DeviceRenamed))]
[JsonSerializable(typeof(DevicePairResolved))]
[JsonSerializable(typeof(DeviceTokenRotated))]
[JsonSerializable(typeof(DeviceTokenRevoked))]
[JsonSerializable(typeof(ScopeUpgradeRequested))]
[JsonSerializable(typeof(ScopeUpgradeDecided))]
[JsonSerializable(typeof(DeviceSetupCode))]
[JsonSerializable(typeof(DeviceSetupPayload))]
[JsonSerializable(typeof(DeviceSetupStatus))]
[JsonSerializable(typeof(DeviceSetupCompleted))]
[JsonSerializable(typeof(NodePairList))]
[JsonSerializable(typeof(NodeApproved))]
[JsonSerializable(typeof(NodeRejected))]
[JsonSerializable(typeof(NodeRemoved))]
[JsonSerializable(typeof(NodeRenamed))]
[JsonSerializable(typeof(NodePairResolved))]
[JsonSerializable(typeof(NodeList))]
[JsonSerializable(typeof(KnownNode))]
[JsonSerializable(typeof(NodeInvokeRequest))]
[JsonSerializable(typeof(NodeInvokeCancelled))]
[JsonSerializable(typeof(NodeInvoked))]
[JsonSerializable(typeof(NodeUpdated))]
[JsonSerializable(typeof(NodeEventHeard))]
[JsonSerializable(typeof(NodeInvokeHeard))]
[JsonSerializable(typeof(RuntimeServed))]
[JsonSerializable(typeof(RuntimeTurn))]
[JsonSerializable(typeof(RuntimeCancel))]
[JsonSerializable(typeof(RuntimeReplied))]
[JsonSerializable(typeof(Dictionary<string, JsonElement>))]
[JsonSerializable(typeof(string))]
internal sealed partial class ProtocolJsonContext : JsonSerializerContext;
