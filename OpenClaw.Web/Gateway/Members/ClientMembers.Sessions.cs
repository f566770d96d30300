namespace OpenClaw.Web.Gateway.Members;

internal static partial class ClientMembers
{
    private static (string Methods, string Members, ClientMember Member)[] SessionMembers =>
    [
        ("chat.history", "pendingBefore inputRunIds", ClientMember.Ignored("what was accepted stands in the conversation at once; agent.wait tells what came of a run")),
        ("chat.history", "messageId", ClientMember.Refused("a page begins at offset, not at a message: leave it out, or ask for the message with chat.message.get")),

        ("sessions.list", "requireLastInteraction configuredAgentsOnly includeGlobal ownerFirst includePeople", ClientMember.Ignored("every conversation here has been used, is an agent's, and is the caller's own")),
        ("sessions.list", "creatorId ownerId involvingProfileId", ClientMember.Refused("conversations here belong to the one owner of the gateway: leave it out")),
        ("sessions.list", "involvingMe", ClientMember.Ignored("all conversations that are listed are the caller's")),
        ("sessions.list", "sortBy", ClientMember.Refused("conversations are sorted by when they were last used", "updatedAt", "lastInteractionAt")),
        ("sessions.resolve", "includeGlobal includeUnknown slugHint", ClientMember.Ignored("every conversation here is an agent's")),
        ("sessions.list sessions.patch", "boardFace", ClientMember.Refused("every conversation here is a chat", "chat")),
        ("sessions.resolve", "shortId", ClientMember.Refused("name the conversation by key, sessionId or label")),
        ("sessions.list sessions.resolve", "spawnedBy", ClientMember.Refused("no conversation here was begun by another agent's: leave it out")),
        ("sessions.messages.subscribe sessions.messages.unsubscribe", "includeApprovals", ClientMember.Ignored("agents here ask for no approvals")),

        ("sessions.create", "emitCommandHooks", ClientMember.Ignored("no hooks are run when a conversation begins")),
        ("sessions.create", "displayName category", ClientMember.Ignored("label is what people are shown here")),
        ("sessions.create", "fork forkFrom", ClientMember.Refused("a conversation cannot begin with a copy of another one here: leave it out")),
        ("sessions.create", "incognito", ClientMember.Refused("every conversation is kept here: delete it when it is over")),
        ("sessions.create", "visibility", ClientMember.Ignored("conversations here have one owner, and nobody else sees them")),
        ("sessions.create", "spawnDepth", ClientMember.Refused("no conversation here is begun by another agent's: leave it out")),
        ("sessions.create", "catalogId", ClientMember.Refused("there is no catalog of conversations here: leave it out")),
        ("sessions.create", "projectId projectGitUrl worktree worktreeBaseRef worktreeName cwd", ClientMember.Refused("agents here have no folder to work in: leave it out")),
        ("sessions.create sessions.patch", "execNode", ClientMember.Refused(NoPermissions)),
        ("sessions.create sessions.patch", "permissionMode", ClientMember.Refused(NoPermissions)),
        ("sessions.create sessions.patch", "toolOverrides", ClientMember.Refused(NoTools)),
        ("sessions.create sessions.patch", "contextWindow", ClientMember.Refused("how much a model reads is a setting of the agent, configuration.context_tokens: set it there")),

        ("sessions.patch", "elevatedLevel", ClientMember.Refused(NoPermissions, "off")),
        ("sessions.patch", "execHost", ClientMember.Refused(NoPermissions)),
        ("sessions.patch", "execSecurity execAsk", ClientMember.Refused("execSecurity/execAsk are retired, and agents here run no commands of the host: leave them out")),
        ("sessions.patch", "expectedPermissionMode", ClientMember.Refused(NoPermissions)),
        ("sessions.patch", "expectedToolOverrides", ClientMember.Refused(NoTools)),
        ("sessions.patch sessions.delete", "expectedLifecycleRevision", ClientMember.Refused("conversations have no revision here: name the transcript with expectedSessionId")),
        ("sessions.patch", "expectedMarkedUnreadAt", ClientMember.Refused("when a conversation was marked is not compared here: leave it out")),
        ("sessions.patch", "statusNote attention ttlMinutes", ClientMember.Refused("agents set no notes on conversations here: leave it out")),
        ("sessions.patch", "sendPolicy", ClientMember.Refused("the replies of a conversation stay in it; nothing is sent that could be denied: leave it out", "allow")),
        ("sessions.patch", "groupActivation", ClientMember.Refused("no conversation here is a group's: leave it out")),
        ("sessions.patch", "completionOwnerSessionKey inheritedToolPolicyVersion inheritedToolAllow inheritedToolDeny", ClientMember.Refused("it is only supported for subagent:* or acp:* sessions, which are not begun here: leave it out")),

        ("sessions.compact", "maxLines", ClientMember.Refused("a conversation is not cut here; what is oldest is left out by itself when it does not fit into the model's context: leave it out, or begin anew with sessions.reset")),
        ("sessions.usage", "mode", ClientMember.Refused("days are counted in UTC", "utc", "gateway")),
        ("sessions.usage", "utcOffset timeZone", ClientMember.Refused("days are counted in UTC", "UTC", "Etc/UTC", "UTC+0", "+00:00", "Z")),
        ("sessions.usage", "groupBy includeHistorical includeContextWeight", ClientMember.Ignored("a conversation is counted with all of its transcripts")),
        ("sessions.delete", "emitLifecycleHooks", ClientMember.Ignored("no hooks are run when a conversation ends")),
        ("sessions.reset", "reason", ClientMember.Ignored("a conversation begins anew in one way")),
    ];
}
