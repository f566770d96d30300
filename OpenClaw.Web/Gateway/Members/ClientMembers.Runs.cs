namespace OpenClaw.Web.Gateway.Members;

internal static partial class ClientMembers
{
    private const string Sends = "agent agent.send chat.send sessions.send";

    private const string NotDelivered = "a reply is sent to a channel where deliver says so, and stays in the conversation otherwise: leave this out";

    private const string NoTools = "agents here are given no tools by the gateway: leave this out";

    private const string NoPermissions = "agents here run no commands of the host, so there is nothing to permit: leave this out";

    private static (string Methods, string Members, ClientMember Member)[] RunMembers =>
    [
        // Where a reply goes, beside what is read of it (ReplyDelivery).
        ("agent agent.send", "accountId threadId groupId groupChannel groupSpace bestEffortDeliver", ClientMember.Ignored("there is one account of a channel, without threads and groups, and a reply is sent until it has arrived")),
        ("agent agent.send", "replyAccountId", ClientMember.Ignored("there is one account of a channel")),
        ("agent agent.send", "sourceReplyDeliveryMode", ClientMember.Refused(NotDelivered, "automatic")),
        ("agent agent.send", "disableMessageTool", ClientMember.Ignored("agents have no tool that sends messages")),
        ("chat.send", "originatingAccountId originatingThreadId expectedSessionRoutingContract", ClientMember.Ignored("there is one account of a channel, without threads")),
        ("chat.send", "replyToId", ClientMember.Refused("the message that is answered is not shown to the agent here: quote it in the message")),

        // Who says it, and why.
        (Sends, "inputProvenance systemInputProvenance systemProvenanceReceipt", ClientMember.Ignored("where a client has the text from is for its own records; everything that comes in here is from outside")),
        ("agent agent.send", "internalEvents internalRuntimeHandoffId", ClientMember.Refused("events of a gateway's own runtime are not taken from outside: put them into the message")),
        ("agent agent.send", "internalExecutionIdentityRetry internalExecutionIdentityRecoveryAttempt execApprovalFollowupExpectedSessionId acpTurnSource", ClientMember.Refused("it belongs to a gateway's own runtime: leave it out")),
        ("agent agent.send", "expectedExistingSessionId", ClientMember.Refused("expectedExistingSessionId is reserved for backend callers: name the conversation with sessionKey or sessionId")),
        ("agent agent.send", "voiceWakeTrigger", ClientMember.Ignored("it chooses an agent by the word that woke a device, and no such words are kept here")),
        ("agent agent.send", "spawnedBy lane", ClientMember.Ignored("one message of an agent is on its way at a time, whoever sent it")),

        // How the agent works on it.
        ("agent agent.send", "cwd", ClientMember.Refused("agents here have no folder to work in: leave it out")),
        ("agent agent.send", "modelRun suppressPromptPersistence", ClientMember.Refused("every message is kept in its conversation here: name a conversation of its own with sessionId")),
        ("agent agent.send", "promptMode bootstrapContextMode", ClientMember.Refused("the agent is always shown all of its persona: leave this out", "full")),
        ("agent agent.send", "bootstrapContextRunKind", ClientMember.Refused("heartbeats and prompts are sent by their own methods: leave this out", "default")),
        ("agent agent.send", "sessionEffects", ClientMember.Refused("every message is shown in its conversation here: leave this out", "visible")),
        ("agent agent.send", "cleanupBundleMcpOnRunEnd forceRestartSafeTools", ClientMember.Ignored("agents are given no tools by the gateway, and every run survives a restart")),
        ("agent agent.send", "swarmCollector swarmOutputSchema forceCodeModeTools", ClientMember.Refused(NoTools)),
        ("chat.send", "toolBindings expectedToolOverrides", ClientMember.Refused(NoTools)),
        ("chat.send", "expectedPermissionMode", ClientMember.Refused(NoPermissions)),
        ("chat.send", "fastMode", ClientMember.Refused("no model here has a fast mode: leave it out", "auto")),
        ("chat.send", "fastAutoOnSeconds", ClientMember.Ignored("no model here has a fast mode that could end")),
        ("chat.send", "intent", ClientMember.Refused("conversations have no goals here: say it in the message")),
        ("chat.send", "expectedLeafEntryId", ClientMember.Refused("a conversation has one line and no branches here: leave it out")),

        // Stopping.
        ("chat.abort", "preserveSideRuns", ClientMember.Ignored("a conversation has no runs beside its own")),
        ("sessions.abort", "clearQueued", ClientMember.Refused("what waits in line is not removed by an abort: abort it when its turn has come")),

        // What is said straight to a channel.
        ("send", "mediaUrls buffer filename contentType asVoice gifPlayback forceDocument", ClientMember.Refused("only texts are sent to channels here: put the address of a file into the message")),
        ("send", "mediaUrl", ClientMember.Refused("only texts are sent to channels here: put the address of a file into the message")),
        ("send", "replyToId parseMode", ClientMember.Refused("texts are sent as they are, and answer no message: leave it out")),
        ("send", "silent accountId threadId agentId sessionKey", ClientMember.Ignored("there is one account of a channel, without threads, and what is sent by it stands in no agent's conversation")),

        ("status", "includeCliProjection", ClientMember.Ignored("the answer always holds what the command line shows")),
    ];
}
