using System.CommandLine;
using System.Globalization;
using static OpenClaw.Claw.CommonOptions;

namespace OpenClaw.Claw;

/// <summary>What models cost.</summary>
internal static class SpendingCommands
{
    private static readonly Option<string> By = new("--by") { Description = "day, agent, model or kind.", DefaultValueFactory = _ => "day" };
    private static readonly Option<string> From = new("--from") { Description = "The first day (UTC) such as 2030-01-31; left out, the first of the month." };
    private static readonly Option<string> Until = new("--until") { Description = "The last day; left out, today." };

    private static readonly Argument<string> Model = new("model") { Description = "A model such as openai/gpt-5, or the beginning of names and a *." };
    private static readonly Option<decimal?> Input = BudgetCommands.Dollars("--input", "USD for a million tokens that it reads.");
    private static readonly Option<decimal?> Cached = BudgetCommands.Dollars("--cached-input", "USD for a million of those that its provider had in its cache; left out, the same.");
    private static readonly Option<decimal?> Output = BudgetCommands.Dollars("--output", "USD for a million tokens that it writes.");
    private static readonly Option<string> ValidFrom = new("--valid-from") { Description = "The first day (UTC) on which it holds; left out, today." };

    public static IEnumerable<ServiceCommand> All =>
    [
        new ServiceCommand("spending", "Add up what was spent, by day, agent, model or kind.", SumAsync) { Example = "claw spending --by agent --from 2030-01-01", Options = [By, From, Until] },
        new ServiceCommand("prices", "What models cost.", Act: null)
        {
            Parts =
            [
                new ServiceCommand("list", "List what models cost, by model, the newest price first.", async context =>
                    context.Table(await context.Service.GetAsync("prices", context.Cancelled), "prices", "model", "valid_from", "input", "cached_input", "output")) { Example = "claw prices list" },
                new ServiceCommand("set", "Say what a model costs from a day on.", SetAsync) { Example = "claw prices set 'openai/gpt-5*' --input 1.25 --output 10", Arguments = [Model], Options = [Input, Cached, Output, ValidFrom] },
            ],
        },
    ];

    private static async Task<int> SumAsync(CommandContext context)
    {
        return context.Table(await context.Service.GetAsync($"spending?by={Uri.EscapeDataString(context.Get(By)!)}{Query(("from", context.Get(From)), ("until", context.Get(Until)))}", context.Cancelled), "sums", "key", "name", "turns", "input_tokens", "output_tokens", "amount");
    }

    private static async Task<int> SetAsync(CommandContext context)
    {
        var price = new { model = context.Get(Model), input = context.Get(Input), cached_input = context.Get(Cached), output = context.Get(Output), valid_from = context.Get(ValidFrom) };
        var set = await context.Service.PutAsync("prices", price, context.Cancelled);
        return context.Say(set, string.Create(CultureInfo.InvariantCulture, $"{set.Text("model")} costs {set.Text("input")} USD read and {set.Text("output")} written from {set.Text("valid_from")} on, a million tokens."));
    }
}
