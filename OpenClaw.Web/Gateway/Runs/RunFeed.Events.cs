using OpenClaw.Jobs.Protocol;
using OpenClaw.Web.Gateway.Connections;

namespace OpenClaw.Web.Gateway.Runs;

/// <summary>The events that clients have to hear of a run, in the real gateway's order.</summary>
internal sealed partial class RunFeed
{
    private void Tell(Audience audience, string run, string sessionKey, TextDelta delta, long at)
    {
        var agentId = Jobs.Agents.AgentLookup.OfSession(sessionKey);
        var data = ProtocolJson.Element(new AssistantData(delta.Text, delta.Delta));
        hub.TellReaders(audience, "agent", new AgentEvent(run, delta.Seq, "assistant", at, data, sessionKey, agentId));
        var said = new ChatMessage("assistant", [new TextPart(delta.Text)], at);
        hub.TellReaders(audience, "chat", new ChatEvent(run, sessionKey, agentId, delta.Seq, "delta", delta.Delta, said, Replace: delta.Replace));
    }

    private void Tell(RunOutcome outcome, StreamedRun told, string sessionKey)
    {
        var (run, message, ended) = (outcome.RunId, outcome.Message, outcome.EndedAt.ToUnixTimeMilliseconds());
        var audience = Audience.Of(message);
        var (agentId, began) = (Jobs.Agents.AgentLookup.OfSession(sessionKey), message.CreatedAt.ToUnixTimeMilliseconds());
        if (outcome.IsAborted)
        {
            TellAborted(outcome, told, sessionKey);
            return;
        }

        if (outcome.Text is not { } text)
        {
            var failed = told.Next();
            Agent(failed, "lifecycle", new LifecycleData("error", began, ended, Aborted: false, Error: outcome.Error));
            hub.TellReaders(audience, "chat", new ChatEvent(run, sessionKey, agentId, failed, "error", ErrorMessage: outcome.Error));
            return;
        }

        if (told.Complete(text) is { } rest)
        {
            Tell(audience, run, sessionKey, rest, ended);
        }

        var (last, said) = (told.Next(), new ChatMessage("assistant", [new TextPart(text)], ended));
        Agent(last, "lifecycle", new LifecycleData("end", began, ended, Aborted: false, StopReason: "stop"));
        hub.TellReaders(audience, "chat", new ChatEvent(run, sessionKey, agentId, last, "final", Message: said, StopReason: "stop"));
        hub.TellFollowers(audience, "session.message", sessionKey, SessionMessage.Of(sessionKey, agentId, ChatOf(message), run));
        if (message.AnsweredWith is not null)
        {
            // Whoever follows the conversation is told the reply once, by the message that it answers.
            return;
        }

        hub.TellFollowers(audience, "session.message", sessionKey, SessionMessage.Of(sessionKey, agentId, outcome.Reply is { } reply ? ChatOf(reply, run) : said, run));

        void Agent<T>(int seq, string stream, T data) =>
            hub.TellReaders(audience, "agent", new AgentEvent(run, seq, stream, ended, ProtocolJson.Element(data), sessionKey, agentId));
    }

    // What was said by then stands as it was heard, and as the conversation keeps it.
    private void TellAborted(RunOutcome outcome, StreamedRun told, string sessionKey)
    {
        var (run, message, ended) = (outcome.RunId, outcome.Message, outcome.EndedAt.ToUnixTimeMilliseconds());
        var audience = Audience.Of(message);
        var (agentId, last, said) = (Jobs.Agents.AgentLookup.OfSession(sessionKey), told.Next(), outcome.Said is { } kept ? ChatOf(kept, run) : null);
        hub.TellReaders(audience, "chat", new ChatEvent(run, sessionKey, agentId, last, "aborted", Message: said, StopReason: RunOutcome.AbortedByCaller));
        var data = ProtocolJson.Element(new LifecycleData("end", message.CreatedAt.ToUnixTimeMilliseconds(), ended, Aborted: true, StopReason: RunOutcome.AbortedByCaller, Status: "cancelled"));
        hub.TellReaders(audience, "agent", new AgentEvent(run, last, "lifecycle", ended, data, sessionKey, agentId));
        if (said is not null)
        {
            hub.TellFollowers(audience, "session.message", sessionKey, SessionMessage.Of(sessionKey, agentId, ChatOf(message), run));
            hub.TellFollowers(audience, "session.message", sessionKey, SessionMessage.Of(sessionKey, agentId, said, run));
        }
    }
}
