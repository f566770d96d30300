using OpenClaw.Data.Agents;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Messages;
using OpenClaw.Jobs.Protocol;
using OpenClaw.Jobs.Runtimes;
using OpenClaw.Jobs.Runtimes.Workers;
using OpenClaw.Web.Gateway.Connections;
using OpenClaw.Web.Gateway.Workers;

namespace OpenClaw.Web.Gateway.Methods;

/// <summary>Our own additions: a process serves an agent on <c>session/…</c>, is told its turns, and answers them.</summary>
internal sealed class RuntimeMethods(WorkerTurnSender pump, WorkerTurns turns, TargetResolver targets) : IGatewayMethods
{
    private const string ModelPrefix = "session/";
    private const int MaxError = 2_000;

    public IEnumerable<GatewayMethod> All =>
    [
        GatewayMethod.Of("runtime.serve", Scopes.Runtime, ServeAsync),
        GatewayMethod.Of("runtime.release", Scopes.Runtime, ReleaseAsync),
        GatewayMethod.Of("runtime.reply", Scopes.Runtime, ReplyAsync),
        GatewayMethod.Of("runtime.progress", Scopes.Runtime, ProgressAsync),
    ];

    private async Task<RuntimeServed> ServeAsync(GatewayCall call)
    {
        var agent = await AgentAsync(call);
        if (!agent.Model.StartsWith(ModelPrefix, StringComparison.OrdinalIgnoreCase))
        {
            throw GatewayException.Invalid($"agent \"{AgentLookup.Of(agent)}\" runs on {agent.Model}; a process serves those on {ModelPrefix}…", "NOT_A_SESSION_AGENT");
        }

        await pump.ServeAsync(call.Connection, agent, call.Cancelled);
        return new RuntimeServed(true, AgentLookup.Of(agent), Serving: true);
    }

    private async Task<RuntimeServed> ReleaseAsync(GatewayCall call)
    {
        var agent = await AgentAsync(call);
        await pump.ReleaseAsync(call.Connection, agent, call.Cancelled);
        return new RuntimeServed(true, AgentLookup.Of(agent), Serving: false);
    }

    private async Task<RuntimeReplied> ReplyAsync(GatewayCall call)
    {
        var given = call.Params("turnId", "text", "error", "usage");
        var (text, error) = (given.Said("text", MessageRules.MaxContentLength), given.Said("error", MaxError));
        if (text is null == error is null)
        {
            throw given.Wrong("must have either 'text' or 'error'");
        }

        if ((text ?? error)!.Length > AgentReply.MaxLength)
        {
            throw GatewayException.Invalid($"text and error may have up to {AgentReply.MaxLength} characters");
        }

        var usage = given.Nested("usage", "input", "output") is { } took
            ? new TurnUsage(took.Number("input", 0, 0, int.MaxValue), took.Number("output", 0, 0, int.MaxValue))
            : null;
        var turn = given.Filled("turnId");
        var isStored = await turns.AnswerAsync(turn, call.Connection.Id, text, error, usage, call.Cancelled);
        return isStored || !await turns.IsAnothersAsync(turn, call.Connection.Id, call.Cancelled)
            ? new RuntimeReplied(true, isStored)
            : throw GatewayException.Invalid("the turn was given to another connection, which answers it", "NOT_YOUR_TURN");
    }

    // With a text, which follows what was said before, or without one, which says that the process is at it.
    private async Task<RuntimeReplied> ProgressAsync(GatewayCall call)
    {
        var given = call.Params("turnId", "text");
        var text = given.Said("text", MessageRules.MaxContentLength) ?? "";
        return text.Length > AgentReply.MaxLength
            ? throw GatewayException.Invalid($"text may have up to {AgentReply.MaxLength} characters")
            : new RuntimeReplied(true, await turns.ProgressAsync(given.Filled("turnId"), call.Connection.Id, text, call.Cancelled));
    }

    private Task<Agent> AgentAsync(GatewayCall call) => targets.AgentAsync(call.Params("agentId").Filled("agentId"), call.Caller, call.Cancelled);
}
