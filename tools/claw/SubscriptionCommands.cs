using System.CommandLine;
using System.Text.Json;
using static OpenClaw.Claw.CommonOptions;

namespace OpenClaw.Claw;

/// <summary>Who is told of events by webhook or e-mail.</summary>
internal static class SubscriptionCommands
{
    // In place of names that filter.
    private const string Everything = "all";

    private static readonly Argument<string> Subscription = new("subscription") { Description = "Its id; claw subscriptions list has them." };
    private static readonly Argument<string> Target = new("url") { Description = "Where events are posted to." };
    private static readonly Argument<long> Sequence = new("sequence") { Description = "One of its refused events; claw subscriptions show has them." };
    private static readonly Option<string> Url = new("--url") { Description = "Where events are posted to from now on." };
    private static readonly Option<string[]> Events = new("--event") { Description = "A type such as workflow.failed; more than once for more, all for all." };
    private static readonly Option<string[]> Workflows = new("--workflow") { Description = "Of ends of runs those of this workflow; more than once for more, all for all." };
    private static readonly Option<string[]> Agents = new("--agent") { Description = "Only of this agent: its id, or its name; more than once for more, all for all." };
    private static readonly Option<string> Description = new("--description") { Description = "For people." };
    private static readonly Option<bool?> Enabled = new("--enabled") { Description = "false: nothing is sent, and all is owed; true: it goes on where it stands." };
    private static readonly Option<string> From = new("--from") { Description = "Since when, such as 2030-01-31T08:00:00Z; left out, where it stands." };

    public static ServiceCommand Make() => new("subscriptions", "Who is told of events by webhook or e-mail.", Act: null)
    {
        Parts =
        [
            new ServiceCommand("list", "List subscriptions, in the order in which they were made.", ListAsync) { Example = "claw subscriptions list" },
            new ServiceCommand("show", "Show how a subscription stands, and which events its target would not have.", async context =>
                context.Fields(await context.Service.GetAsync(Path(context), context.Cancelled))) { Example = $"claw subscriptions show {SomeId}", Arguments = [Subscription] },
            new ServiceCommand("add", "Have events posted to an address; the secret of their signatures is shown this once.", AddAsync)
            { Example = "claw subscriptions add https://example.com/openclaw --event workflow.failed", Arguments = [Target], Options = [Events, Workflows, Agents, Description] },
            new ServiceCommand("change", "Change a subscription; what is not named stays.", ChangeAsync)
            { Example = $"claw subscriptions change {SomeId} --event all --enabled true", Arguments = [Subscription], Options = [Url, Events, Workflows, Agents, Description, Enabled] },
            new ServiceCommand("test", "Send a signed event subscription.test now, and tell what the target answers.", TestAsync) { Example = $"claw subscriptions test {SomeId}", Arguments = [Subscription] },
            new ServiceCommand("rotate", "Give it a new secret, shown this once; deliveries are signed with the one before too for 24 hours.", RotateAsync) { Example = $"claw subscriptions rotate {SomeId}", Arguments = [Subscription] },
            new ServiceCommand("replay", "Send what happened since a time once more; without one go on where it stands.", ReplayAsync)
            { Example = $"claw subscriptions replay {SomeId} --from 2030-01-31T08:00:00Z", Arguments = [Subscription], Options = [From] },
            new ServiceCommand("resend", "Send an event that the target would not have once more, now.", ResendAsync) { Example = $"claw subscriptions resend {SomeId} 42", Arguments = [Subscription, Sequence] },
            new ServiceCommand("delete", "End a subscription.", DeleteAsync) { Example = $"claw subscriptions delete {SomeId} --yes", Arguments = [Subscription], Options = [Yes] },
        ],
    };

    private static async Task<int> ListAsync(CommandContext context)
    {
        var all = new List<JsonElement>();
        for (var path = "subscriptions"; path is not null;)
        {
            var page = await context.Service.GetAsync(path, context.Cancelled);
            all.AddRange(page.GetProperty("subscriptions").EnumerateArray());
            path = page.Text("next") is { } next ? $"subscriptions?after={next}" : null;
        }

        return context.Table(JsonSerializer.SerializeToElement(new { subscriptions = all }), "subscriptions", "id", "state", "url", "cursor", "refused", "last_error", "description");
    }

    private static async Task<int> AddAsync(CommandContext context)
    {
        var wanted = new { url = context.Get(Target), events = Given(context.Get(Events)), workflows = Given(context.Get(Workflows)), agents = await AgentsAsync(context), description = context.Get(Description) };
        return SaySecret(context, await context.Service.PostAsync("subscriptions", wanted, context.Cancelled));
    }

    private static async Task<int> ChangeAsync(CommandContext context)
    {
        var change = new
        {
            url = context.Get(Url),
            events = Given(context.Get(Events)),
            workflows = Given(context.Get(Workflows)),
            agents = await AgentsAsync(context),
            description = context.Get(Description),
            enabled = context.Get(Enabled),
        };
        return Say(context, await context.Service.PatchAsync(Path(context), change, context.Cancelled));
    }

    private static async Task<int> TestAsync(CommandContext context)
    {
        var answer = await context.Service.PostAsync($"{Path(context)}/test", body: null, context.Cancelled);
        var isTaken = answer.GetProperty("delivered").GetBoolean();
        var words = isTaken ? $"It was taken{(answer.Text("status") is { } status ? $" ({status})" : "")}, after {answer.Text("took_ms")} ms." : $"It was not taken: {answer.Text("error")}";
        return context.Say(answer, answer.Text("answer") is { Length: > 0 } said ? $"{words}\n{said}" : words, isTaken ? ExitCodes.Done : ExitCodes.Refused);
    }

    private static async Task<int> RotateAsync(CommandContext context) => SaySecret(context, await context.Service.PostAsync($"{Path(context)}/rotate", body: null, context.Cancelled));

    private static async Task<int> ReplayAsync(CommandContext context) => Say(context, await context.Service.PostAsync($"{Path(context)}/replay", new { from = context.Get(From) }, context.Cancelled));

    private static async Task<int> ResendAsync(CommandContext context) => Say(context, await context.Service.PostAsync($"{Path(context)}/refused/{context.Get(Sequence)}", body: null, context.Cancelled));

    private static async Task<int> DeleteAsync(CommandContext context)
    {
        var subscription = await context.Service.GetAsync(Path(context), context.Cancelled);
        context.Confirm($"The subscription of {subscription.Text("url")} ends; what it is owed is not sent.", Yes);
        var ended = await context.Service.DeleteAsync(Path(context), context.Cancelled);
        return context.Say(ended, $"The subscription of {ended.Text("url")} has ended.");
    }

    private static int Say(CommandContext context, JsonElement subscription) => context.Say(
        subscription, $"{subscription.Text("id")} is {subscription.Text("state")}: {subscription.Text("url")}{(subscription.Text("last_error") is { } error ? $" ({error})" : "")}");

    private static int SaySecret(CommandContext context, JsonElement made)
    {
        context.Note($"The subscription is {made.Text("id")}. This is its secret, which cannot be read again:");
        return context.Say(made, made.Text("secret")!);
    }

    private static async Task<string[]?> AgentsAsync(CommandContext context)
    {
        if (Given(context.Get(Agents)) is not { } names)
        {
            return null;
        }

        var ids = new List<string>();
        foreach (var name in names)
        {
            ids.Add(await context.Service.AgentAsync(name, context.Cancelled));
        }

        return [.. ids];
    }

    private static string[]? Given(string[]? names) => names switch
    {
        null or [] => null,
        [Everything] => [],
        _ => names,
    };

    private static string Path(CommandContext context) => $"subscriptions/{Uri.EscapeDataString(context.Get(Subscription))}";
}
