using System.Globalization;
using OpenClaw.Data.Conventions;
using OpenClaw.Data.Spending;
using OpenClaw.Jobs.Agents;
using OpenClaw.Jobs.Requests;
using OpenClaw.Jobs.Spending;

namespace OpenClaw.Web.Dashboard.Forms;

/// <summary>A budget as a person types it.</summary>
public sealed record BudgetForm
{
    /// <summary>Name or id; empty for all agents together.</summary>
    public string Agent { get; init; } = "";

    public string Period { get; init; } = EnumText.ToLower(BudgetPeriod.Day);

    public string Soft { get; init; } = "";

    public string Hard { get; init; } = "";

    /// <summary>What is wrong, by the API's names of the fields.</summary>
    public IReadOnlyDictionary<string, string[]> Errors { get; init; } = new Dictionary<string, string[]>();

    internal static BudgetForm From(DashboardForm form) => new()
    {
        Agent = form.Text("agent_id")?.Trim() ?? "",
        Period = form.Text("period") ?? "",
        Soft = form.Text("soft")?.Trim() ?? "",
        Hard = form.Text("hard")?.Trim() ?? "",
    };

    /// <summary>Null with <see cref="Errors"/> of the form that is returned when something cannot be read.</summary>
    internal async Task<(BudgetDraft? Draft, BudgetForm Form)> ReadAsync(AgentListQueries agents, Caller caller, CancellationToken cancellationToken)
    {
        var errors = new Dictionary<string, string[]>();
        var named = Agent.Length == 0 ? [] : await agents.NamedAsync(Agent, limit: 2, caller, cancellationToken);
        if (Agent.Length > 0 && named.Count != 1)
        {
            errors["agent_id"] = [named.Count == 0 ? "There is no agent of that name or id." : "There are several agents of that name; write the id of the one that you mean."];
        }

        var (soft, hard) = (Amounts.Read("soft", Soft, errors), Amounts.Read("hard", Hard, errors));
        return errors.Count > 0
            ? (null, this with { Errors = errors })
            : (new BudgetDraft(named.Count == 1 ? named[0].Id : null, EnumText.TryParse<BudgetPeriod>(Period, out var period) ? period : null, soft, hard), this);
    }

    internal BudgetForm Refused(Refusal refusal) => this with
    {
        Errors = refusal is Refusal.Invalid invalid ? invalid.Errors : new Dictionary<string, string[]> { ["agent_id"] = [refusal.Detail] },
    };
}

/// <summary>Amounts of money as people type them.</summary>
internal static class Amounts
{
    /// <summary>Null for an empty field, and for one that is no amount, which is noted.</summary>
    public static decimal? Read(string name, string typed, Dictionary<string, string[]> errors)
    {
        if (typed.Length == 0)
        {
            return null;
        }

        if (decimal.TryParse(typed, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount))
        {
            return amount;
        }

        errors[name] = ["Write an amount such as 5 or 0.25."];
        return null;
    }
}
