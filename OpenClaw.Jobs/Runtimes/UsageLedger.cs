using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.Agents;
using OpenClaw.Data.Spending;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Runaways;
using OpenClaw.Jobs.Spending;

namespace OpenClaw.Jobs.Runtimes;

/// <summary>
/// Adds up what an agent's turns take, in the transaction that records the turn: each counts once. An agent that has
/// reached its daily cap is paused, and its owner asked.
/// </summary>
public sealed class UsageLedger(BudgetKeeper budgets, RunawayWatch runaways)
{
    /// <summary>In an agent's configuration: so many tokens a day (UTC), input and output together.</summary>
    public const string CapSetting = "daily_token_cap";

    /// <summary>The agent's cap; null when it has none.</summary>
    public static long? CapOf(JsonElement configuration) =>
        configuration.ValueKind is JsonValueKind.Object && configuration.TryGetProperty(CapSetting, out var value)
            && value.ValueKind is JsonValueKind.Number && value.TryGetInt64(out var cap) && cap > 0
            ? cap
            : null;

    /// <param name="agent">Its row is locked.</param>
    /// <param name="turnKey">The turn's key.</param>
    /// <param name="kind">What it was for.</param>
    /// <param name="usage">Of one turn; null where the runtime does not know.</param>
    /// <param name="db">The transaction's.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task RecordAsync(Agent agent, string turnKey, SpendingKind kind, TurnUsage? usage, OpenClawDbContext db, CancellationToken cancellationToken)
    {
        if (usage is null)
        {
            return;
        }

        var used = await db.Database.SqlQuery<long>(
            $"""
            INSERT INTO openclaw.agent_usage AS today (agent_id, day, turns, input_tokens, output_tokens)
            VALUES ({agent.Id}, (now() AT TIME ZONE 'utc')::date, 1, {usage.InputTokens}, {usage.OutputTokens})
            ON CONFLICT (agent_id, day) DO UPDATE SET turns = today.turns + 1,
                input_tokens = today.input_tokens + excluded.input_tokens, output_tokens = today.output_tokens + excluded.output_tokens
            RETURNING input_tokens + output_tokens AS "Value"
            """).ToListAsync(cancellationToken);
        if (CapOf(agent.Configuration) is { } cap && used[0] >= cap && AgentTransitions.Check(agent, AgentOperation.Pause) is null)
        {
            var detail = $"{used[0]} tokens today, and its cap is {cap}, so it is paused. Shall it go on? Raise configuration.{CapSetting} and resume it, or resume it after midnight UTC.";
            await budgets.PauseAsync(agent, detail, $"{turnKey}:cap", asks: null, db, cancellationToken);
        }

        // Turns of models stand in the ledger already; those of other runtimes are written here.
        await SpendingLedger.SettleAsync(new Spent(turnKey, agent.Model, kind, usage) { AgentId = agent.Id }, db, cancellationToken);
        await budgets.TellAsync(agent, db, cancellationToken);
        await runaways.SpentAsync(agent, db, cancellationToken);
    }
}
