using Microsoft.Extensions.Logging;
using OpenClaw.Jobs.Brakes;
using OpenClaw.Jobs.Engine.Definitions;
using OpenClaw.Jobs.Runtimes.Models;
using OpenClaw.Jobs.Spending;
using OpenClaw.Jobs.Telemetry;

namespace OpenClaw.Jobs.Runtimes;

/// <summary>
/// Has an agent's turn taken by the model that it runs on or, when that cannot, by the first of its fallbacks that can. All have
/// the turn's one key: it is recorded once, reserved for one at a time, and one that was answered is found again whoever answered it.
/// </summary>
public sealed partial class AgentTurns(RuntimeCatalog runtimes, BrakeBoard brakes, ILogger<AgentTurns> logger)
{
    // The model could not be asked, or said nothing. One that has refused what it was asked, or has answered badly, would be paid a
    // second time elsewhere, or asked around what it has decided.
    private static readonly string[] FallsBack =
    [
        ModelFailureCodes.Busy, ModelFailureCodes.Failed, ModelFailureCodes.Unreachable, ModelFailureCodes.Silent, ModelFailureCodes.Resting,
        ModelFailureCodes.QuotaUsedUp, ModelFailureCodes.Unauthorized, ModelFailureCodes.NotFound, RuntimeCatalog.NotConfigured,
    ];

    public async Task<TurnReply> RunAsync(RuntimeAgent agent, Turn turn, CancellationToken cancellationToken)
    {
        turn = turn with { Limits = TurnLimits.Of(agent.Configuration).Within(turn.Timeout) };
        var fallbacks = Fallbacks.Of(agent.Configuration).Where(model => model != agent.Model).Distinct().ToList();
        if (fallbacks.Count == 0)
        {
            return await AskAsync(agent, turn, cancellationToken);
        }

        var patience = Fallbacks.PatienceOf(agent.Configuration);
        string[] models = [agent.Model, .. fallbacks.Where(model => CanTake(model, turn))];
        var failures = new List<(string Model, Exception Failure)>();
        foreach (var (index, model) in models.Index())
        {
            try
            {
                var asked = index < models.Length - 1 ? turn with { Patience = patience } : turn;
                var reply = await AskAsync(agent with { Model = model }, asked, cancellationToken);
                return index == 0 ? reply : Tell(agent, model, reply);
            }
            catch (Exception exception) when (MayFallBack(exception, isOwn: index == 0) && !cancellationToken.IsCancellationRequested)
            {
                failures.Add((model, exception));
                if (exception is not StepFailedException { Code: ModelFailureCodes.Resting })
                {
                    // That it is left alone was told once, for all turns that find it so.
                    LogFellBack(logger, agent.Id, model, exception.Message);
                }

                // What it has said so far is nobody's reply.
                (turn.Growing as LiveReply)?.Restart();
                if (exception is StepFailedException { Code: ModelFailureCodes.ContentFiltered })
                {
                    // What one filter stops is not taken around it.
                    break;
                }
            }
        }

        throw Best(failures);
    }

    private async Task<TurnReply> AskAsync(RuntimeAgent agent, Turn turn, CancellationToken cancellationToken)
    {
        var runtime = runtimes.For(agent.Model);
        using var asked = runtime.HasLine ? null : brakes.Ask(turn.IdempotencyKey);
        return await runtime.RunTurnAsync(agent, turn, cancellationToken);
    }

    private static bool MayFallBack(Exception exception, bool isOwn) => exception switch
    {
        BudgetReachedException => true,
        StepFailedException failure => !isOwn || FallsBack.Contains(failure.Code),
        _ => false,
    };

    // A picture is not sent to who sees none.
    private bool CanTake(string model, Turn turn) => turn.Context is not { } context || runtimes.Find(model) is not { } runtime || context.WhyNotFor(runtime, model) is null;

    // What passes is waited for; a budget is told to the owner; and of what stays as it is the agent's own model counts.
    private static Exception Best(List<(string Model, Exception Failure)> failures)
    {
        var best = failures.Find(failed => failed.Failure is StepFailedException { NonRetryable: false });
        best = best.Failure is null ? failures.Find(failed => failed.Failure is BudgetReachedException) : best;
        best = best.Failure is null ? failures[0] : best;
        if (best.Failure is not StepFailedException failure || failures.Count == 1)
        {
            return best.Failure;
        }

        var others = failures.Where(failed => failed.Model != best.Model).Select(failed => $"{failed.Model}: {failed.Failure.Message}");
        return failure.With($"{failure.Message} Nor could the others that it may be answered by. {string.Join(" ", others)}");
    }

    private static TurnReply Tell(RuntimeAgent agent, string model, TurnReply reply)
    {
        OpenClawTelemetry.FellBack(agent.Model, model);
        return reply.Model is null ? reply with { Model = model } : reply;
    }

    [LoggerMessage(EventId = 1166, Level = LogLevel.Information, Message = "A turn of agent {AgentId} could not be had of {Model}; the next of its fallbacks is asked, if there is one. {Reason}")]
    private static partial void LogFellBack(ILogger logger, Guid agentId, string model, string reason);
}
