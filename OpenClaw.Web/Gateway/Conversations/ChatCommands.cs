using System.Globalization;
using OpenClaw.Data.Conventions;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Decisions;
using OpenClaw.Jobs.Protocol;
using OpenClaw.Web.Health;

namespace OpenClaw.Web.Gateway.Conversations;

/// <summary>
/// What people write in a chat with a slash in front, and mean the gateway by: it is answered at once, shown to no model, and
/// not kept. Any other text with a slash is a message to the agent.
/// </summary>
internal sealed class ChatCommands(SessionRows rows, AgentUsages usages, GatewayHub hub, TimeProvider time)
{
    private const string Help = "/status: the agent, its model and the conversation. /usage: tokens by day. /compact: why there is nothing to compact. /stop: ends what is under way. Anything else goes to the agent.";

    /// <summary>Null for a text that is none.</summary>
    public async Task<string?> AnswerAsync(string text, RunTarget target, Caller caller, CancellationToken cancellationToken) => text.Trim().Split(' ', 2)[0].ToLowerInvariant() switch
    {
        "/status" => await StatusAsync(target, caller, cancellationToken),
        "/usage" => await UsageAsync(target, cancellationToken),
        "/compact" => "Nothing to compact: what is oldest is left out by itself when it does not fit into the model's context.",
        "/help" or "/commands" => Help,
        _ => null,
    };

    /// <summary>Tells who shows the conversation, as if the agent had said it.</summary>
    public void Tell(string run, RunTarget target, string text)
    {
        var (agentId, now) = (AgentNames.Of(target.Agent), time.GetUtcNow().ToUnixTimeMilliseconds());
        var said = new ChatMessage("assistant", [new TextPart(text)], now);
        Agent(1, "lifecycle", new LifecycleData("start", StartedAt: now));
        Agent(2, "assistant", new AssistantData(text, text));
        Agent(3, "lifecycle", new LifecycleData("end", now, now, Aborted: false, StopReason: "stop"));
        hub.TellReaders("chat", new ChatEvent(run, target.SessionKey, agentId, 3, "final", Message: said, StopReason: "stop"));

        void Agent<T>(int seq, string stream, T data) =>
            hub.TellReaders("agent", new AgentEvent(run, seq, stream, now, ProtocolJson.Element(data), target.SessionKey, agentId));
    }

    private async Task<string> StatusAsync(RunTarget target, Caller caller, CancellationToken cancellationToken)
    {
        var row = await rows.FindAsync(target.SessionKey, SessionTexts.None, caller, cancellationToken) ?? rows.Unused(target);
        var context = row switch
        {
            { TotalTokens: { } used, ContextTokens: { } most } => $"{used:N0} of {most:N0} tokens",
            { TotalTokens: { } used } => $"{used:N0} tokens",
            _ => "nobody counts its tokens",
        };
        return string.Create(CultureInfo.InvariantCulture, $"""
            OpenClaw Backend {ServiceVersion.Service}
            Agent: {target.Agent.Name} ({EnumText.ToLower(target.Agent.Status)}) on {row.ModelProvider}/{row.Model}
            Session: {row.Key}{(row.HasActiveRun ? ", at work" : "")}
            Context: {context}
            """).ReplaceLineEndings("\n");
    }

    private async Task<string> UsageAsync(RunTarget target, CancellationToken cancellationToken)
    {
        var days = await usages.ReadAsync(target.Agent.Id, cancellationToken);
        return string.Create(CultureInfo.InvariantCulture, $"""
            {target.Agent.Name} today: {usages.TokensToday(days):N0} tokens
            Last {AgentUsages.Shown} days: {days.Sum(day => day.InputTokens):N0} read, {days.Sum(day => day.OutputTokens):N0} written, {days.Sum(day => day.Turns):N0} turns
            What they cost is not known here.
            """).ReplaceLineEndings("\n");
    }
}
