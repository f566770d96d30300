using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Decisions;

namespace OpenClaw.Web.Gateway.Http;

/// <summary>Turns a call from outside into a run.</summary>
internal sealed class HookRuns(TargetResolver targets, RunFeed feed)
{
    /// <param name="text">What the agent is told.</param>
    /// <param name="field">Where it stands in the call.</param>
    /// <param name="agentId">Null for the default agent.</param>
    /// <param name="sessionKey">Null for the main session.</param>
    /// <param name="caller">Who calls.</param>
    /// <param name="answer">Makes the answer of the run's id, when it is stored.</param>
    /// <param name="cancellationToken">Gives up; what was stored goes on.</param>
    public async Task<IResult> RunAsync(
        string? text, string field, string? agentId, string? sessionKey, Caller caller, Func<string, IResult> answer, CancellationToken cancellationToken)
    {
        try
        {
            if (string.IsNullOrWhiteSpace(text))
                throw GatewayException.Invalid($"{field} must say something.");

            var run = Guid.NewGuid().ToString();
            var target = await targets.ResolveAsync(agentId ?? AgentNames.Main, sessionKey, "hooks", caller, cancellationToken);
            await feed.BeginAsync(run, target, text, caller, cancellationToken);
            return answer(run);
        }
        catch (GatewayException refusal)
        {
            return TypedResults.Json(new { ok = false, error = refusal.Message }, statusCode: StatusCodes.Status400BadRequest);
        }
    }
}
