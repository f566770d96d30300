using OpenClaw.Data.Conventions;
using OpenClaw.Data.Spending;
using OpenClaw.Jobs.Requests;

namespace OpenClaw.Jobs.Spending;

/// <summary>A budget as somebody wants it. Nothing in it is checked yet.</summary>
/// <param name="AgentId">Null for all agents of the owner together.</param>
/// <param name="Period">Day, week or month.</param>
/// <param name="Soft">In USD: when so much is spent the owner is told; null for never.</param>
/// <param name="Hard">In USD: a turn that might pass it is not begun; null for no limit.</param>
public sealed record BudgetDraft(Guid? AgentId, BudgetPeriod? Period, decimal? Soft, decimal? Hard)
{
    internal long? SoftMicros => Soft is { } soft ? Money.Micros(soft) : null;

    internal long? HardMicros => Hard is { } hard ? Money.Micros(hard) : null;

    /// <summary>Null when all is well.</summary>
    public Refusal.Invalid? Check()
    {
        var errors = new Dictionary<string, string[]>();
        if (Period is null)
        {
            errors["period"] = ["period must be day, week or month."];
        }

        if (Soft is not null && SoftMicros is not > 0)
        {
            errors["soft"] = [AmountRule("soft")];
        }

        if (Hard is not null && HardMicros is not > 0)
        {
            errors["hard"] = [AmountRule("hard")];
        }

        if (Soft is null && Hard is null)
        {
            errors["hard"] = ["A budget has a soft limit, a hard one, or both."];
        }
        else if (Soft > Hard)
        {
            errors["soft"] = ["soft must not be more than hard: nothing is spent beyond that."];
        }

        return errors.Count == 0 ? null : new Refusal.Invalid(errors);
    }

    /// <summary>For the audit, of one that is well.</summary>
    public override string ToString() => $"{EnumText.ToLower(Period!.Value)}: {string.Join(", ", new[] { Named("soft", SoftMicros), Named("hard", HardMicros) }.OfType<string>())} {Money.Currency}";

    private static string? Named(string name, long? micros) => micros is { } amount ? $"{name} {Money.Say(amount)}" : null;

    private static string AmountRule(string name) => $"{name} must be an amount in {Money.Currency} above 0, up to {Money.Most}, with up to six decimals.";
}
