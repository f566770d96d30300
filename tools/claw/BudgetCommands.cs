using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using static OpenClaw.Claw.CommonOptions;

namespace OpenClaw.Claw;

/// <summary>How much agents may spend.</summary>
internal static class BudgetCommands
{
    private static readonly Argument<string?> Agent = new("agent") { Description = "Its id, or its name; none for all agents together.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Argument<string> Budget = new("budget") { Description = "Its id; claw budget list --json has them." };
    private static readonly Option<string> Period = new("--period") { Description = "day, week or month.", Required = true };
    private static readonly Option<decimal?> Soft = Dollars("--soft", "USD at which its owner is told.");
    private static readonly Option<decimal?> Hard = Dollars("--hard", "USD that no turn may pass.");

    public static ServiceCommand Make() => new("budget", "How much agents may spend.", Act: null)
    {
        Parts =
        [
            new ServiceCommand("list", "List budgets, and what is used of each.", async context =>
                context.Table(await context.Service.GetAsync("budgets", context.Cancelled), "budgets", "id", "agent_name", "period", "soft", "hard", "used", "reserved")) { Example = "claw budget list" },
            new ServiceCommand("set", "Limit what an agent, or all of them, may spend in a day, a week or a month.", SetAsync) { Example = "claw budget set Ada --period day --hard 5", Arguments = [Agent], Options = [Period, Soft, Hard] },
            new ServiceCommand("remove", "Take a budget away.", RemoveAsync) { Example = $"claw budget remove {SomeId}", Arguments = [Budget] },
        ],
    };

    private static async Task<int> SetAsync(CommandContext context)
    {
        var agent = context.Get(Agent) is { } name ? await context.Service.AgentAsync(name, context.Cancelled) : null;
        var set = await context.Service.PutAsync("budgets", new { agent_id = agent, period = context.Get(Period), soft = context.Get(Soft), hard = context.Get(Hard) }, context.Cancelled);
        return context.Say(set, $"{Whose(set)}: {set.Text("used")}{(set.Text("hard") is { } hard ? $" of {hard}" : "")} USD a {set.Text("period")} are used.");
    }

    private static async Task<int> RemoveAsync(CommandContext context)
    {
        var id = context.Get(Budget);
        var budgets = (await context.Service.GetAsync("budgets", context.Cancelled)).GetProperty("budgets").EnumerateArray();
        if (budgets.FirstOrDefault(budget => budget.Text("id") == id) is not { ValueKind: JsonValueKind.Object } removed)
        {
            throw new Failure(ExitCodes.NotFound, $"There is no budget {id}; claw budget list has them.");
        }

        await context.Service.DeleteAsync($"budgets/{id}", context.Cancelled);
        return context.Say(removed, $"{Whose(removed)}: the budget of the {removed.Text("period")} is taken away.");
    }

    private static string Whose(JsonElement budget) => budget.Text("agent_name") ?? "All agents";

    // With a point wherever it is run.
    public static Option<decimal?> Dollars(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = given =>
        {
            if (decimal.TryParse(given.Tokens[^1].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount))
            {
                return amount;
            }

            given.AddError($"{name} must be an amount in USD, such as 4.50.");
            return null;
        },
    };
}
