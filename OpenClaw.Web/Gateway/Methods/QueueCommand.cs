using System.Text.Json.Nodes;
using OpenClaw.Data.Conversations;
using OpenClaw.Data.Conventions;
using OpenClaw.Jobs.Messages;
using OpenClaw.Jobs.Requests;

namespace OpenClaw.Web.Gateway.Methods;

/// <summary><c>/queue collect</c>: what becomes of this conversation's messages while its agent is at work, in OpenClaw's words.</summary>
internal sealed class QueueCommand(ConversationStore sessions)
{
    private static readonly string[] Reset = ["default", "reset"];

    public async Task<string> AnswerAsync(string text, RunTarget target, Caller caller, CancellationToken cancellationToken)
    {
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(word => word.ToLowerInvariant()).ToArray();
        switch (words)
        {
            case []:
                var session = await sessions.FindAsync(target.SessionKey, caller, cancellationToken);
                return $"Queue mode: {Describe(QueueModes.Of(own: null, ModeOf(session), target.Agent))}. /queue followup, collect, interrupt or steer sets another for this conversation, /queue default the agent's own.";
            case [var word] when Reset.Contains(word):
                await SetAsync(null, target, caller, cancellationToken);
                return $"Queue mode: {Describe(QueueModes.Of(own: null, session: null, target.Agent))}, the agent's own.";
            case [var word] when QueueModes.TryParse(word, out var mode):
                await SetAsync(EnumText.ToLower(mode), target, caller, cancellationToken);
                return $"Queue mode: {Describe(mode)}, in this conversation.";
            default:
                return $"Nothing was changed: write /queue and one of {QueueModes.All}, or /queue default. How long is waited for more is queue_debounce in the agent's configuration; there is no cap, and nothing is dropped.";
        }
    }

    private async Task SetAsync(string? mode, RunTarget target, Caller caller, CancellationToken cancellationToken)
    {
        await sessions.CreateAsync(target.SessionKey, target.Agent.Id, cancellationToken);
        await sessions.ChangeAsync(target.SessionKey, SessionExpectation.None, session => Set(session, mode), caller, cancellationToken);
    }

    private static void Set(Session session, string? mode)
    {
        var settings = JsonNode.Parse(session.Settings)!.AsObject();
        if (mode is null)
        {
            settings.Remove(QueueModes.SessionSetting);
        }
        else
        {
            settings[QueueModes.SessionSetting] = mode;
        }

        session.Settings = settings.ToJsonString();
    }

    private static string? ModeOf(Session? session) => session is null ? null : (string?)JsonNode.Parse(session.Settings)![QueueModes.SessionSetting];

    private static string Describe(Data.Messages.QueueMode? mode) => EnumText.ToLower(mode ?? Data.Messages.QueueMode.Followup);
}
